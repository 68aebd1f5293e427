"""Introspection answers in the client's language, whatever names the client gives to the parts."""

from __future__ import annotations

import re
from typing import Any

import orjson
import pytest
from graphql import get_introspection_query

from auth.viewer import ANONYMOUS
from resolvers.answer import Asked
from resolvers.meta_texts import meta_texts
from tests.engine.conftest import Hub

CHINESE = re.compile("[\u4e00-\u9fff]")
WHOLE = get_introspection_query(
    specified_by_url=True, directive_is_repeatable=True, input_value_deprecation=True
)


async def asked(hub: Hub, text: str, language: str) -> Any:
    answer = await hub.engine.answer(Asked(text, None, {}, language), ANONYMOUS)
    body = orjson.loads(answer.body)
    assert "errors" not in body, body
    return body["data"]


def described(value: Any, where: str = "") -> list[tuple[str, str]]:
    """Every description of an answer about the schema that is no meta-type's own silence."""
    if isinstance(value, list):
        return [found for each in value for found in described(each, where)]
    if not isinstance(value, dict):
        return []
    here = f"{where}.{value.get('name')}"
    own = [(here, value["description"])] if value.get("description") else []
    return own + [found for each in value.values() for found in described(each, here)]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_description_is_in_the_language_asked_for(hub: Hub, language: str) -> None:
    found = described(await asked(hub, WHOLE, language))
    assert len(found) > 1_000
    wrong = [
        (where, text)
        for where, text in found
        if " | " in text
        or (language == "en" and CHINESE.search(text))
        or (language == "zh" and not CHINESE.search(text) and not re.fullmatch("[A-Z ]+", text))
    ]
    assert wrong == []


async def test_nothing_but_descriptions_differs_between_the_languages(hub: Hub) -> None:
    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bare(each) for key, each in value.items() if key != "description"}
        return [bare(each) for each in value] if isinstance(value, list) else value

    assert bare(await asked(hub, WHOLE, "zh")) == bare(await asked(hub, WHOLE, "en"))


async def test_aliases_fragments_and_data_beside_make_no_difference(hub: Hub) -> None:
    text = """
    query { nodes(ids: []) { id } ...Deep ... { meta: __type(name: "Boolean") { about: description } } }
    fragment Deep on Query { kind: __type(name: "PageInfo") { what: description fields { name note: description } } }
    """
    zh, en = await asked(hub, text, "zh"), await asked(hub, text, "en")
    assert (zh["kind"]["what"], en["kind"]["what"]) == ("翻页信息", "Where a page lies")
    assert zh["nodes"] == en["nodes"] == []
    assert en["meta"]["about"] in meta_texts()
    assert zh["meta"]["about"] == meta_texts()[en["meta"]["about"]]
    assert {CHINESE.search(each["note"]) is not None for each in zh["kind"]["fields"]} == {True}


async def test_what_graphql_says_of_itself_has_its_chinese(hub: Hub) -> None:
    text = "{ __schema { directives { description } types { name description } } }"
    found = described(await asked(hub, text, "en"))
    own = [text for where, text in found if where.split(".")[-1].startswith("__")]
    assert own
    assert [text for text in own if text not in meta_texts()] == []
