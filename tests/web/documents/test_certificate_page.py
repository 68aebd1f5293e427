"""A certificate as PDF, read by another program than the one that drew it."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
import segno
from pypdf import PdfReader

from web.documents.certificate_page import QR_SIZE, Certified, drawn
from web.documents.fonts import Fonts

PAGE = Certified(
    number="BSH-2026-7K3M-9QXW",
    holder="欧阳㛃",
    holder_en="Ouyang Jie",
    course="川渝科技管理干部数字化能力提升培训班",
    course_en="Digital skills for science administrators",
    days="2026-12-01 — 2026-12-05",
    hours="共 30 学时",
    hours_en="30 academic hours",
    issuer="四川省科学技术协会",
    issuer_en="Sichuan Association for Science and Technology",
    issued_on="2026-12-10",
    revoked_on=None,
    address="https://hub.example/verify/BSH-2026-7K3M-9QXW",
    synthetic=False,
)


def read(page: Certified) -> Any:
    """The file as a reader opens it."""
    return PdfReader(BytesIO(drawn(page, Fonts())), strict=True)


def text(page: Certified) -> str:
    """What can be copied out of it."""
    (only,) = read(page).pages
    return str(only.extract_text())


def test_everything_that_it_says_can_be_copied_out_of_it() -> None:
    found = text(PAGE)
    for said in (
        PAGE.number, PAGE.holder, "Ouyang Jie", PAGE.course, "Digital skills", PAGE.days, "共 30 学时",
        PAGE.issuer, "2026-12-10", PAGE.address, "CERTIFICATE OF COMPLETION",
    ):  # fmt: skip
        assert said in found
    assert "撤销" not in found
    assert "演示" not in found


def test_it_is_one_page_of_a4_across_in_chinese() -> None:
    file = read(PAGE)
    (page,) = file.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
    assert file.root_object["/Lang"] == "zh-CN"
    assert PAGE.number in (file.metadata or {})["/Title"]


def test_its_font_is_within_it_and_only_the_signs_it_shows() -> None:
    body = drawn(PAGE, Fonts())
    assert len(body) < 100_000
    (page,) = read(PAGE).pages
    fonts = page["/Resources"]["/Font"].get_object().values()
    for font in fonts:
        (descendant,) = font.get_object()["/DescendantFonts"]
        descriptor = descendant.get_object()["/FontDescriptor"].get_object()
        assert "+NotoSerifSC" in descriptor["/FontName"]
        assert "/FontFile2" in descriptor


def test_the_same_certificate_gives_the_same_bytes() -> None:
    first = drawn(PAGE, Fonts())
    drawn.cache_clear()
    assert drawn(PAGE, Fonts()) == first


def test_one_that_was_revoked_says_so() -> None:
    found = text(replace(PAGE, revoked_on="2027-01-02"))
    assert "已撤销 REVOKED" in found
    assert "2027-01-02" in found


def test_one_of_the_demonstration_says_so() -> None:
    assert "Demonstration data, no real certificate" in text(replace(PAGE, synthetic=True))


def test_its_code_is_drawn_module_by_module_and_leads_to_its_verification() -> None:
    (page,) = read(PAGE).pages
    rows = [list(row) for row in segno.make(PAGE.address, error="m", micro=False).matrix]
    content = page.get_contents().get_data().decode("latin-1")
    numbers = r"(-?[\d.]+) " * 4
    bars = [tuple(map(float, found)) for found in re.findall(rf"{numbers}re f", content)]
    side = QR_SIZE / 25.4 * 72 / len(rows)
    bars = [bar for bar in bars if abs(abs(bar[3]) - side) < 0.02]
    left, top = min(bar[0] for bar in bars), max(bar[1] for bar in bars)
    seen = [[0] * len(rows) for _ in rows]
    for x, y, width, _ in bars:
        start = round((x - left) / side)
        for place in range(start, start + round(width / side)):
            seen[round((top - y) / side)][place] = 1
    assert seen == rows
    (link,) = page["/Annots"]
    assert link.get_object()["/A"]["/URI"] == PAGE.address


@pytest.mark.parametrize("length", [40, 200])
def test_a_long_name_is_written_smaller_and_whole(length: int) -> None:
    course = "科" * length
    assert course in text(replace(PAGE, course=course))
