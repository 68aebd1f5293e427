"""`/verify` and `/verify/{number}`: pages without a script, for whoever holds a certificate in hand."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import orjson
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from auth.viewer import ANONYMOUS
from graph_store.commands.certificate_numbers import normal_number
from graph_store.errors import GraphStoreError
from resolvers.answer import Answerer, Asked
from web.pages import Files
from web.sign_on.pages import failure_like
from web.trace import trace_of
from web.verify.pages import FILES, LONGEST_NUMBER, Told, form_page, verdict_page

HERE = Path(__file__).parent / "files"
VERIFY_PATH = "/verify"

QUESTION = """query Verify($number: String!) { verifyCertificate(number: $number) {
  number holder issuedOn revokedOn synthetic className classNameEn issuerName issuerNameEn } }"""

log = structlog.get_logger("web.verify")


async def form(request: Request) -> Response:
    """The form, or the answer to it."""
    given = request.query_params.get("number", "")
    return await _answered(request, given) if given.strip() else form_page()


async def verify(request: Request) -> Response:
    """The answer for the number in the address, as QR codes have it."""
    return await _answered(request, request.path_params["number"])


async def _answered(request: Request, given: str) -> Response:
    number = spelled(given)
    try:
        told = await _told(request, number)
    except GraphStoreError as error:
        log.warning("store is away", reason=str(error))
        trace_of(request.scope).code = "STORE_IS_AWAY"
        return failure_like(
            503,
            ("暂时无法核验", "It cannot be verified at the moment"),
            ("枢纽的数据库暂时没有响应，请稍后再试。这与证书真伪无关。",
             "The hub's database does not answer. Please try again in a minute; this says nothing of the certificate."),
            actions=[(VERIFY_PATH, "重新核验", "Try again")],
            headers={"Retry-After": "60"},
        )  # fmt: skip
    return verdict_page(number, told)


def spelled(given: str) -> str:
    """A number as certificates write it, however it was typed; what cannot be one is only cleaned up, to be shown again.

    >>> spelled(" ｂｓ－７k3m "), spelled("<b>")
    ('BS-7K3M', 'B')
    """
    text = unicodedata.normalize("NFKC", given).upper()
    kept = "".join(sign for sign in text if sign.isascii() and (sign.isalnum() or sign == "-"))
    return normal_number(kept) or kept[:LONGEST_NUMBER]


async def _told(request: Request, number: str) -> Told | None:
    """What everybody may know; who asks makes no difference. Raises GraphStoreError."""
    answerer: Answerer = request.scope["state"]["answerer"]
    answer = await answerer.answer(Asked(QUESTION, None, {"number": number}), ANONYMOUS)
    row = orjson.loads(answer.body)["data"]["verifyCertificate"]
    if row is None:
        return None
    return Told(
        number=row["number"],
        holder=row["holder"],
        course=row["className"],
        course_en=row["classNameEn"],
        issuer=row["issuerName"],
        issuer_en=row["issuerNameEn"],
        issued_on=row["issuedOn"],
        revoked_on=row["revokedOn"],
        synthetic=row["synthetic"],
    )


def verify_routes() -> list[BaseRoute]:
    """The pages and their style sheet."""
    return [
        Route(VERIFY_PATH, form),
        Route(f"{VERIFY_PATH}/{{number}}", verify),
        Mount(FILES, Files(directory=HERE)),
    ]
