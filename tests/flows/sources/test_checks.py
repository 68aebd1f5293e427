"""Validation follows from the model, for every noun and property."""

from typing import Any

import pytest

from flows.sources.cells import day_of, value_of
from flows.sources.checks import LONGEST_INDEXED, checked
from flows.sources.drafts import Draft

FINE: dict[str, Any] = {"name": "质谱仪", "category": "analytical", "status": "available"}


def fault(**properties: Any) -> tuple[str, str] | None:
    rejection = checked(Draft("Instrument", "test:1", FINE | properties), 7)
    assert rejection is None or rejection.row == 7
    return None if rejection is None else (rejection.field, rejection.reason.en)


def test_a_whole_record_passes() -> None:
    assert fault(valueCny=12.5, commissionedOn="2020-04-15", measuredVariables=["m/z"]) is None


def test_absent_values_pass_where_none_is_required() -> None:
    assert fault(valueCny=None, model=None) is None


@pytest.mark.parametrize("name", ["name", "category", "status"])
def test_required_values_are_asked_for(name: str) -> None:
    assert fault(**{name: None}) == (name, "a value is required")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("name", "=HYPERLINK(1)", "begins with =, which is a formula and not a name"),
        ("name", "a\0b", "holds a NUL character"),
        ("name", "a\ud800", "holds an unpaired surrogate"),
        ("name", "x" * (LONGEST_INDEXED + 1), "longer than 2000 characters"),
        ("name", 5, "expected text"),
        ("category", "toys", "expected one of: analytical, "),
        ("category", ["analytical"], "expected one of: analytical, "),
        ("valueCny", "12", "expected a number"),
        ("valueCny", float("nan"), "expected a number"),
        ("valueCny", 1.005, "expected an amount of yuan"),
        ("valueCny", True, "expected a number"),
        ("commissionedOn", "2020-02-30", "expected a day as YYYY-MM-DD"),
        ("commissionedOn", "20200230", "expected a day as YYYY-MM-DD"),
        ("commissionedOn", "2020-2-3", "expected a day as YYYY-MM-DD"),
        ("measuredVariables", "m/z", "expected a list of texts"),
        ("measuredVariables", [1], "expected text"),
        ("cstr", "12.3", "a CSTR is "),
        ("colour", "red", "the model has no such property"),
        ("version", 7, "the model has no such property"),
    ],
)
def test_a_value_that_its_property_cannot_hold_is_named(name: str, value: Any, reason: str) -> None:
    found = fault(**{name: value})
    assert found is not None
    assert found[0] == name
    assert found[1].startswith(reason)


def test_identifiers_come_out_in_their_normal_form() -> None:
    draft = Draft("Person", "test:1", {"name": "x", "orcid": "https://orcid.org/0000000218250097"})
    assert checked(draft, 1) is None
    assert draft.properties["orcid"] == "0000-0002-1825-0097"


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("valueCny", "¥1,234.50", 1234.5),
        ("valueCny", "dear", "dear"),
        ("commissionedOn", "2015-06-13 06:12:48", "2015-06-13"),
        ("category", "分析仪器", "analytical"),
        ("category", "Marine", "marine"),
        ("category", "LASER", "laser"),
        ("measuredVariables", "质量；电荷; 强度", ["质量", "电荷", "强度"]),
        ("model", "  ", None),
        ("description", "-5 °C", "-5 °C"),
    ],
)
def test_a_cell_is_read_as_the_model_says(name: str, cell: str, value: Any) -> None:
    assert value_of("Instrument", name, cell) == value


@pytest.mark.parametrize(
    "cell", ["2015/6/13", "2015年6月13日", "2015.06.13", "2015-06-13T01:02:03Z"]
)
def test_days_are_written_in_many_ways(cell: str) -> None:
    assert day_of(cell) == "2015-06-13"
