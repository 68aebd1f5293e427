"""How each entry holds the one before: a chain of SHA-256 over a text that anybody can write again.

The text of an entry is the JSON of all its properties but `digest`, absent ones left out, keys sorted, no blanks, UTF-8. `previous`
is the digest of the entry before, so a change, a removal, an insertion and an exchange of places each break the chain where they
happen. In Python:

    text = json.dumps({k: v for k, v in entry.items() if k != "digest"}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    hashlib.sha256(text.encode()).hexdigest() == entry["digest"]

The chain has no key: whoever may write to the database can forge all of it anew. What they cannot do is make it end in a digest that
an auditor has written down before, or holds in an export (`checking.py`, `expected`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import orjson

BEGINNING = ""
"""What the first entry holds as `previous`."""

Row = dict[str, Any]


class Head(NamedTuple):
    """The end of the log: its last entry's number, digest and instant."""

    seq: int = 0
    digest: str = BEGINNING
    at: str = ""


def text_of(row: Mapping[str, Any]) -> bytes:
    """What the digest is taken of.

    >>> text_of({"seq": 1, "previous": "", "actor": None, "digest": "…"})
    b'{"previous":"","seq":1}'
    """
    told = {key: each for key, each in row.items() if key != "digest" and each is not None}
    return orjson.dumps(told, default=repr, option=orjson.OPT_SORT_KEYS)


def digest_of(row: Mapping[str, Any]) -> str:
    """The entry's digest."""
    return hashlib.sha256(text_of(row)).hexdigest()


def chained(head: Head, rows: Iterable[Row], at: str) -> tuple[list[Row], Head]:
    """The rows as they are to be written after that head, and the new head; time never runs backwards along the log."""
    at = max(at, head.at)
    linked: list[Row] = []
    for row in rows:
        new = row | {"seq": head.seq + 1, "at": at, "previous": head.digest}
        new["digest"] = digest_of(new)
        linked.append(new)
        head = Head(head.seq + 1, new["digest"], at)
    return linked, head
