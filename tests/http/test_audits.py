"""GraphQL over HTTP, as the reference implementation audits it: every MUST, SHOULD and MAY."""

from __future__ import annotations

from collections import Counter

import orjson

from tests.http.conftest import Node

EVERY = 61


async def test_the_hub_passes_every_audit_of_graphql_http(node: Node, hub_address: str) -> None:
    results = orjson.loads(await node("audits.mjs", f"{hub_address}/graphql"))
    assert [each for each in results if each["status"] != "ok"] == []
    words = Counter(each["name"].split()[0] for each in results)
    assert set(words) == {"MUST", "SHOULD", "MAY"}
    assert len(results) == words.total() == EVERY
