"""`extensions.cost` of a request, as the edge reads it."""

from __future__ import annotations

import orjson
import pytest

from web.asking import from_body
from web.errors import WebError


def asked(extensions: object) -> str:
    body = orjson.dumps({"query": "{ thing { name } }", "extensions": extensions})
    return from_body(body, "en").cost


@pytest.mark.parametrize(
    ("extensions", "cost"),
    [
        (None, "no"),
        ({}, "no"),
        ({"other": 1}, "no"),
        ({"cost": None}, "no"),
        ({"cost": False}, "no"),
        ({"cost": True}, "figures"),
        ({"cost": {}}, "figures"),
        ({"cost": {"explain": False}}, "figures"),
        ({"cost": {"explain": True}, "other": 1}, "explained"),
    ],
)
def test_the_cost_is_asked_for_by_an_extension(extensions: object, cost: str) -> None:
    assert asked(extensions) == cost


@pytest.mark.parametrize(
    "cost", [1, "true", [], {"explain": 1}, {"explain": None}, {"profile": True}]
)
def test_anything_else_there_is_refused_with_what_is_accepted(cost: object) -> None:
    with pytest.raises(WebError) as refused:
        asked({"cost": cost})
    assert refused.value.refusal.code == "REQUEST_IS_MALFORMED"
    assert '{"explain": true}' in refused.value.refusal.message
