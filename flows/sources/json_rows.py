"""JSON as an array, or as lines: one object at a time, keys that appear twice refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

import orjson

from flows.sources.opening import LONGEST_LINE_CHARACTERS, Inspected
from flows.sources.rows import Reading, Rejection, Row, refused, rejected
from graph_store.identifiers import Problem

_NOT_JSON = Problem("不是有效的 JSON", "this is not valid JSON")
_NOT_AN_OBJECT = Problem("应为 JSON 对象", "expected a JSON object")
_BLANK = " \t\r\n"
_INK = re.compile(f"[^{_BLANK}]")


def read_json(file: Inspected) -> Reading:
    """Rows as dicts. Lines are rejected one by one; an array that breaks off raises SourceError."""
    return _elements(file) if _is_array(file) else _lines(file)


def is_whole(file: Inspected) -> bool:
    """Whether the syntax hangs together as a whole, so that an error at the end spoils the beginning."""
    return _is_array(file)


def _is_array(file: Inspected) -> bool:
    start = next((chunk.lstrip(_BLANK)[0] for chunk in file.chunks() if chunk.strip(_BLANK)), "")
    return start == "["


def _lines(file: Inspected) -> Reading:
    for number, line in enumerate(file.lines(), start=1):
        if line.strip(_BLANK):
            yield _line(number, line)


def _line(number: int, line: str) -> Row | Rejection:
    try:
        values = orjson.loads(line)
    except orjson.JSONDecodeError:
        return rejected(number, "", line, _NOT_JSON)
    # orjson lets the last of two equal keys win: such a line has more colons than what was read of it
    if orjson.dumps(values).count(b":") != line.count(":"):
        return _slowly(number, line)
    return (
        Row(number, values)
        if isinstance(values, dict)
        else rejected(number, "", line, _NOT_AN_OBJECT)
    )


def _slowly(number: int, line: str) -> Row | Rejection:
    try:
        values = _DECODER.decode(line)
    except _DoubledKeyError as error:
        return rejected(number, error.key, line, error.problem)
    except (ValueError, RecursionError):
        return rejected(number, "", line, _NOT_JSON)
    return (
        Row(number, values)
        if isinstance(values, dict)
        else rejected(number, "", line, _NOT_AN_OBJECT)
    )


def _elements(file: Inspected) -> Reading:
    text = _Text(file.chunks())
    text.take("[")
    number = 0
    while not text.takes("]"):
        if number:
            text.take(",")
        number += 1
        yield _element(number, text)
    if text.peek():
        raise _broken(text)


def _element(number: int, text: _Text) -> Row | Rejection:
    start = text.peek()
    try:
        values = text.value()
    except _DoubledKeyError as error:
        # the value was read to its end by the decoder that keeps the last key, so that reading goes on behind it
        text.skip_value()
        return rejected(number, error.key, "", error.problem)
    return (
        Row(number, values)
        if isinstance(values, dict)
        else rejected(number, "", start, _NOT_AN_OBJECT)
    )


class _Text:
    """A text that arrives in chunks, read value by value; holds what is not read yet."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self._held = ""
        self._at = 0

    def peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        while not (found := _INK.search(self._held, self._at)):
            self._at = len(self._held)
            if not self._more(1):
                return ""
        self._at = found.start()
        return found[0]

    def takes(self, character: str) -> bool:
        """Step over the character if it is next."""
        found = self.peek() == character
        self._at += found
        return found

    def take(self, character: str) -> None:
        """Step over the character that must be next."""
        if not self.takes(character):
            raise _broken(self)

    def value(self) -> Any:
        """The next value; raises _DoubledKeyError."""
        return self._decoded(_DECODER)

    def skip_value(self) -> None:
        """Step over the next value, whatever its keys."""
        self._decoded(_LENIENT)

    def _decoded(self, decoder: json.JSONDecoder) -> Any:
        self.peek()
        while True:
            try:
                value, end = decoder.raw_decode(self._held, self._at)
            except RecursionError as error:
                raise _broken(self) from error
            except json.JSONDecodeError as error:
                # as much again as is held, so that a long value is not scanned from its start too often
                if len(self._held) - self._at > LONGEST_LINE_CHARACTERS or not self._more(
                    len(self._held)
                ):
                    raise _broken(self) from error
            else:
                if end < len(self._held) or not self._more(1):
                    self._at = end
                    return value

    def _more(self, characters: int) -> bool:
        """Fetch at least so many characters; false when there are no more."""
        fetched: list[str] = []
        size = 0
        for chunk in self._chunks:
            fetched.append(chunk)
            size += len(chunk)
            if size >= characters:
                break
        self._held = self._held[self._at :] + "".join(fetched)
        self._at = 0
        return size > 0


class _DoubledKeyError(ValueError):
    """A key appears twice in one object."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key
        self.problem = Problem("同一对象中键重复", "the key appears twice in one object")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _DoubledKeyError(next(key for key in keys if keys.count(key) > 1))
    return values


def _no_constant(name: str) -> NoReturn:
    raise json.JSONDecodeError(f"{name} is no JSON", name, 0)


def _broken(text: _Text) -> Exception:
    near = text.peek()
    return refused(
        f"JSON 不完整或有语法错误（在 {near!r} 附近）" if near else "JSON 不完整，文件提前结束",
        f"the JSON is broken near {near!r}"
        if near
        else "the JSON breaks off at the end of the file",
    )


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)
_LENIENT = json.JSONDecoder(parse_constant=_no_constant)
