"""Pages and their cursors: signed text that fits one question only, sort keys, nulls and the order's and filter's digest.

A cursor is base64 of `tag + JSON [digest, key, …, id]`; the tag is a keyed BLAKE2b, so that a client can neither make nor
change one. The digest covers the order and the filter *with its bound values* (`engine.md`, Traps met).
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

import orjson

from resolvers.refusals import bad_cursor

TAG_BYTES = 12
Row = list[Any]


@dataclass(frozen=True, slots=True)
class CursorMint:
    """Makes and reads cursors with the hub's key, which all its workers share."""

    key: bytes

    def made(self, digest: str, keys: list[Any]) -> str:
        """The cursor of a row."""
        body = orjson.dumps([digest, *keys])
        return urlsafe_b64encode(self._tag(body) + body).decode().rstrip("=")

    def read(self, cursor: object) -> list[Any]:
        """Digest and sort keys. Raises GraphQLError for anything that this hub did not make."""
        try:
            raw = urlsafe_b64decode(f"{cursor}" + "=" * (-len(f"{cursor}") % 4))
            tag, body = raw[:TAG_BYTES], raw[TAG_BYTES:]
            if not hmac.compare_digest(tag, self._tag(body)):
                raise bad_cursor()
            return list(orjson.loads(body))
        except (ValueError, TypeError):
            raise bad_cursor() from None

    def nulls(self, cursor: object) -> tuple[bool, ...]:
        """Which sort keys are null."""
        return tuple(key is None for key in self.read(cursor)[1:])

    def _tag(self, body: bytes) -> bytes:
        return hashlib.blake2b(body, key=self.key, digest_size=TAG_BYTES).digest()


@dataclass(frozen=True, slots=True)
class BoundPage:
    """One connection of one request: how many rows were asked for, which way, and its cursors.

    A row of items is `columns…, sort keys…, block number?`; `width` columns come first, then `keys` sort keys.
    """

    mint: CursorMint
    digest: str
    limit: int
    backward: bool
    continued: bool
    width: int
    keys: int

    def rows(self, items: list[Row]) -> list[Row]:
        """The page's rows in the order of the list, without the one too many."""
        if (
            items
            and len(items[0]) > self.width + self.keys
            and any(before[-1] > after[-1] for before, after in itertools.pairwise(items))
        ):
            message = "the database returned the blocks of a page out of order"
            raise AssertionError(message)
        rows = items[: self.limit]
        return rows[::-1] if self.backward else rows

    def cursor(self, row: Row) -> str:
        """The cursor of a row."""
        return self.mint.made(self.digest, row[self.width : self.width + self.keys])

    def has_next(self, items: list[Row]) -> bool:
        """Whether there is more after the page; read backward, whether it began before something."""
        return self.continued if self.backward else len(items) > self.limit

    def has_previous(self, items: list[Row]) -> bool:
        """Whether there is more before the page."""
        return len(items) > self.limit if self.backward else self.continued

    def start(self, rows: list[Row]) -> str | None:
        """Cursor of the first row."""
        return self.cursor(rows[0]) if rows else None

    def end(self, rows: list[Row]) -> str | None:
        """Cursor of the last row."""
        return self.cursor(rows[-1]) if rows else None


def digest(text: str, values: list[Any]) -> str:
    """Sixteen hexadecimal characters over a question's canonical text and its bound values."""
    return hashlib.blake2b(text.encode() + orjson.dumps(values), digest_size=8).hexdigest()
