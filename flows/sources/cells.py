"""Text cells into values, by what the model says of the property."""

from __future__ import annotations

import re
from typing import Any

from graph_store.model import MODEL
from graph_store.model.words import Kind, Property

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")
_LIST = re.compile(r"\s*[;；、|]\s*")
_TRUE = frozenset({"1", "y", "yes", "true", "是"})
_FALSE = frozenset({"0", "n", "no", "false", "否"})


def value_of(noun: str, name: str, cell: str) -> Any:
    """The value that a cell holds for a property; the text itself where it holds none, for the checks to refuse."""
    return _value(MODEL.property(noun, name), cell.strip())


def day_of(cell: str | None) -> str | None:
    """The day in `2015-06-13 06:12:48`, `2015/6/13` or `2015年6月13日`; other text as it is."""
    if not (cell := (cell or "").strip()):
        return None
    found = _DAY.fullmatch(cell)
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else cell


def _value(declared: Property, cell: str) -> Any:
    if not cell:
        return None
    match declared.kind:
        case Kind.TEXTS:
            return [part for part in _LIST.split(cell) if part]
        case Kind.INTEGER | Kind.NUMBER:
            return _number(declared.kind, cell)
        case Kind.DAY:
            return day_of(cell)
        case Kind.FLAG:
            return True if cell.lower() in _TRUE else False if cell.lower() in _FALSE else cell
        case Kind.CHOICE:
            return _option(declared, cell)
        case _:
            return cell


def _number(kind: Kind, cell: str) -> Any:
    plain = cell.replace(",", "").replace("，", "").lstrip("¥￥")
    try:
        return int(plain) if kind is Kind.INTEGER else float(plain)
    except ValueError:
        return cell


def _option(declared: Property, cell: str) -> str:
    assert declared.options is not None
    names = {each.zh: each.value for each in declared.options.options} | {
        each.en.lower(): each.value for each in declared.options.options
    }
    return names.get(cell) or names.get(cell.lower()) or cell.lower()
