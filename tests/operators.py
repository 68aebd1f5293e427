"""Whoever may write, for tests that change records over HTTP: an administrator of the platform, by a token of the hub."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from neo4j import AsyncDriver

from auth.token_text import hash_of, new_secret
from auth.viewer import Scope
from graph_store.clock import instant
from tests.graph import DATABASE

_LAID_OUT = """\
MERGE (p:Person:Record {id: 'cd-person-operator'}) SET p += $stamp, p.name = '运维', p.aliases = [], p.visibility = 'public'
MERGE (i:Institution:Record {id: 'cd-institution-operators'}) SET i += $stamp, i.name = '运维中心', i.aliases = [],
  i.kind = 'other', i.status = 'active', i.visibility = 'institution'
MERGE (p)-[:HOLDS {role: 'platform_admin'}]->(i)
CREATE (t:Token)-[:OF]->(p) SET t = $token"""


async def operator_headers(driver: AsyncDriver) -> dict[str, str]:
    """The header that such a program sends; the graph was laid out before."""
    secret, now = new_secret("personal"), datetime.now(UTC)
    token = {
        "id": f"cd-token-{secret[-8:].lower()}",
        "kind": "personal",
        "name": "tests",
        "scopes": [Scope.READ.value, Scope.WRITE.value],
        "createdAt": instant(now),
        "createdBy": "tests",
        "expiresAt": instant(now + timedelta(days=1)),
        "hash": hash_of(secret.encode()),
        "digest": "",
    }
    stamp = {
        "synthetic": True,
        "version": 1,
        "createdAt": instant(now),
        "updatedAt": instant(now),
    }
    await driver.execute_query(_LAID_OUT, token=token, stamp=stamp, database_=DATABASE)
    return {"authorization": f"Bearer {secret}"}
