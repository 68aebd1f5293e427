"""Rows of a list become people to register: headings as people write them, faults told row by row."""

from __future__ import annotations

import pytest

from web.documents.entries import Entry, entry
from web.documents.headings import COLUMNS, places
from web.errors import WebError

ORCID = "0000-0002-1825-0097"


def fault(*cells: str, headings: tuple[str, ...] = ("姓名", "ORCID", "邮箱", "电话")) -> str | None:
    """The code of what is wrong with a row."""
    found = entry(2, cells, places(headings)).fault
    return found.code if found else None


def test_the_headings_of_the_template_are_known() -> None:
    assert list(places(tuple(column.heading for column in COLUMNS))) == [c.key for c in COLUMNS]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("人员标识", "person"), ("Person ID", "person"), ("ORCID iD", "orcid"), ("ｏｒｃｉｄ", "orcid"),
        ("E-Mail", "email"), ("电子邮箱（必填）", "email"), ("手 机", "phone"), ("Group", "group"), ("报名组", "group"),
    ],
)  # fmt: skip
def test_headings_are_known_however_they_are_written(heading: str, key: str) -> None:
    assert places(("ORCID", heading) if key != "orcid" else (heading,))[key] in {0, 1}


def test_columns_that_mean_nothing_here_are_left_alone() -> None:
    assert places(("备注", "姓名", "ORCID")) == {"name": 1, "orcid": 2}


@pytest.mark.parametrize("headings", [("姓名", "备注"), ("ORCID", "orcid id", "ORCID iD"), ("",)])
def test_headings_that_name_nobody_or_stand_twice_are_refused(headings: tuple[str, ...]) -> None:
    with pytest.raises(WebError) as raised:
        places(headings)
    assert raised.value.refusal.code == "SPREADSHEET_HEADINGS_UNKNOWN"


def test_a_row_is_read_in_normal_form() -> None:
    found = places(("姓名", "ORCID", "邮箱", "电话", "分组"))
    cells = ("张三", f"https://orcid.org/{ORCID}", "Zhang@Example.CN", "138-1234 5678", "甲")
    assert entry(7, cells, found) == Entry(
        7, "张三", None, ORCID, "zhang@example.cn", "13812345678", "甲"
    )


def test_each_fault_of_a_row_has_its_name_and_its_sentences() -> None:
    assert fault("张三", ORCID) is None
    assert fault("张三", "", "a@b.cn") is None
    assert fault("张三") == "PERSON_NOT_NAMED"
    assert fault("", "", "a@b.cn") == "PERSON_NOT_NAMED"
    assert fault("张三", "0000-0002-1825-0098") == "ORCID_IS_INVALID"
    told = entry(3, ("张三", "0000-0002-1825-0098"), places(("姓名", "ORCID"))).fault
    assert told is not None
    assert "7" in told.en
    assert all((told.zh, told.en, told.next_zh, told.next_en))
