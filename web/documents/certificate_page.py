"""A certificate as one page of PDF: A4 across, Chinese and English, the font within it, a QR code that leads to its verification.

The same certificate gives the same bytes: its dates are its own, not those of the moment; text can be copied out of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

import segno
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from web.documents.fonts import Fonts

WIDTH, HEIGHT = 297.0, 210.0
MARGIN = 34.0
FACE = "serif"
DEEP, JADE, SOFT, GOLD, RED = (
    (15, 61, 76),
    (31, 122, 114),
    (85, 112, 122),
    (201, 150, 50),
    (190, 40, 40),
)
QR_SIZE = 30.0
KEPT = 64


@dataclass(frozen=True, slots=True)
class Certified:
    """What the page says; days are ISO 8601, `address` is that of its verification."""

    number: str
    holder: str
    holder_en: str | None
    course: str
    course_en: str | None
    days: str
    hours: str
    hours_en: str
    issuer: str
    issuer_en: str | None
    issued_on: str
    revoked_on: str | None
    address: str
    synthetic: bool


@lru_cache(maxsize=KEPT)
def drawn(certified: Certified, fonts: Fonts) -> bytes:
    """The file. Takes most of a second the first time, and is then remembered."""
    page = FPDF("landscape", "mm", "A4")
    moment = datetime.combine(date.fromisoformat(certified.issued_on), datetime.min.time(), UTC)
    page.set_creation_date(moment)
    page.set_title(f"结业证书 {certified.number}")
    page.set_author(certified.issuer)
    page.set_subject(certified.course)
    page.set_lang("zh-CN")
    page.set_auto_page_break(auto=False)
    page.set_margins(MARGIN, MARGIN, MARGIN)
    page.add_font(FACE, "", fonts.regular)
    page.add_font(FACE, "B", fonts.bold)
    page.add_page()
    _frame(page)
    _head(page)
    _body(page, certified)
    _foot(page, certified)
    _code(page, certified)
    if certified.revoked_on:
        _stamp(page, certified.revoked_on)
    if certified.synthetic:
        page.set_y(HEIGHT - 22.0)
        _line(page, "演示数据，并非真实证书  Demonstration data, no real certificate", 9.0, RED)
    return bytes(page.output())


def _frame(page: FPDF) -> None:
    """Two lines round the page and a mark in each corner."""
    for inset, width, colour in ((10.0, 1.4, DEEP), (13.0, 0.3, GOLD)):
        page.set_draw_color(*colour)
        page.set_line_width(width)
        page.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)
    page.set_fill_color(*GOLD)
    for left in (13.0, WIDTH - 18.0):
        for top in (13.0, HEIGHT - 18.0):
            page.rect(left, top, 5.0, 5.0, style="F")


def _head(page: FPDF) -> None:
    page.set_y(24.0)
    _line(page, "巴蜀科技云数据枢纽 · Bashu Hub", 11.0, JADE)
    page.ln(3.0)
    page.set_char_spacing(14.0)
    _line(page, "结业证书", 38.0, DEEP, bold=True)
    page.set_char_spacing(3.0)
    _line(page, "CERTIFICATE OF COMPLETION", 11.0, SOFT)
    page.set_char_spacing(0.0)
    page.ln(9.0)


def _body(page: FPDF, certified: Certified) -> None:
    _line(page, "兹证明  This is to certify that", 11.0, SOFT)
    holder = certified.holder
    if certified.holder_en:
        holder = f"{holder}  {certified.holder_en}"
    page.ln(1.5)
    _line(page, holder, 26.0, DEEP, bold=True)
    page.ln(4.0)
    _line(page, "已完成下列培训  has completed the training class", 11.0, SOFT)
    page.ln(2.0)
    _line(page, f"《{certified.course}》", 20.0, DEEP, bold=True)
    if certified.course_en:
        _line(page, certified.course_en, 12.0, SOFT)
    page.ln(3.0)
    _line(page, f"{certified.days}    {certified.hours}  {certified.hours_en}", 11.0, DEEP)


def _foot(page: FPDF, certified: Certified) -> None:
    """Who issued it and when, at the left; the number is beside its code."""
    page.set_xy(MARGIN, HEIGHT - 57.0)
    _left(page, "颁发机构 Issued by", 9.0, SOFT)
    _left(page, certified.issuer, 14.0, DEEP, bold=True)
    if certified.issuer_en:
        _left(page, certified.issuer_en, 10.0, SOFT)
    page.ln(1.5)
    _left(page, f"颁发日期 Issued on  {certified.issued_on}", 10.0, DEEP)
    _left(page, f"证书编号 Number  {certified.number}", 10.0, DEEP)


def _code(page: FPDF, certified: Certified) -> None:
    """The QR code, drawn; under it how to verify."""
    code = segno.make(certified.address, error="m", micro=False)
    rows = [bytes(row) for row in code.matrix]
    size, left, top = QR_SIZE / len(rows), WIDTH - MARGIN - QR_SIZE - 6.0, HEIGHT - 66.0
    page.set_fill_color(0, 0, 0)
    for y, row in enumerate(rows):
        for start, length in _runs(row):
            page.rect(left + start * size, top + y * size, length * size, size, style="F")
    page.link(left, top, QR_SIZE, QR_SIZE, certified.address)
    page.set_xy(left - 20.0, top + QR_SIZE + 1.5)
    _small(page, "扫码核验真伪  Scan to verify")
    _small(page, certified.address)


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many stand together.

    >>> _runs(bytes([1, 1, 0, 1]))
    [(0, 2), (3, 1)]
    """
    found: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((place, 1))
    return found


