"""Viewers of tests."""

from __future__ import annotations

from auth.viewer import ALL_SCOPES, ANONYMOUS, Scope, Viewer
from graph_store.rights import Rights, Role, RoleHeld


def at_home(
    institutions: tuple[str, ...],
    person: str | None = None,
    *,
    scopes: frozenset[Scope] = ALL_SCOPES,
) -> Viewer:
    """Somebody at home at these institutions, a member of each."""
    roles = tuple(RoleHeld(Role.MEMBER, each) for each in institutions)
    return Viewer(Rights(person or "somebody", person, roles, institutions), scopes)


def elsewhere(role: Role = Role.MEMBER, **shared: tuple[str, ...]) -> Viewer:
    """Somebody of an institution that holds nothing, with whom agreements share this by kinds of clauses."""
    held = (RoleHeld(role, "elsewhere"),)
    return Viewer(Rights("somebody", "somebody", held, ("elsewhere",), shared))


def of_every_kind(home: tuple[str, ...], person: str, kinds: tuple[str, ...]) -> dict[str, Viewer]:
    """One viewer of each kind: what is theirs or is shared with them is `home`'s, or of these kinds at it."""
    of_kinds = tuple(f"{holder}/{kind}" for holder in home for kind in kinds)
    outsider = Viewer(Rights(person, person))
    return {
        "anonymous": ANONYMOUS,
        "a member elsewhere": elsewhere(),
        "a member whom a clause shares instruments with": elsewhere(share_instruments=home),
        "a member whom a clause shares one kind with": elsewhere(share_instruments=of_kinds),
        "a member whom a clause shares data with": elsewhere(share_data=home),
        "at home": at_home(home, "somebody"),
        "the person themself": outsider,
        "the person at home": at_home(home, person),
        "an auditor": elsewhere(Role.AUDITOR),
        "a token at home that may not read personal data": at_home(
            home, person, scopes=ALL_SCOPES - {Scope.PERSONAL}
        ),
    }
