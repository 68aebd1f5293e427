"""GraphQL over HTTP, as the reference implementation audits it: every MUST, SHOULD and MAY."""

from __future__ import annotations

from collections import Counter

import httpx2
import orjson
import pytest

from tests.http.conftest import Node

EVERY = 61


async def test_the_hub_passes_every_audit_of_graphql_http(node: Node, hub_address: str) -> None:
    results = orjson.loads(await node("audits.mjs", f"{hub_address}/graphql"))
    assert [each for each in results if each["status"] != "ok"] == []
    words = Counter(each["name"].split()[0] for each in results)
    assert set(words) == {"MUST", "SHOULD", "MAY"}
    assert len(results) == words.total() == EVERY


@pytest.mark.parametrize("directive", ["defer", "stream(initialCount: 1)"])
async def test_an_answer_in_pieces_is_refused_with_what_to_do_instead(
    hub_address: str, directive: str
) -> None:
    text = f"{{ institutions {{ nodes {{ ... on Institution @{directive} {{ name }} }} }} }}"
    async with httpx2.AsyncClient(base_url=hub_address, timeout=30) as client:
        headers = {"Accept": "multipart/mixed, application/graphql-response+json"}
        refused = await client.post("/graphql", json={"query": text}, headers=headers)
    assert refused.status_code == 400
    (error,) = refused.json()["errors"]
    assert error["extensions"]["code"] == "ANSWERS_ARE_WHOLE"
    assert error["extensions"]["messageZh"]
    assert error["locations"]
