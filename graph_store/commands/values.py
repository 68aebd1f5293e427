"""Values on the way in: brought to their normal form, or refused with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from math import isfinite
from typing import Any

from graph_store.commands.facts import DatesOutOfOrder, IdentifierIsInvalid, ValueIsInvalid
from graph_store.identifiers import IdentifierError, Problem
from graph_store.model.words import Kind, Noun, Property

# what an index entry can hold: 8,167 bytes, of which the id takes its part
INDEXED_CHARACTERS = 1_000
TEXT_CHARACTERS = 100_000
MOST_ITEMS = 1_000
LARGEST = 1e15

Refused = ValueIsInvalid | IdentifierIsInvalid


def checked(declared: Iterable[Property], given: Mapping[str, Any]) -> dict[str, Any] | Refused:
    """The given values in their normal form; None takes a property away. Names are the model's own."""
    values: dict[str, Any] = {}
    for each in (one for one in declared if one.name in given):
        try:
            values[each.name] = _normal(each, given[each.name])
        except IdentifierError as error:
            return IdentifierIsInvalid(each.name, error.problem.zh, error.problem.en)
        except _RefusedValueError as error:
            return ValueIsInvalid(each.name, error.problem.zh, error.problem.en)
    return values


def missing(declared: Iterable[Property], values: Mapping[str, Any]) -> ValueIsInvalid | None:
    """The first required property without a value."""
    for each in declared:
        if each.required and values.get(each.name) is None:
            return ValueIsInvalid(each.name, EMPTY.zh, EMPTY.en)
    return None


def out_of_order(
    periods: Iterable[tuple[str, str]], values: Mapping[str, Any]
) -> DatesOutOfOrder | None:
    """The first period whose last day lies before its first."""
    for first, last in periods:
        begin, end = values.get(first), values.get(last)
        if begin and end and end < begin:
            return DatesOutOfOrder(first, begin, last, end)
    return None


def identifiers(noun: Noun, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The valid unique identifiers among the given values: property and normal form."""
    for each in noun.properties:
        text = given.get(each.name)
        if each.key and each.scheme and text and each.scheme.problem(text) is None:
            yield each.name, each.scheme.normalise(text)


class _RefusedValueError(ValueError):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.en)
        self.problem = problem


EMPTY = Problem("不能为空", "it must have a value")


def _normal(declared: Property, value: Any) -> Any:
    if value is None:
        if declared.required:
            raise _RefusedValueError(EMPTY)
        return None
    if declared.scheme:
        return declared.scheme.parse(value)
    return _NORMAL.get(declared.kind, _as_given)(declared, value)


def _text(declared: Property, value: str) -> str | None:
    text = value.strip()
    most = INDEXED_CHARACTERS if declared.sortable or declared.key else TEXT_CHARACTERS
    if len(text) > most:
        raise _RefusedValueError(Problem(f"不能超过 {most} 个字符", f"at most {most} characters"))
    if "\x00" in text or _has_surrogate(text):
        raise _RefusedValueError(Problem("含有非法字符", "it holds a character that is no text"))
    if not text and declared.required:
        raise _RefusedValueError(EMPTY)
    return text or None


def _texts(declared: Property, values: Iterable[str]) -> list[str]:
    texts = [text for text in (_text(declared, each) for each in values) if text]
    if len(texts) > MOST_ITEMS:
        raise _RefusedValueError(
            Problem(f"不能超过 {MOST_ITEMS} 项", f"at most {MOST_ITEMS} items")
        )
    return list(dict.fromkeys(texts))


def _number(declared: Property, value: float) -> float:
    most = 100.0 if declared.unit == "%" else LARGEST
    if not isfinite(value) or not 0 <= value <= most:
        problem = Problem(f"应在 0 到 {most:.0f} 之间", f"it must lie between 0 and {most:.0f}")
        raise _RefusedValueError(problem)
    if declared.unit == "CNY" and round(value, 2) != value:
        raise _RefusedValueError(Problem("金额最多两位小数", "yuan have at most two decimals"))
    return float(value)


def _integer(_declared: Property, value: int) -> int:
    if value < 0:
        raise _RefusedValueError(Problem("不能为负数", "it must not be negative"))
    return value


def _day(_declared: Property, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        problem = Problem("应为日期 YYYY-MM-DD", "it must be a day, YYYY-MM-DD")
        raise _RefusedValueError(problem) from error


def _choice(declared: Property, value: str) -> str:
    """One of the stored values; those that follow from dates are never stored."""
    assert declared.options is not None
    derived = {declared.dated.during, declared.dated.after} if declared.dated else set()
    if value in derived:
        problem = Problem("该状态由日期决定，不能直接设置", "this one follows from the dates")
        raise _RefusedValueError(problem)
    if value not in declared.options.values:
        raise _RefusedValueError(Problem("不在可选值之内", "it is none of the choices"))
    return value


def _as_given(_declared: Property, value: Any) -> Any:
    return value


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


_NORMAL: Mapping[Kind, Any] = {
    Kind.TEXT: _text,
    Kind.TEXTS: _texts,
    Kind.NUMBER: _number,
    Kind.INTEGER: _integer,
    Kind.DAY: _day,
    Kind.CHOICE: _choice,
}
