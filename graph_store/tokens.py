"""The hub's own tokens in the graph: of a person, of their calendar, or of an institution for its programs; of their secret only a SHA-256 is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from graph_store.endings import ENDINGS
from graph_store.reads import Run
from graph_store.writes import Write

Kind = Literal["personal", "service", "calendar"]

SHOWN = """t {.id, .kind, .name, .scopes, .createdAt, .createdBy, .expiresAt, .lastUsedAt, .revokedAt,
    owner: COLLECT { MATCH (t)-[:OF|FOR]->(o) RETURN o.id }[0]}"""

BY_HASH = f"""\
// token by its hash
RETURN COLLECT {{ MATCH (t:Token {{hash: $hash}}) RETURN {SHOWN} }} AS found"""

BY_ID = f"""\
// token by its id
RETURN COLLECT {{ MATCH (t:Token {{id: $id}}) RETURN {SHOWN} }} AS found"""

OF_OWNERS = f"""\
// tokens of owners
RETURN COLLECT {{ UNWIND $owners AS owner
    MATCH (:Record {{id: owner}})<-[:OF|FOR]-(t:Token)
    WITH DISTINCT t ORDER BY t.createdAt DESC, t.id RETURN {SHOWN} }} AS found"""

# the same again, after an answer that was lost, finds what it made
_MAKE = """\
// make a token
MATCH (owner:%s {id: $owner})
MERGE (t:Token {id: $token.id}) ON CREATE SET t += $token
MERGE (t)-[:%s]->(owner)
WITH collect(t)[0] AS t
RETURN t {.hash, .digest} AS made"""
MAKE: Mapping[Kind, str] = {
    "personal": _MAKE % ("Person", "OF"),
    "service": _MAKE % ("Institution", "FOR"),
    "calendar": _MAKE % ("Person", "OF"),
}

REVOKE = f"""\
// revoke a token
MATCH (t:Token {{id: $id}}) WHERE t.revokedAt IS NULL SET t.revokedAt = $at, t.revokedBy = $by
WITH collect(t.id) AS ended
{ENDINGS}
RETURN ended"""

USED = """\
// tokens that were used
UNWIND $used AS use MATCH (t:Token {id: use.id})
WHERE t.lastUsedAt IS NULL OR t.lastUsedAt < use.at SET t.lastUsedAt = use.at
RETURN count(t) AS noted"""


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret; `owner` is a person's or an institution's id, instants are ISO 8601 in UTC."""

    id: str
    kind: Kind
    name: str
    scopes: tuple[str, ...]
    created_at: str
    created_by: str
    expires_at: str
    owner: str
    last_used_at: str | None = None
    revoked_at: str | None = None

    @property
    def until(self) -> float:
        """Its end in seconds since 1970."""
        return datetime.fromisoformat(self.expires_at).timestamp()


@dataclass(frozen=True, slots=True)
class Tokens:
    """Reads and writes tokens; all of it raises GraphStoreError."""

    run: Run
    write: Write

    async def by_hash(self, hashed: str) -> Token | None:
        """The one with this secret; it may be revoked or have expired."""
        return _first(await self.run(BY_HASH, {"hash": hashed}))

    async def by_id(self, id_: str) -> Token | None:
        """The one with this id."""
        return _first(await self.run(BY_ID, {"id": id_}))

    async def of(self, owners: Sequence[str]) -> list[Token]:
        """All that these people and institutions ever had, the newest first."""
        (found,) = await self.run(OF_OWNERS, {"owners": list(owners)})
        return [_token(row) for row in found]

    async def make(self, token: Token, hashed: str, digest: str) -> tuple[str, str] | None:
        """The hash and the digest under the token's id: other than given where it was made before; None without its owner."""
        properties = {
            "id": token.id,
            "kind": token.kind,
            "name": token.name,
            "scopes": list(token.scopes),
            "createdAt": token.created_at,
            "createdBy": token.created_by,
            "expiresAt": token.expires_at,
            "hash": hashed,
            "digest": digest,
        }
        parameters = {"owner": token.owner, "token": properties}
        (made,) = await self.write(MAKE[token.kind], parameters)
        return None if made is None else (made["hash"], made["digest"])

    async def revoke(self, id_: str, at: str, by: str) -> bool:
        """End it for every worker; whether it was not revoked yet."""
        (ended,) = await self.write(REVOKE, {"id": id_, "at": at, "by": by})
        return bool(ended)

    async def used(self, uses: Mapping[str, str]) -> None:
        """Note when tokens were used last, by id."""
        await self.write(USED, {"used": [{"id": id_, "at": at} for id_, at in uses.items()]})


def _first(values: list[Any]) -> Token | None:
    (found,) = values
    return _token(found[0]) if found else None


def _token(row: Mapping[str, Any]) -> Token:
    return Token(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        scopes=tuple(row["scopes"]),
        created_at=row["createdAt"],
        created_by=row["createdBy"],
        expires_at=row["expiresAt"],
        owner=row["owner"],
        last_used_at=row["lastUsedAt"],
        revoked_at=row["revokedAt"],
    )
