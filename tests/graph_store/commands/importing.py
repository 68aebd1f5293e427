"""Imports as records, laid out for tests of what is done with them."""

from __future__ import annotations

from itertools import count
from typing import Any

from tests.graph_store.commands.conftest import Ask

_numbers = count(1)
IMPORT = """CREATE (i:Import:Record {id: $id, name: 'a.jsonl', synthetic: false, aliases: [], version: 1, visibility: 'network',
  createdAt: $at, updatedAt: $at, startedAt: $at, digest: 'd', connector: 'ror', actor: 'tester', fates: [],
  read: 9, new: 0, changed: 0, unchanged: 0, rejected: 0, passedOver: 0, companions: 0, links: 0, unresolved: 0})
SET i += $values RETURN i.id"""


async def an_import(ask: Ask, **values: Any) -> str:
    """One that has ended, with these values."""
    id_, at = f"cd-import-{next(_numbers)}", "2026-11-25T01:00:00.000Z"
    given = {"state": "finished", "rejected": 5, "unresolved": 2, **values}
    return str((await ask(IMPORT, id=id_, at=at, values=given))[0])
