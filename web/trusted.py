"""Trusted documents: the operations that clients were built with, found by `documentId` (decision 0008).

Read once, at the start, which fails when any of them is not what its name says or does not fit the schema. No GraphQL and no
web library is imported here, so that the commands are quick.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from web.limits import DocumentChecks

PREFIX = "sha256:"
MOST_TOLD = 20
MOST_BYTES = 50_000_000

Documents = tuple[Mapping[str, str], "list[Fault]"]

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


class DocumentsAreFaulty(Exception):
    """The registry of trusted documents cannot be used; one line for each fault, at most `MOST_TOLD`."""

    def __init__(self, place: Path, faults: list[Fault]) -> None:
        told = [f"{fault.place} {fault.reason}" for fault in faults[:MOST_TOLD]]
        more = [f"… and {len(faults) - MOST_TOLD} more"] if len(faults) > MOST_TOLD else []
        advice = "Mend or remove them (`bashu documents check` looks again), or name another BASHU_TRUSTED_DOCUMENTS."
        head = f"{len(faults)} of the trusted documents in {place} cannot be used:"
        super().__init__("\n".join([head, *told, *more, advice]))
        self.faults = faults


def identifier_of(content: bytes) -> str:
    """The `documentId` of a text.

    >>> identifier_of(b"{ __typename }")
    'sha256:7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b'
    """
    return PREFIX + hashlib.sha256(content).hexdigest()


def checked_documents(place: Path, checks: DocumentChecks, schema: GraphQLSchema) -> Documents:
    """The texts that can be trusted and answered, and all that is wrong with the others."""
    texts, faults = read_trusted(place)
    refused = {
        name: reason for name, text in texts.items() if (reason := checks.fault(schema, text))
    }
    faults += [
        Fault(name, f"is refused by the schema: {reason}") for name, reason in refused.items()
    ]
    return {name: text for name, text in texts.items() if name not in refused}, faults


def read_trusted(place: Path) -> Documents:
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
    found = identifier_of(content)
    if found != PREFIX + identifier:
        return Fault(place, f"holds another text: its documentId would be {found}")
    try:
        return PREFIX + identifier, content.decode("utf-8")
    except UnicodeDecodeError:
        return Fault(place, "is not UTF-8")
