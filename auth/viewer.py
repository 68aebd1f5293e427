"""Who is asking, as the layers below see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from graph_store.rights import NOBODY, Rights, Role


class Scope(Enum):
    """What a token may be used for; a session may be used for everything its person may do."""

    READ = "graph:read"
    WRITE = "graph:write"
    PERSONAL = "personal:read"
    AUDIT = "audit:read"


ALL_SCOPES = frozenset(Scope)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever asks: their rights, what the session or token they came with may be used for, and which one that is.

    `agency`: the key of the agency whose provider vouches for them. `name`: as pages greet them. `parameters`: the one map that a
    compiled question is given of its viewer (`graph_store/cypher/sources.py`): {person, network, personal, institutions, roles, shared}.
    """

    rights: Rights = NOBODY
    scopes: frozenset[Scope] = ALL_SCOPES
    session: str | None = None
    token: str | None = None
    agency: str | None = None
    name: str | None = None
    parameters: dict[str, Any] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        rights = self.rights
        roles = {each.role for each in rights.roles}
        if Scope.AUDIT not in self.scopes:
            roles.discard(Role.AUDITOR)
        parameters = {
            "person": rights.person or "",
            "network": rights.in_network,
            "personal": Scope.PERSONAL in self.scopes,
            "institutions": list(rights.institutions),
            "roles": sorted(role.value for role in roles),
            "shared": {kind: list(ids) for kind, ids in rights.shared.items()},
        }
        object.__setattr__(self, "parameters", parameters)

    @property
    def person(self) -> str | None:
        """The person's id; None for nobody and for services."""
        return self.rights.person

    @property
    def is_signed_on(self) -> bool:
        """Whether it is known who asks."""
        return self.rights.holder is not None


ANONYMOUS = Viewer()
