"""Whether a certificate is real: an answer for anybody, who learns no more of the holder than they must know already."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from graph_store.certificates import certificate_by_number
from graph_store.commands.certificate_numbers import normal_number
from graph_store.reads import Run

LONGEST_NUMBER = 64


@dataclass(frozen=True, slots=True)
class Verified:
    """What is told of a certificate; days are ISO 8601, the holder's name is masked."""

    number: str
    holder: str
    class_name: str
    class_name_en: str | None
    issuer_name: str
    issuer_name_en: str | None
    issued_on: str
    revoked_on: str | None
    synthetic: bool


Verify = Callable[[str], Awaitable[Verified | None]]


async def nothing_verified(_number: str) -> Verified | None:
    """For a context in which nobody verifies."""
    raise NotImplementedError("this context verifies no certificate")


@dataclass(frozen=True, slots=True)
class Verifying:
    """Reads certificates by their numbers."""

    run: Run

    async def __call__(self, number: str) -> Verified | None:
        """What is told of it; None where there is none. Raises GraphStoreError."""
        known = normal_number(number[:LONGEST_NUMBER])
        row = await certificate_by_number(self.run, known) if known else None
        if row is None:
            return None
        course, issuer = row["course"] or {}, row["issuer"] or {}
        return Verified(
            number=row["number"],
            holder=masked(row["holder"] or ""),
            class_name=course.get("name") or "",
            class_name_en=course.get("nameEn"),
            issuer_name=issuer.get("name") or "",
            issuer_name_en=issuer.get("nameEn"),
            issued_on=row["issuedOn"],
            revoked_on=row["revokedOn"],
            synthetic=row["synthetic"],
        )


def masked(name: str) -> str:
    """A name that whoever knows it recognises, and nobody else learns.

    >>> masked("张伟"), masked("欧阳文"), masked("Zhang Wei"), masked("")
    ('张*', '欧*文', 'Z**** W**', '')
    """
    return " ".join(_masked(word) for word in name.split())


def _masked(word: str) -> str:
    kept = 1 if len(word) < 3 or word.isascii() else 2
    end = word[-1] if kept == 2 else ""
    return f"{word[:1]}{'*' * (len(word) - kept)}{end}"
