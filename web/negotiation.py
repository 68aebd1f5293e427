"""Which media type and which language a client would rather read."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from web.errors import Refusal, WebError

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
EVENT_STREAM = "text/event-stream"

VARY = (b"vary", b"Accept, Accept-Language")
"""The response header that says by what an answer is chosen here."""

VARY_BY_VIEWER = (b"vary", b"Accept, Accept-Language, Authorization, Cookie")
"""The same of an answer that may be kept: another viewer may see other records."""

Language = Literal["zh", "en"]

NOT_ACCEPTABLE = Refusal(
    406,
    "NOT_ACCEPTABLE",
    f"The Accept header allows none of the types this endpoint writes. Accept {GRAPHQL} or {JSON}, or {EVENT_STREAM} for events.",
    f"Accept 请求头不接受本接口的任何格式。请接受 {GRAPHQL} 或 {JSON}，订阅事件请用 {EVENT_STREAM}。",
)


@dataclass(frozen=True, slots=True)
class Range:
    """One entry of an Accept or Accept-Language header; quality from 0 to 1."""

    name: str
    quality: float


def ranges(header: str) -> list[Range]:
    """The entries, best first, equals in the order written; nonsense qualities count as 0."""
    entries = [_range(part) for part in header.split(",") if part.strip()]
    return sorted(entries, key=lambda entry: -entry.quality)


def _range(part: str) -> Range:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
    try:
        return Range(name, min(max(float(quality), 0.0), 1.0))
    except ValueError:
        return Range(name, 0.0)


@lru_cache(maxsize=256)
def media_type(accept: str | None) -> str:
    """The type to answer with; plain JSON for a client that does not say (GraphQL over HTTP §6.1).

    Raises `WebError` 406 when the client accepts neither.
    """
    if not accept:
        return JSON
    entries = ranges(accept)
    refused = {entry.name for entry in entries if entry.quality == 0}
    for entry in entries:
        for offered in _offered(entry.name):
            if offered not in refused and entry.quality > 0:
                return offered
    raise WebError(NOT_ACCEPTABLE)


def _offered(name: str) -> tuple[str, ...]:
    if name in {GRAPHQL, JSON, EVENT_STREAM}:
        return (name,)
    return (JSON, GRAPHQL) if name in {"*/*", "application/*"} else ()


@lru_cache(maxsize=256)
def language(accept_language: str | None) -> Language:
    """Chinese unless the client prefers English."""
    for entry in ranges(accept_language or ""):
        if entry.quality > 0 and entry.name.startswith(("zh", "en")):
            return "en" if entry.name.startswith("en") else "zh"
    return "zh"
