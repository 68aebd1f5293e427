"""Constraints and indexes follow from the model, and the store accepts them."""

import pytest
from neo4j import AsyncDriver
from neo4j.exceptions import ConstraintError

from graph_store.constraints import apply, full_texts, statements
from graph_store.model import MODEL, Model
from graph_store.model.words import Noun, Property, id_, noun, text
from tests.graph import DATABASE


async def test_all_of_them_stand_and_are_online(driver: AsyncDriver) -> None:
    await apply(driver, DATABASE, MODEL)
    shown = await driver.execute_query("SHOW INDEXES YIELD name, state", database_=DATABASE)
    online = {record["name"] for record in shown.records if record["state"] == "ONLINE"}
    wanted = {each.split(" IF NOT EXISTS")[0].split()[-1] for each in statements(MODEL)}
    assert wanted <= online
    assert {index.name for index in full_texts(MODEL)} <= wanted


async def test_applying_again_changes_nothing(driver: AsyncDriver) -> None:
    await apply(driver, DATABASE, MODEL)
    before = await _names(driver)
    await apply(driver, DATABASE, MODEL)
    assert await _names(driver) == before
    sequence = await driver.execute_query(
        "MATCH (s:Sequence) RETURN s.id AS id, s.last >= 0 AS begun ORDER BY id", database_=DATABASE
    )
    assert [record.data() for record in sequence.records] == [
        {"id": "changes", "begun": True},
        {"id": "endings", "begun": True},
    ]


async def test_the_store_refuses_a_second_record_with_the_same_key(driver: AsyncDriver) -> None:
    await apply(driver, DATABASE, MODEL)
    twice = "UNWIND [1, 2] AS n CREATE (:Institution {id: 'cd-institution-' + n, ror: '03yrm5c26'})"
    with pytest.raises(ConstraintError):
        await driver.execute_query(twice, database_=DATABASE)


async def test_a_property_made_searchable_is_found_after_the_next_start(
    driver: AsyncDriver,
) -> None:
    name = text("name", "名称", "Name", searchable=True)
    english = text("nameEn", "英文名称", "English name", searchable=True)
    try:
        for properties in ((name,), (name, english)):
            await apply(driver, DATABASE, Model((*MODEL, _parcel(*properties))))
        shown = await driver.execute_query(
            "SHOW FULLTEXT INDEXES YIELD name, properties WHERE name = 'search_parcel' RETURN properties",
            database_=DATABASE,
        )
        assert [record["properties"] for record in shown.records] == [["name", "nameEn"]]
    finally:
        await driver.execute_query("DROP INDEX search_parcel", database_=DATABASE)
        await driver.execute_query("DROP CONSTRAINT parcel_id_unique", database_=DATABASE)
        await apply(driver, DATABASE, MODEL)


def test_every_sortable_property_has_an_index_that_ends_with_the_id() -> None:
    assert (
        "CREATE INDEX instrument_valueCny_id IF NOT EXISTS FOR (n:Instrument) ON (n.valueCny, n.id)"
        in statements(MODEL)
    )
    assert (
        "CREATE INDEX instrument_category_valueCny_id IF NOT EXISTS"
        " FOR (n:Instrument) ON (n.category, n.valueCny, n.id)" in statements(MODEL)
    )


def test_visibility_has_an_index_by_itself_where_records_can_be_hidden() -> None:
    asked = [each for each in statements(MODEL) if "visibility" in each]
    assert asked == [
        f"CREATE INDEX {noun.word}_visibility IF NOT EXISTS FOR (n:{noun.name}) ON (n.visibility)"
        for noun in MODEL
        if noun.visible is not None
    ]


def _parcel(*properties: Property) -> Noun:
    return noun("Parcel", "parcels", "包裹", "A parcel", properties=(id_(), *properties))


async def _names(driver: AsyncDriver) -> list[str]:
    shown = await driver.execute_query("SHOW INDEXES YIELD name", database_=DATABASE)
    return sorted(record["name"] for record in shown.records)
