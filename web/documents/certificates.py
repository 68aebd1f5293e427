"""`/certificates/{number}.pdf`: a certificate for its holder, for whoever issued it and for whoever sent the holder."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote

import anyio
from starlette.responses import Response

from web.documents.certificate_page import Certified, drawn
from web.documents.files import named, tagged
from web.documents.fonts import MENDED_BY, Fonts
from web.documents.serving import Caller, found
from web.errors import Refusal, WebError

CERTIFICATE = """query CertificatePage($number: String!) { certificate(by: {number: $number}) {
  number issuedOn revokedOn synthetic person { name nameEn } issuer { name nameEn }
  trainingClass { name nameEn startsOn endsOn sessions { startsAt endsAt } } } }"""

PDF_TYPE = "application/pdf"
ACADEMIC_HOUR_SECONDS = 45 * 60
# personal, and asked for again each time
HEADERS = {"Cache-Control": "no-store"}

FONT_IS_MISSING = Refusal(
    503,
    "CERTIFICATE_FONT_IS_MISSING",
    f"This hub cannot draw certificates yet: its Chinese font is not set up. The administrator runs `{MENDED_BY}`; the certificate itself is valid, and /verify tells so.",
    f"本枢纽尚不能生成证书文件：中文字体未安装。请管理员运行 {MENDED_BY}；证书本身有效，可在 /verify 核验。",
)


async def certificate(caller: Caller) -> Response:
    """The file."""
    number = caller.request.path_params["number"]
    data = await caller.ask(CERTIFICATE, number=number)
    record = found(data["certificate"])
    fonts = Fonts(caller.documents.fonts)
    if not fonts.is_there:
        raise WebError(FONT_IS_MISSING)
    page = certified(record, caller.documents.public_url)
    async with caller.documents.pen:
        body = await anyio.to_thread.run_sync(partial(drawn, page, fonts))
    plain = "".join(sign for sign in number if sign.isascii() and (sign.isalnum() or sign in "-_"))
    name = f"结业证书-{page.holder}-{number}.pdf"
    return tagged(
        caller.request, body, PDF_TYPE, HEADERS | named(name, f"{plain}.pdf", inline=True)
    )


def certified(record: dict[str, Any], public_url: str) -> Certified:
    """What the page says of the record."""
    training, person = record["trainingClass"] or {}, record["person"] or {}
    issuer = record["issuer"] or {}
    zh, en = _length(training)
    return Certified(
        number=record["number"],
        holder=person.get("name") or "",
        holder_en=person.get("nameEn"),
        course=training.get("name") or "",
        course_en=training.get("nameEn"),
        days=_days(training),
        hours=zh,
        hours_en=en,
        issuer=issuer.get("name") or "",
        issuer_en=issuer.get("nameEn"),
        issued_on=record["issuedOn"],
        revoked_on=record["revokedOn"],
        address=f"{public_url}/verify/{quote(record['number'], safe='')}",
        synthetic=record["synthetic"],
    )


def _days(training: dict[str, Any]) -> str:
    days = [training[each] for each in ("startsOn", "endsOn") if training.get(each)]
    return " — ".join(dict.fromkeys(days))


def _length(training: dict[str, Any]) -> tuple[str, str]:
    """How long it was, in academic hours of 45 minutes, in both languages; nothing where no session says.

    >>> _length({"sessions": [{"startsAt": "2026-12-01T01:00:00Z", "endsAt": "2026-12-01T04:00:00Z"}]})
    ('共 4 学时', '4 academic hours')
    """
    spans = [
        datetime.fromisoformat(each["endsAt"]) - datetime.fromisoformat(each["startsAt"])
        for each in training.get("sessions") or ()
    ]
    hours = round(sum(span.total_seconds() for span in spans) / ACADEMIC_HOUR_SECONDS)
    return (f"共 {hours} 学时", f"{hours} academic hours") if hours else ("", "")
