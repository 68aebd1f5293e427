"""Why somebody may do something with a record, or what is missing and who could give it.

The judgement follows the rules of the compiled question one by one (`graph_store/cypher/levels.py`), from the viewer's rights and what
the graph tells of the record. What the viewer may not see and what does not exist are answered alike, to the last word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from auth.access_words import Said, Words
from auth.viewer import Scope, Viewer
from graph_store.access import About, Way, about, granters, misses, names, way
from graph_store.model import Model
from graph_store.model.words import ITSELF
from graph_store.reads import Run
from graph_store.rights import Role, RoleHeld, reaches


class Action(Enum):
    """What somebody wants to do with a record."""

    SEE = "see"
    USE = "use"
    EDIT = "edit"
    DECIDE = "decide"
    EXCHANGE_CADRES = "exchange_cadres"
    SEND_TO_TRAINING = "training_seats"
    USE_VOUCHER = "accept_vouchers"
    PREFERENTIAL_PRICE = "preferential_price"


BY_CLAUSE = frozenset(
    {
        Action.EXCHANGE_CADRES,
        Action.SEND_TO_TRAINING,
        Action.USE_VOUCHER,
        Action.PREFERENTIAL_PRICE,
    }
)
EDITED = frozenset(
    {"Institution", "Person", "Instrument", "Project", "Agreement", "Clause", "Post"}
)
BY_PARTIES = frozenset({"Agreement", "Clause"})
STRICTER = ("public", "network", "agreement", "institution", "self")


class Ground(Enum):
    """On what the permission rests."""

    PUBLIC = "public"
    NETWORK = "network"
    AGREEMENT = "agreement"
    INSTITUTION = "institution"
    SELF = "self"
    ROLE = "role"


class Part(Enum):
    """What a step of a path is."""

    VIEWER = "viewer"
    ROLE = "role"
    INSTITUTION = "institution"
    PARTY = "party"
    AGREEMENT = "agreement"
    CLAUSE = "clause"
    HOLDER = "holder"
    NODE = "node"


class Step(NamedTuple):
    """One step; `record` is its id, read for the viewer like any other."""

    part: Part
    record: str | None
    said: Said


class Granter(NamedTuple):
    """An institution that could give what is missing, and who administers it, as far as the viewer may know."""

    institution: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer in words and as a path; `missing` is empty where it is allowed."""

    action: Action
    allowed: bool
    said: Said
    path: tuple[Step, ...] = ()
    until: str | None = None
    missing: Said | None = None
    granters: tuple[Granter, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What allows something: the ground, the role that counts, the agreement's way."""

    ground: Ground
    role: RoleHeld | None = None
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """Explains: `await access(viewer, node, action)`."""

    run: Run
    model: Model
    today: Callable[[], str]
    words: Words = field(default_factory=Words)

    async def __call__(self, viewer: Viewer, node: str, action: Action) -> Explanation:
        """Why the viewer may do this with the record of this id, or not. Raises GraphStoreError."""
        day = self.today()
        record = await about(self.run, self.model, node, day)
        seen = await self._seen(viewer, record, day) if record else None
        if record is None or seen is None:
            return await self._nothing(viewer, action, day)
        if action is Action.SEE:
            return await self._allowed(viewer, record, action, seen)
        found = await self._found(viewer, record, action, day)
        if found is not None:
            return await self._allowed(viewer, record, action, found)
        return await self._denied(viewer, record, action, day)

    # ----------------------------------------------------------------------------------------------------------- judging
    async def _seen(self, viewer: Viewer, record: About, day: str) -> Found | None:
        """On what ground the viewer sees the record, the widest first; None where they do not."""
        if not _may_read(viewer, record.noun.readers):
            return None
        if record.visibility not in STRICTER:
            return None
        for level in STRICTER[STRICTER.index(record.visibility) :]:
            found = await self._opened(viewer, record, level, day)
            if found is not None:
                return found
        return None

    async def _opened(self, viewer: Viewer, record: About, level: str, day: str) -> Found | None:
        match level:
            case "public":
                return Found(Ground.PUBLIC)
            case "network":
                roles = viewer.rights.roles
                return Found(Ground.NETWORK, roles[0]) if roles else None
            case "agreement":
                by = record.noun.shared_by
                return await self._shared(viewer, record, by.clause, day) if by else None
            case "institution":
                return self._at_home(viewer, record)
        is_self = record.subject is not None and record.subject == viewer.person
        return Found(Ground.SELF) if is_self else None

    @staticmethod
    def _at_home(viewer: Viewer, record: About) -> Found | None:
        if not set(record.holders) & set(viewer.rights.institutions):
            return None
        counting = [
            each
            for each in viewer.rights.roles
            if each.institution in record.holders or each.institution in record.above
        ]
        return Found(Ground.INSTITUTION, _longest(counting or list(viewer.rights.roles)))

    async def _shared(self, viewer: Viewer, record: About, clause: str, day: str) -> Found | None:
        """By the rights that were computed; the way is only told, it decides nothing."""
        shared, kinds = viewer.rights.shared.get(clause, ()), _kinds(record)
        holders = tuple(
            each
            for each in record.holders
            if each in shared or any(f"{each}/{kind}" in shared for kind in kinds)
        )
        if not holders:
            return None
        homes = viewer.rights.institutions
        found = await way(
            self.run, homes=homes, holders=holders, clause=clause, kinds=kinds, day=day
        )
        counting = [
            each for each in viewer.rights.roles if found and each.institution == found.home
        ]
        return Found(Ground.AGREEMENT, _longest(counting or list(viewer.rights.roles)), found)

    async def _found(self, viewer: Viewer, record: About, action: Action, day: str) -> Found | None:
        """What allows the action with a record that the viewer sees."""
        if action is Action.USE:
            by = record.noun.shared_by
            if by is None:
                return None
            return self._at_home(viewer, record) or await self._shared(
                viewer, record, by.clause, day
            )
        if action in BY_CLAUSE:
            return await self._shared(viewer, record, action.value, day)
        if action is Action.DECIDE:
            return _by_role(viewer, record, {Role.APPROVER, Role.INSTITUTION_ADMIN})
        return self._edits(viewer, record)

    @staticmethod
    def _edits(viewer: Viewer, record: About) -> Found | None:
        if record.noun.name not in EDITED or Scope.WRITE not in viewer.scopes:
            return None
        if record.noun.name in BY_PARTIES:
            is_draft = record.status in {None, "draft"}
            return _by_role(viewer, record, {Role.INSTITUTION_ADMIN}) if is_draft else None
        everywhere = [each for each in viewer.rights.roles if each.role is Role.PLATFORM_ADMIN]
        if everywhere:
            return Found(Ground.ROLE, _longest(everywhere))
        if record.serves_all:
            return None
        return _by_role(viewer, record, {Role.INSTITUTION_ADMIN, Role.SERVICE})

    # ----------------------------------------------------------------------------------------------------------- telling
    async def _allowed(
        self, viewer: Viewer, record: About, action: Action, found: Found
    ) -> Explanation:
        steps = _steps(viewer, record, found)
        known = await self._names(viewer, tuple(id_ for _, id_ in steps if id_))
        path = tuple(
            Step(part, id_, self.words.step(part.value, known.get(id_ or ""), found.role))
            for part, id_ in steps
        )
        until = _earliest(
            found.role.until if found.role else None, found.way.until if found.way else None
        )
        agreement = known.get(found.way.agreement) if found.way else None
        said = self.words.allowed(action.value, found.ground.value, agreement, until)
        return Explanation(action, allowed=True, said=said, path=path, until=until)

    async def _denied(self, viewer: Viewer, record: About, action: Action, day: str) -> Explanation:
        clause = _clause(record, action)
        lacking = self.words.missing(
            action.value,
            record.noun.name,
            is_signed_on=viewer.is_signed_on,
            is_draft=record.status in {None, "draft"} or record.noun.name not in BY_PARTIES,
            is_editable=record.noun.name in EDITED,
            may_write=Scope.WRITE in viewer.scopes,
        )
        if clause and viewer.rights.institutions:
            found = await misses(self.run, viewer.rights.institutions, record.holders, clause, day)
            known = await self._names(viewer, tuple(row[0] for row in found))
            lacking += self.words.misses(found, known, day)
        at = record.holders if not clause else (*record.holders, *_own(viewer))
        who = await self._granters(viewer, at, day)
        said = self.words.denied(action.value)
        return Explanation(action, allowed=False, said=said, missing=lacking, granters=who)

    async def _nothing(self, viewer: Viewer, action: Action, day: str) -> Explanation:
        """The same for what is hidden and for what is not there: it follows from the viewer alone."""
        said, missing = self.words.nothing(is_signed_on=viewer.is_signed_on)
        who = await self._granters(viewer, _own(viewer), day)
        return Explanation(action, allowed=False, said=said, missing=missing, granters=who)

    async def _granters(self, viewer: Viewer, at: tuple[str, ...], day: str) -> tuple[Granter, ...]:
        if not at:
            return ()
        found = await granters(self.run, at, Role.INSTITUTION_ADMIN.value, day)
        told = viewer.rights.in_network  # who holds which role is for the network to know
        return tuple(
            Granter(institution, tuple(people) if told else ()) for institution, people in found
        )

    async def _names(self, viewer: Viewer, ids: tuple[str, ...]) -> dict[str, Said]:
        """Names of what is public, or known to the network; what is not keeps its name to itself."""
        levels = {"public", "network"} if viewer.rights.in_network else {"public"}
        found = await names(self.run, ids)
        return {id_: Said(zh, en) for id_, (zh, en, level) in found.items() if level in levels}


def _steps(viewer: Viewer, record: About, found: Found) -> list[tuple[Part, str | None]]:
    """From viewer → role → institution → party → agreement → clause → party → holder → node, as far as the ground needs them."""
    steps: list[tuple[Part, str | None]] = [(Part.VIEWER, viewer.person)]
    if found.role:
        steps += [(Part.ROLE, None), (Part.INSTITUTION, found.role.institution)]
    if found.way:
        steps += [
            (Part.PARTY, found.way.own),
            (Part.AGREEMENT, found.way.agreement),
            (Part.CLAUSE, found.way.clause),
            (Part.PARTY, found.way.other),
            (Part.HOLDER, found.way.holder),
        ]
    elif found.ground in {Ground.INSTITUTION, Ground.ROLE} and record.noun.holders != ITSELF:
        steps += [(Part.HOLDER, each) for each in record.holders[:1]]
    return [*steps, (Part.NODE, record.id)]


def _by_role(viewer: Viewer, record: About, roles: set[Role]) -> Found | None:
    """A role that counts at a holder, or, unless a program's, at an institution of which a holder is part."""
    counting = [
        each
        for each in viewer.rights.roles
        if each.role in roles
        and reaches(each.kinds, record.noun.word)
        and each.institution in (record.holders if each.role is Role.SERVICE else record.above)
    ]
    return Found(Ground.ROLE, _longest(counting)) if counting else None


def _may_read(viewer: Viewer, roles: tuple[Role, ...]) -> bool:
    """Whether the viewer holds one of the roles, where any is needed."""
    held = {role for role in roles if viewer.rights.has(role)}
    if Scope.AUDIT not in viewer.scopes:
        held.discard(Role.AUDITOR)
    return bool(held) or not roles


def _kinds(record: About) -> tuple[str, ...]:
    return tuple(each for each in (record.noun.word, record.kind) if each)


def _clause(record: About, action: Action) -> str | None:
    if action is Action.USE and record.noun.shared_by:
        return record.noun.shared_by.clause
    return action.value if action in BY_CLAUSE else None


def _own(viewer: Viewer) -> tuple[str, ...]:
    return tuple(sorted({each.institution for each in viewer.rights.roles}))


def _longest(roles: list[RoleHeld]) -> RoleHeld | None:
    return max(roles, key=lambda each: each.until or "9999") if roles else None


def _earliest(*days: str | None) -> str | None:
    return min((day for day in days if day), default=None)
