"""Trusted documents: the operations that clients were built with, found by `documentId` (decision 0008).

Read once, at the start; what is wrong is named and left out. No GraphQL and no web library is imported here, so that
`bashu doctor` is quick.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import orjson

PREFIX = "sha256:"
MOST_BYTES = 50_000_000

_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Trusted:
    """Texts by identifier (`sha256:` and 64 hexadecimal digits); with `only`, no other text is answered."""

    texts: Mapping[str, str] = field(default_factory=dict)
    only: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A document that cannot be trusted: where it is, and why in words."""

    place: str
    reason: str


def read_trusted(place: Path) -> tuple[Mapping[str, str], list[Fault]]:
    """The texts of a folder of `<sha256>.graphql` and `*.json` manifests, or of one manifest; and what is wrong there."""
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for found in _documents(place):
        if isinstance(found, Fault):
            faults.append(found)
        else:
            identifier, text = found
            texts[identifier] = text
    return MappingProxyType(texts), faults


def _documents(place: Path) -> Iterator[tuple[str, str] | Fault]:
    try:
        files = sorted(place.iterdir()) if place.is_dir() else [place]
    except OSError as error:
        yield Fault(str(place), f"cannot be read: {error.strerror}")
        return
    for file in files:
        if file.suffix in {".graphql", ".json"} and not file.is_dir():
            yield from _of_file(file)


def _of_file(file: Path) -> Iterator[tuple[str, str] | Fault]:
    try:
        if file.stat().st_size > MOST_BYTES:
            yield Fault(str(file), f"is larger than {MOST_BYTES:,} bytes")
            return
        content = file.read_bytes()
    except OSError as error:
        yield Fault(str(file), f"cannot be read: {error.strerror}")
        return
    if file.suffix == ".graphql":
        yield _checked(file.stem, content, str(file))
    else:
        yield from _of_manifest(content, str(file))


def _of_manifest(content: bytes, place: str) -> Iterator[tuple[str, str] | Fault]:
    """`{hash: text}` as graphql-codegen and Relay write it, or Apollo's manifest of operations."""
    try:
        pairs = _pairs(orjson.loads(content))
    except orjson.JSONDecodeError as error:
        yield Fault(place, f"is not JSON: {error.msg} at line {error.lineno}")
        return
    if pairs is None:
        yield Fault(place, "is no manifest: an object of hashes and texts, or Apollo's")
        return
    for identifier, text in pairs:
        if isinstance(identifier, str) and isinstance(text, str):
            encoded = text.encode("utf-8", "surrogatepass")
            yield _checked(identifier.removeprefix(PREFIX), encoded, f"{place} [{identifier[:80]}]")
        else:
            yield Fault(f"{place} [{str(identifier)[:80]}]", "is not a text under its hash")


def _pairs(manifest: object) -> list[tuple[object, object]] | None:
    if not isinstance(manifest, dict):
        return None
    if manifest.get("format") != "apollo-persisted-query-manifest":
        return list(manifest.items())
    operations = manifest.get("operations")
    if not isinstance(operations, list):
        return None
    return [
        (each.get("id"), each.get("body")) if isinstance(each, dict) else (each, None)
        for each in operations
    ]


def _checked(identifier: str, content: bytes, place: str) -> tuple[str, str] | Fault:
    if not _HEX.fullmatch(identifier):
        return Fault(place, "is not named by a SHA-256: 64 hexadecimal digits in lower case")
    found = hashlib.sha256(content).hexdigest()
    if found != identifier:
        return Fault(place, f"holds another text: its SHA-256 is {found}")
    try:
        return PREFIX + identifier, content.decode("utf-8")
    except UnicodeDecodeError:
        return Fault(place, "is not UTF-8")
