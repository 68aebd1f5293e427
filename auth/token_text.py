"""What a hub token looks like: `bashu_pat_…` or `bashu_svc_…`, in the address of a calendar `bashu_cal_…`; 256 random bits, a checksum.

The beginning lets scanners find a token that leaked; by the checksum a mistyped one is refused without asking the graph. Because
the bits are random a plain SHA-256 is safe at rest: there is nothing to guess.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import string
import zlib

from graph_store.tokens import Kind

PREFIXES: dict[Kind, str] = {
    "personal": "bashu_pat_",
    "service": "bashu_svc_",
    "calendar": "bashu_cal_",
}
ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
RANDOM_BYTES, RANDOM_LENGTH, SUM_LENGTH = 32, 43, 6

_FORM = re.compile(rb"bashu_(?:pat|svc)_[0-9A-Za-z]{49}")
_FEED_FORM = re.compile(rb"bashu_cal_[0-9A-Za-z]{49}")


def new_secret(kind: Kind) -> str:
    """A new token, to be shown once."""
    number = int.from_bytes(secrets.token_bytes(RANDOM_BYTES))
    body = PREFIXES[kind] + _in_letters(number, RANDOM_LENGTH)
    return body + _checksum(body.encode())


def is_ours(text: bytes) -> bool:
    """Whether it claims to be a token of the hub."""
    return text.startswith(b"bashu_")


def is_whole(text: bytes) -> bool:
    """Whether it has the form of what a bearer sends, and the checksum.

    >>> is_whole(new_secret("personal").encode()), is_whole(b"bashu_pat_" + b"0" * 49)
    (True, False)
    """
    return _FORM.fullmatch(text) is not None and _sums_up(text)


def is_whole_feed(text: bytes) -> bool:
    """The same of the secret in a calendar's address, which is no bearer's.

    >>> feed = new_secret("calendar").encode()
    >>> is_whole_feed(feed), is_whole(feed)
    (True, False)
    """
    return _FEED_FORM.fullmatch(text) is not None and _sums_up(text)


def _sums_up(text: bytes) -> bool:
    return text[-SUM_LENGTH:].decode() == _checksum(text[:-SUM_LENGTH])


def hash_of(text: bytes) -> str:
    """What is kept of it."""
    return hashlib.sha256(text).hexdigest()


def _checksum(body: bytes) -> str:
    return _in_letters(zlib.crc32(body), SUM_LENGTH)


def _in_letters(number: int, length: int) -> str:
    letters = []
    for _ in range(length):
        number, digit = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(reversed(letters))