def _stamp(page: FPDF, revoked_on: str) -> None:
    page.set_text_color(*RED)
    page.set_draw_color(*RED)
    page.set_line_width(1.2)
    left, top, width, height = WIDTH / 2 - 34.0, HEIGHT - 68.0, 84.0, 24.0
    with page.rotation(12.0, left + width / 2, top + height / 2):
        page.rect(left, top, width, height)
        page.set_xy(left, top + 3.0)
        page.set_font(FACE, "B", 22)
        page.cell(width, 11.0, "已撤销 REVOKED", align=Align.C, new_x=XPos.LEFT, new_y=YPos.NEXT)
        page.set_font(FACE, "", 10)
        page.cell(width, 7.0, revoked_on, align=Align.C)


def _line(
    page: FPDF, text: str, size: float, colour: tuple[int, int, int], *, bold: bool = False
) -> None:
    """A line in the middle, smaller where it would not fit."""
    _fitted(page, text, size, WIDTH - 2 * MARGIN, bold=bold)
    page.set_text_color(*colour)
    page.cell(0, page.font_size * 1.5, text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _left(
    page: FPDF, text: str, size: float, colour: tuple[int, int, int], *, bold: bool = False
) -> None:
    width = WIDTH - 2 * MARGIN - QR_SIZE - 34.0
    _fitted(page, text, size, width, bold=bold)
    page.set_text_color(*colour)
    page.cell(width, page.font_size * 1.45, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _small(page: FPDF, text: str) -> None:
    left, width = page.get_x(), QR_SIZE + 40.0
    _fitted(page, text, 7.5, width, bold=False)
    page.set_text_color(*SOFT)
    page.cell(width, 4.0, text, align=Align.C, new_x=XPos.LEFT, new_y=YPos.NEXT)
    page.set_x(left)


def _fitted(page: FPDF, text: str, size: float, width: float, *, bold: bool) -> None:
    """Set the font at this size in points, or at the largest that lets the text fit."""
    page.set_font(FACE, "B" if bold else "", size)
    needed = page.get_string_width(text) + 2.0
    if needed > width:
        page.set_font_size(max(size * width / needed, 4.0))
