"""What would repair a row that was not taken, in the words of whoever keeps the file."""

from __future__ import annotations

from flows.sources.rows import TWO_RECORDS, Rejection
from graph_store.identifiers import Problem
from graph_store.model import MODEL
from graph_store.model.words import Kind

_AGAIN = Problem(
    "然后重新导入整个文件：已收的行不会重复写入",
    "then import the whole file again: rows that were taken are not written twice",
)
_SHAPE = Problem(
    "请检查该行的结构，必要时向数据来源重新索取",
    "Look at the structure of the row, or ask its source for it again",
)
_KEY = Problem(
    "请只保留一行，或更正两条记录的标识",
    "Keep one of the rows, or correct the identifiers of the two records",
)
_IN_THE_GRAPH = Problem(
    "请核对图谱中这两条记录，更正其标识后在本批次上重试；若是文件有误，请改正后重新导入。",
    "Correct the identifiers of these two records in the graph, then retry this import; if the file is wrong, mend it and import it again.",
)
_EMPTY = Problem("请填写此项", "Give it a value")
_IDENTIFIER = Problem(
    "请与数据来源核对此标识的每一位", "Compare each character of the identifier with its source"
)
_CHOICE = Problem("请改为所列各值之一", "Write one of the values that are listed")
_FORM = Problem("请按规则更正此值", "Correct the value as the rule says")

_IDENTIFIERS = frozenset(
    each.name for noun in MODEL for each in noun.properties if each.scheme is not None
)
_CHOICES = frozenset(
    each.name for noun in MODEL for each in noun.properties if each.kind is Kind.CHOICE
)


def remedy(rejection: Rejection) -> Problem:
    """The sentence, in both languages."""
    if rejection.reason == TWO_RECORDS:
        return _IN_THE_GRAPH
    first = _first(rejection)
    return Problem(f"{first.zh}，{_AGAIN.zh}。", f"{first.en}, {_AGAIN.en}.")


def _first(rejection: Rejection) -> Problem:
    match rejection:
        case Rejection(field=""):
            return _SHAPE
        case Rejection(field="originKey"):
            return _KEY
        case Rejection(value=""):
            return _EMPTY
        case Rejection(field=field) if field in _IDENTIFIERS:
            return _IDENTIFIER
        case Rejection(field=field) if field in _CHOICES:
            return _CHOICE
    return _FORM
