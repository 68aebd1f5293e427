"""Search: what is found, in which order, with what marked; what is hidden is not; no text whatever is an error."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st
from neo4j import AsyncDriver

from graph_store import constraints
from graph_store.cypher import lucene, search
from graph_store.model import MODEL, Model
from graph_store.model.words import PUBLIC
from tests.engine.conftest import Hub
from tests.engine.small_web import hits, id_of, lay_out, run
from tests.viewers import at_home

SEARCH = "query ($text: String!, $kinds: [NounKind!]) { search(text: $text, kinds: $kinds) { nodes { id } } }"
PAGE = """
query ($text: String!, $first: Int, $after: String) {
  search(text: $text, first: $first, after: $after) {
    totalCount totalIsCapped facets { kind count }
    edges { cursor score node { __typename id name ... on Instrument { owner { name } } }
            highlights { field text segments { text matched } } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}
"""


@pytest_asyncio.fixture(scope="module", autouse=True)
async def web(driver: AsyncDriver) -> AsyncIterator[None]:
    await lay_out(driver)
    yield


async def found(hub: Hub, text: str, **more: Any) -> list[str]:
    data = await hub.data(SEARCH, {"text": text, **more})
    return [node["id"] for node in data["search"]["nodes"]]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("谱", {"lab", "ms", "paper"}),
        ("仪", {"xrd", "ms"}),
        ("X射线衍射仪 XRD", {"xrd"}),
        ("ＸＲＤ", {"xrd"}),
        ("xrd", {"xrd"}),
        ("GC-MS", {"ms"}),
        ("射线衍射", {"xrd"}),
        ("sichuan UNIVERSITY", {"scu"}),
        ("the Sichuan University", {"scu"}),
        ("univ", {"scu", "cqu"}),
        ("川大", {"scu"}),
        ("smartlab", {"xrd"}),
        ("大学 质谱", set()),
        ("没有这个词", set()),
    ],
)
async def test_words_of_both_languages_are_found_whatever_their_width_and_case(
    hub: Hub, text: str, keys: set[str]
) -> None:
    assert set(await found(hub, text)) == {id_of(key) for key in keys}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("0000-0002-1825-0097", "wang"),
        ("https://orcid.org/0000-0002-1825-0097", "wang"),
        ("https://ror.org/011ashp19", "scu"),
        ("91350100m000100y43", "scu"),
        ("31253.11.sciencedb.01234", "xrd"),
        ("doi:10.5281/ZENODO.1234", "paper"),
        ("  cd-person-li ", "li"),
        ("510100", "chengdu"),
    ],
)
async def test_an_identifier_finds_its_record_first_and_says_so(
    hub: Hub, text: str, key: str
) -> None:
    data = await hub.data(PAGE, {"text": text})
    first = data["search"]["edges"][0]
    assert (first["node"]["id"], first["score"]) == (id_of(key), search.IDENTIFIED)
    assert [each["segments"] for each in first["highlights"]] == [
        [{"text": first["highlights"][0]["text"], "matched": True}]
    ]


async def test_kinds_narrow_the_search_and_facets_count_by_kind(hub: Hub) -> None:
    assert await found(hub, "谱", kinds=["INSTRUMENT"]) == [id_of("ms")]
    data = await hub.data(PAGE, {"text": "谱"})
    facets = {each["kind"]: each["count"] for each in data["search"]["facets"]}
    assert facets == {"INSTITUTION": 1, "INSTRUMENT": 1, "ACHIEVEMENT": 1}
    assert (data["search"]["totalCount"], data["search"]["totalIsCapped"]) == (3, False)


async def test_what_is_hidden_is_neither_found_nor_counted_nor_identified(hub: Hub) -> None:
    for text in ("保密", "隐身人", id_of("secret"), id_of("hidden")):
        data = await hub.data(PAGE, {"text": text})
        assert (data["search"]["totalCount"], data["search"]["facets"]) == (0, [])


async def test_whoever_acts_for_its_holder_finds_it(hub: Hub) -> None:
    data = await hub.data(SEARCH, {"text": "保密质谱"}, at_home((id_of("scu"),), "someone"))
    assert [node["id"] for node in data["search"]["nodes"]] == [id_of("hidden")]


async def test_highlights_mark_what_matched_and_keep_the_text_whole(hub: Hub) -> None:
    data = await hub.data(PAGE, {"text": "衍射仪 ｘｒｄ"})
    marked = {each["field"]: each for each in data["search"]["edges"][0]["highlights"]}
    assert marked["name"]["segments"] == [
        {"text": "X射线", "matched": False},
        {"text": "衍射仪", "matched": True},
    ]
    assert marked["nameEn"]["segments"][1] == {"text": "XRD", "matched": True}
    for each in marked.values():
        assert "".join(segment["text"] for segment in each["segments"]) == each["text"]


async def test_pages_follow_one_another_without_gap_or_repetition(hub: Hub) -> None:
    whole, after, walked = await hub.data(PAGE, {"text": "大学"}), None, list[str]()
    for _ in whole["search"]["edges"]:
        page = (await hub.data(PAGE, {"text": "大学", "first": 1, "after": after}))["search"]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        walked += [edge["node"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
    assert walked == [edge["node"]["id"] for edge in whole["search"]["edges"]] != []
    assert page["pageInfo"]["hasNextPage"] is False


MANY = """UNWIND range(1, $count) AS i CREATE (:Achievement:Record {id: 'cd-achievement-many' + i, synthetic: true, version: 1,
  name: '拥挤成果' + CASE i % 4 WHEN 0 THEN '甲' WHEN 1 THEN '说明书' ELSE '' END, kind: 'paper', createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z', visibility: CASE i % 3 WHEN 0 THEN 'institution' ELSE 'public' END})"""
TWENTY = """query ($kinds: [NounKind!], $first: Int, $after: String) {
  search(text: "拥挤成果", kinds: $kinds, first: $first, after: $after) { edges { score node { id } } pageInfo { hasNextPage endCursor } }
}"""


@pytest_asyncio.fixture
async def crowd(driver: AsyncDriver) -> AsyncIterator[None]:
    """Three hundred records of three different scores, a third of them hidden, and one of a rarer noun."""
    await run(driver, MANY, count=300)
    await run(driver, "MATCH (n:Topic) SET n.nameEn = '拥挤成果'")
    await run(driver, "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    yield
    await run(driver, "MATCH (n:Achievement) WHERE n.name STARTS WITH '拥挤' DETACH DELETE n")
    await run(driver, "MATCH (n:Topic) REMOVE n.nameEn")


@pytest.mark.parametrize("kinds", [None, ["ACHIEVEMENT"], ["TOPIC", "ACHIEVEMENT"]])
@pytest.mark.parametrize("size", [7, 100])
async def test_a_walk_among_many_equal_scores_gives_each_hit_once_and_nothing_hidden(
    hub: Hub, crowd: None, kinds: list[str] | None, size: int
) -> None:
    walked, page = list[Any](), {"pageInfo": {"hasNextPage": True, "endCursor": None}}
    while page["pageInfo"]["hasNextPage"]:
        asked = {"kinds": kinds, "first": size, "after": page["pageInfo"]["endCursor"]}
        page = (await hub.data(TWENTY, asked))["search"]
        walked += page["edges"]
    ids, scores = [edge["node"]["id"] for edge in walked], [edge["score"] for edge in walked]
    seen = {f"cd-achievement-many{i}" for i in range(1, 301) if i % 3}
    assert len(ids) == len(set(ids))
    assert set(ids) == (seen if kinds == ["ACHIEVEMENT"] else seen | {id_of("physics")})
    assert scores == sorted(scores, reverse=True)
    whole = TWENTY.replace("{ edges", "{ totalCount edges")
    at_once = (await hub.data(whole, {"kinds": kinds, "first": 1_000}))["search"]
    assert [edge["node"]["id"] for edge in at_once["edges"]] == ids
    assert at_once["totalCount"] == len(ids)


async def test_a_page_costs_the_same_however_many_are_found(
    hub: Hub, driver: AsyncDriver, crowd: None
) -> None:
    async def cost() -> int:
        await hub.data(TWENTY, {"first": 10})
        return await hits(driver, *hub.statements[-1])

    of_three_hundred = await cost()
    await run(driver, MANY.replace("many", "more"), count=3_000)
    of_three_thousand = await cost()
    assert of_three_thousand <= 1.2 * of_three_hundred
    assert 11 <= of_three_hundred <= 25 * 11


async def test_an_identifier_that_is_also_a_word_is_found_once(
    hub: Hub, driver: AsyncDriver
) -> None:
    await run(driver, "MATCH (n:Topic) SET n.name = n.id")
    await run(driver, "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    assert await found(hub, id_of("physics"), kinds=["TOPIC"]) == [id_of("physics")]
    await run(driver, "MATCH (n:Topic) SET n.name = '物理学'")


def test_a_model_with_one_searchable_noun_is_searched_in_the_index_over_all() -> None:
    topic, division = MODEL["Topic"], MODEL["Division"]
    bare = replace(
        division,
        edges=(),
        properties=tuple(replace(each, searchable=False) for each in division.properties),
    )
    single = Model((replace(topic, edges=()), bare))
    made = {index.name for index in constraints.full_texts(single)}
    assert made == {search.index_of(noun, single) for noun in single if search.searched(noun)}


async def test_a_cursor_of_another_text_is_refused(hub: Hub) -> None:
    page = await hub.data(PAGE, {"text": "大学", "first": 1})
    after = page["search"]["pageInfo"]["endCursor"]
    answer = await hub.ask(PAGE, {"text": "谱", "after": after})
    assert answer["errors"][0]["extensions"]["code"] == "BAD_CURSOR"


async def test_a_search_is_one_statement(hub: Hub) -> None:
    before = len(hub.statements)
    await hub.data(PAGE, {"text": "大学"})
    assert len(hub.statements) == before + 1


async def test_a_thousand_hits_are_ranked_and_the_cap_is_said(
    hub: Hub, driver: AsyncDriver
) -> None:
    await run(
        driver,
        "UNWIND range(1, 1200) AS i CREATE (:Topic:Record {id: 'cd-topic-many' + i, name: '拥挤学科' + i,"
        " synthetic: true, version: 1, createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z'})",
    )
    data = (await hub.data(PAGE, {"text": "拥挤学科", "first": 3}))["search"]
    await run(driver, "MATCH (n:Topic) WHERE n.name STARTS WITH '拥挤' DETACH DELETE n")
    assert (data["totalCount"], data["totalIsCapped"]) == (1_000, True)
    assert data["facets"] == [{"kind": "TOPIC", "count": 1_000}]


@pytest.mark.parametrize(
    "text", ["", " ", "!!!", "*", '"', "\\", "~", "()", "AND", "NOT", "the", "\ue000", "*:*"]
)
async def test_text_without_any_word_finds_nothing(hub: Hub, text: str) -> None:
    assert await found(hub, text) == []


_METACHARACTERS = st.text(
    st.sampled_from('+-&|!(){}[]^"~*?:\\/ 谱仪大学xrdANDORNOT\u3000'), max_size=40
)


@settings(max_examples=300)
@given(
    text=st.one_of(_METACHARACTERS, st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
)
async def test_no_text_whatever_is_an_error(hub: Hub, text: str) -> None:
    assert "errors" not in await hub.ask(SEARCH, {"text": text})


def test_the_index_searched_is_the_index_made() -> None:
    made = {index.name for index in constraints.full_texts(MODEL)}
    assert {
        search.INDEX,
        *(f"{search.INDEX}_{noun.word}" for noun in MODEL if search.searched(noun)),
    } == made


def test_only_public_properties_are_searched_or_recognised() -> None:
    levels = {
        each.level for noun in MODEL for each in (*search.searched(noun), *search.identifying(noun))
    }
    assert levels == {PUBLIC}


@given(st.text())
def test_folding_keeps_the_length_so_that_marks_fall_on_the_right_characters(text: str) -> None:
    assert len(lucene.folded(text)) == len(text)
