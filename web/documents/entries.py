"""Rows of an uploaded list as people to register, each with what is wrong with it by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph_store.identifiers import ORCID
from web.documents.headings import COLUMNS, NAMES_SOMEBODY, Column
from web.documents.rows import Cells, Faulty


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row cannot be taken, found before anybody is registered: a code, what is wrong, what to do, and the key of the column."""

    code: str
    zh: str
    en: str
    next_zh: str
    next_en: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: how it names its person, and with whom they are registered."""

    number: int
    name: str | None = None
    person: str | None = None
    orcid: str | None = None
    email: str | None = None
    phone: str | None = None
    group: str | None = None
    fault: RowFault | None = None

    @property
    def named_by(self) -> str:
        """The key of the column that says who it is."""
        return next((key for key in NAMES_SOMEBODY if getattr(self, key)), "person")

    def refused(self, fault: RowFault) -> Entry:
        """The same with its first fault."""
        return self if self.fault else replace(self, fault=fault)


NOBODY_NAMED = RowFault(
    "PERSON_NOT_NAMED",
    "该行没有写明是谁。",
    "The row does not say who it is.",
    "请填写人员标识或 ORCID，或填写姓名并加上邮箱或电话。",
    "Fill in the hub's id or the ORCID iD, or the name and an e-mail address or telephone number.",
    "person",
)


def entry(number: int, cells: Cells, places: Mapping[str, int]) -> Entry:
    """The row as an entry."""
    given: dict[str, str] = {}
    for column in COLUMNS:
        place = places.get(column.key, len(cells))
        cell = cells[place] if place < len(cells) else None
        if isinstance(cell, Faulty):
            return Entry(number, given.get("name"), fault=_cell_fault(cell, column))
        if cell:
            given[column.key] = cell
    made = Entry(number, **given)  # type: ignore[arg-type] # the keys are the fields' names, all of them text
    if not _names_somebody(made):
        made = made.refused(NOBODY_NAMED)
    if made.orcid is not None:
        made = _with_orcid(made, made.orcid)
    if made.email is not None:
        made = replace(made, email=made.email.casefold())
    if made.phone is not None:
        made = replace(made, phone=made.phone.replace(" ", "").replace("-", ""))
    return made


def _names_somebody(made: Entry) -> bool:
    by_contact = made.name is not None and (made.email is not None or made.phone is not None)
    return made.person is not None or made.orcid is not None or by_contact


def _with_orcid(made: Entry, text: str) -> Entry:
    problem = ORCID.problem(text)
    if problem is None:
        return replace(made, orcid=ORCID.parse(text))
    fault = RowFault(
        "ORCID_IS_INVALID",
        f"ORCID {text} 有误：{problem.zh}。",
        f"The ORCID iD {text} is wrong: {problem.en}.",
        "请核对后改正。",
        "Check and correct it.",
        "orcid",
    )
    return made.refused(fault)


def _cell_fault(cell: Faulty, column: Column) -> RowFault:
    zh, en, key = column.zh, column.en, column.key
    match cell:
        case Faulty.FORMULA:
            return RowFault(
                "CELL_IS_A_FORMULA",
                f"“{zh}”是公式，枢纽不计算公式。",
                f"“{en}” is a formula, and none is evaluated here.",
                "请复制后“粘贴为数值”，再重新发送。",
                "Copy the cells, paste them as values, and send the file again.",
                key,
            )
        case Faulty.TOO_LONG:
            return RowFault(
                "CELL_IS_TOO_LONG",
                f"“{zh}”过长。",
                f"“{en}” is too long.",
                "请缩短到 500 个字符以内。",
                "Shorten it to 500 characters.",
                key,
            )
        case Faulty.ERROR:
            return RowFault(
                "CELL_IS_AN_ERROR",
                f"“{zh}”是一个错误值。",
                f"“{en}” holds an error of the spreadsheet.",
                "请改正该单元格。",
                "Correct the cell.",
                key,
            )
