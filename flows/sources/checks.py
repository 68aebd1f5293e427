"""Validation, derived from the model: kinds, required properties, options, and identifiers by their scheme."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from flows.sources.drafts import Draft
from flows.sources.rows import Rejection, rejected
from graph_store.identifiers import IdentifierError, Problem
from graph_store.model import MODEL
from graph_store.model.words import Kind, Property

# Written by the loader, not by a source.
_KEPT_BY_THE_HUB = frozenset(
    {"id", "synthetic", "originKey", "version", "createdAt", "updatedAt", "visibility"}
)

# A key of a Neo4j range index holds 8,167 bytes, so 2,000 characters of any script fit.
LONGEST_INDEXED = 2_000
LONGEST_TEXT = 1_000_000

Check = Callable[[Any], Any]


class UnfitError(ValueError):
    """A value that its property cannot hold."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.problem = Problem(zh, en)


_REQUIRED = Problem("此项必填", "a value is required")
_NO_PROPERTY = Problem("模型中没有此属性", "the model has no such property")


def checked(draft: Draft, row: int) -> Rejection | None:
    """Bring the draft's values to their normal form, in place; what is wrong with the first that has none."""
    checks, required = _checks(draft.noun)
    properties = draft.properties
    for name, value in properties.items():
        if value is None:
            continue
        try:
            properties[name] = checks[name](value)
        except KeyError:
            return rejected(row, name, value, _NO_PROPERTY)
        except (UnfitError, IdentifierError) as error:
            return rejected(row, name, value, error.problem)
    for name in required:
        if properties.get(name) in (None, ""):
            return rejected(row, name, None, _REQUIRED)
    return None


@cache
def _checks(noun: str) -> tuple[dict[str, Check], tuple[str, ...]]:
    properties = [each for each in MODEL[noun].properties if each.name not in _KEPT_BY_THE_HUB]
    return {each.name: _check(each) for each in properties}, tuple(
        each.name for each in properties if each.required
    )


def _check(declared: Property) -> Check:
    match declared.kind:
        case Kind.TEXT | Kind.ID:
            return _identifier(declared) if declared.scheme else _text(declared)
        case Kind.TEXTS:
            return _texts
        case Kind.INTEGER:
            return _integer
        case Kind.NUMBER:
            return _money if declared.unit == "CNY" else _number
        case Kind.DAY | Kind.INSTANT:
            return _day if declared.kind is Kind.DAY else _plain
        case Kind.FLAG:
            return _flag
        case Kind.CHOICE:
            return _choice(declared)


def _identifier(declared: Property) -> Check:
    scheme = declared.scheme
    assert scheme is not None
    return lambda value: scheme.parse(_plain(value))


def _text(declared: Property) -> Check:
    longest = LONGEST_INDEXED if declared.key or declared.sortable else LONGEST_TEXT
    names = declared.key or declared.searchable

    def check(value: Any) -> str:
        text = _plain(value)
        if len(text) > longest:
            raise UnfitError(f"超过 {longest} 个字符", f"longer than {longest} characters")
        if names and text.startswith("="):
            raise UnfitError(
                "以“=”开头，像是公式而不是名称", "begins with =, which is a formula and not a name"
            )
        return text

    return check


def _plain(value: Any) -> str:
    if not isinstance(value, str):
        raise UnfitError("应为文本", "expected text")
    if "\0" in value:
        raise UnfitError("含有空字符", "holds a NUL character")
    if not value.isascii() and any("\ud800" <= each <= "\udfff" for each in value):
        raise UnfitError("含有不成对的代理字符", "holds an unpaired surrogate")
    return value


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise UnfitError("应为文本列表", "expected a list of texts")
    return [_plain(each) for each in value]


def _integer(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not -(2**31) <= value < 2**31:
        raise UnfitError("应为 32 位整数", "expected a whole number within 32 bits")
    return value


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise UnfitError("应为数字", "expected a number")
    return float(value)


def _money(value: Any) -> float:
    amount = _number(value)
    if amount < 0 or round(amount, 2) != amount:
        raise UnfitError(
            "金额应为非负数，最多两位小数", "expected an amount of yuan, at most two decimals"
        )
    return amount


def _day(value: Any) -> str:
    text = _plain(value)
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise UnfitError("应为 YYYY-MM-DD 形式的日期", "expected a day as YYYY-MM-DD")


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise UnfitError("应为“是”或“否”", "expected true or false")
    return value


def _choice(declared: Property) -> Check:
    assert declared.options is not None
    values = frozenset(declared.options.values)
    listed = ", ".join(declared.options.values)

    def check(value: Any) -> str:
        if isinstance(value, str) and value in values:
            return value
        raise UnfitError(f"应为以下之一：{listed}", f"expected one of: {listed}")

    return check
