"""What is told of a certificate: that it holds, that it was revoked, or that there is none; each value escaped where it is put in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from html import escape

from starlette.responses import HTMLResponse

from web.sign_on.pages import page, two

FILES = "/verify-files"
STYLE = f"{FILES}/page.css"
LONGEST_NUMBER = 64
# a page about one person's certificate is no search engine's
HEADERS = {"X-Robots-Tag": "noindex"}


class Verdict(Enum):
    """Whether a certificate can be relied on: class, title and sentence of the page."""

    VALID = (
        "valid",
        ("证书有效", "This certificate is valid"),
        (
            "该证书由下列机构通过本枢纽颁发，至今有效。请核对持证人姓名与培训班是否与所示证书一致。",
            "It was issued through this hub by the institution named below, and it holds. Compare holder and class with what you were shown.",
        ),
    )
    REVOKED = (
        "revoked",
        ("证书已撤销", "This certificate was revoked"),
        (
            "该证书曾由下列机构颁发，后已撤销，不再有效。撤销原因不予公开，如有疑问请联系颁发机构。",
            "It was issued by the institution named below, and it holds no longer. The reason is not told here; ask the issuer.",
        ),
    )
    UNKNOWN = (
        "unknown",
        ("没有这份证书", "There is no such certificate"),
        (
            "本枢纽没有颁发过这个编号的证书。请逐字核对编号；若编号无误，该证书并非本枢纽所发。",
            "This hub has issued none with this number. Check each character; if the number is right, the certificate is not one of this hub.",
        ),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What anybody may know of a certificate; days are ISO 8601, `holder` is masked."""

    number: str
    holder: str
    course: str
    course_en: str | None
    issuer: str
    issuer_en: str | None
    issued_on: str
    revoked_on: str | None
    synthetic: bool


def form_page(*, asked: str = "") -> HTMLResponse:
    """Asks for a number."""
    main = f"""<h1>证书核验 <span lang="en">Verify a certificate</span></h1>
<p class="lead">输入证书上的编号，即可核验其真伪，无需登录。<span lang="en">Enter the number on the certificate to see whether it is real. You need not sign on.</span></p>
{_form(asked)}"""
    return page("证书核验", main, style=STYLE, headers=HEADERS)


def verdict_page(asked: str, told: Told | None) -> HTMLResponse:
    """The answer for a number; 404 where there is no certificate."""
    if told is None:
        verdict = Verdict.UNKNOWN
    else:
        verdict = Verdict.REVOKED if told.revoked_on else Verdict.VALID
    kind, title, text = verdict.value
    main = f"""<section class="verdict {kind}" role="status">
<h1>{escape(title[0])} <span lang="en">{escape(title[1])}</span></h1>
<p>{escape(text[0])}<span lang="en">{escape(text[1])}</span></p>
</section>
{_facts(told) if told else _asked(asked)}
<section class="another">
{_form("" if told else asked)}
</section>"""
    return page(title[0], main, status=200 if told else 404, style=STYLE, headers=HEADERS)


def _form(asked: str) -> str:
    return f"""<form action="/verify" method="get">
<label for="number">{two("证书编号", "Number of the certificate")}</label>
<div class="verify"><input id="number" name="number" value="{escape(asked)}" maxlength="{LONGEST_NUMBER}" autocomplete="off" autocapitalize="characters" spellcheck="false" required><button>{two("核验", "Verify")}</button></div>
</form>"""


def _facts(told: Told) -> str:
    rows = [
        _fact("证书编号", "Number", told.number),
        _fact("持证人", "Holder", told.holder),
        _fact("培训班", "Training class", told.course, told.course_en),
        _fact("颁发机构", "Issued by", told.issuer, told.issuer_en),
        _fact("颁发日期", "Issued on", told.issued_on),
    ]
    if told.revoked_on:
        rows.append(_fact("撤销日期", "Revoked on", told.revoked_on))
    listed = f'<dl class="facts">\n{"".join(rows)}</dl>'
    if not told.synthetic:
        return listed
    words = two("演示数据：并非真实证书。", "Demonstration data: no real certificate.")
    return f'<p class="warning">{words}</p>\n{listed}'


def _asked(number: str) -> str:
    return f'<dl class="facts">\n{_fact("所查编号", "Number asked for", number)}</dl>'


def _fact(zh: str, en: str, value: str, value_en: str | None = None) -> str:
    english = f'<span lang="en">{escape(value_en)}</span>' if value_en else ""
    return (
        f'<dt>{escape(zh)} <span lang="en">{escape(en)}</span></dt>'
        f"<dd>{escape(value)}{english}</dd>\n"
    )
