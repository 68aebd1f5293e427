"""Which column says what: headings in Chinese or English, as people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from web.documents.refusals import headings_refused


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the template; `known` are its other names, `hint` tells how to fill it in."""

    key: str
    zh: str
    en: str
    hint_zh: str
    hint_en: str
    known: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """As the template writes it."""
        return f"{self.zh} {self.en}"


COLUMNS = (
    Column("name", "姓名", "Name", "必填，用于核对", "Needed, and checked", ("名字", "full name")),
    Column(
        "person",
        "人员标识",
        "Person ID",
        "枢纽中的标识，与 ORCID、邮箱、电话任填其一",
        "The hub's id; one of id, ORCID, e-mail, telephone is enough",
        ("标识", "人员编号", "id", "person"),
    ),
    Column("orcid", "ORCID", "ORCID iD", "如 0000-0002-1825-0097", "Such as 0000-0002-1825-0097"),
    Column(
        "email",
        "单位邮箱",
        "E-mail",
        "枢纽中登记的邮箱",
        "As the hub has it",
        ("邮箱", "电子邮箱", "电子邮件", "email", "mail", "e-mail address"),
    ),
    Column(
        "phone",
        "电话",
        "Telephone",
        "枢纽中登记的电话",
        "As the hub has it",
        ("手机", "手机号", "联系电话", "phone", "mobile", "tel"),
    ),
    Column(
        "group",
        "分组",
        "Group",
        "同组者同进退：一起确认或一起候补；不填为单人",
        "The same word: confirmed together or waiting together; empty: alone",
        ("报名组", "组别", "小组", "party"),
    ),
)
NAMES_SOMEBODY = ("person", "orcid", "email", "phone")

_BRACKETED = re.compile(r"[(（\[【].*?[)）\]】]")
_WORDS = re.compile(r"[^\w\u4e00-\u9fff]+")


def folded(heading: str) -> str:
    """A heading without case, blanks, signs and what stands in brackets.

    >>> folded(" E-Mail（必填）"), folded("ＯＲＣＩＤ")
    ('email', 'orcid')
    """
    text = unicodedata.normalize("NFKC", _BRACKETED.sub("", heading)).casefold()
    return _WORDS.sub("", text.replace("_", ""))


_KNOWN = {
    folded(word): column.key
    for column in COLUMNS
    for word in (column.zh, column.en, column.heading, column.key, *column.known)
}


def column_of(key: str) -> Column:
    """The column with that key."""
    return next(each for each in COLUMNS if each.key == key)


def places(headings: tuple[str, ...]) -> Mapping[str, int]:
    """Where each column stands; what is not known is left alone. Raises WebError 400."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        key = _KNOWN.get(folded(heading))
        if key is None:
            continue
        if key in found:
            column = column_of(key)
            raise headings_refused(f"“{column.en}” stands twice", f"“{column.zh}”出现两次")
        found[key] = place
    if not any(key in found for key in NAMES_SOMEBODY):
        raise headings_refused(
            "no column names a person: by the hub's id, by ORCID, or by name and e-mail or telephone",
            "没有一列能确定人员：人员标识、ORCID，或姓名加邮箱、电话",
        )
    return found
