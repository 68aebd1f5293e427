"""What of a found record matched what was typed: fields, their texts in segments, matched or not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from graph_store.cypher.lucene import folded, terms
from graph_store.cypher.search import identifying, searched
from graph_store.model.words import Noun, Property

_PARTS = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\W\u3400-\u9fff\U00020000-\U0003ffff]+"
)
Row = list[Any]


def highlighter(nouns: tuple[Noun, ...]) -> Callable[[Row], list[Row]]:
    """[noun's number, typed text, values] → a row for each text that matched: field, text, segments as [text, matched]."""
    fields = [(*searched(noun), *identifying(noun)) for noun in nouns]

    def highlights(row: Row) -> list[Row]:
        number, typed, values = row
        words, found = terms(typed), zip(fields[number], values, strict=True)
        return [
            made
            for each, value in found
            for text in _texts(value)
            if (made := _highlight(each, text, words, typed))
        ]

    return highlights


def _texts(value: Any) -> list[str]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _highlight(field: Property, text: str, words: tuple[str, ...], typed: str) -> Row | None:
    if field.key:
        is_meant = text == (field.scheme.normalise(typed) if field.scheme else typed.strip())
        return [field.name, text, [[text, True]]] if is_meant else None
    marks = _marks(folded(text), words)
    return [field.name, text, _segments(text, marks)] if any(marks) else None


def _marks(text: str, words: tuple[str, ...]) -> list[bool]:
    """Which characters of a folded text belong to a match: of a whole term, or else of its parts."""
    marks = [False] * len(text)
    for word in words:
        for part in [word] if word in text else _PARTS.findall(word):
            for start in _starts(text, part):
                marks[start : start + len(part)] = [True] * len(part)
    return marks


def _starts(text: str, part: str) -> Iterator[int]:
    start = text.find(part)
    while start >= 0:
        # a word is a word from its beginning on, as in the index: `art` is not in `party`
        if not (
            part[0].isascii() and start and text[start - 1].isascii() and text[start - 1].isalnum()
        ):
            yield start
        start = text.find(part, start + 1)


def _segments(text: str, marks: list[bool]) -> list[Row]:
    runs = groupby(zip(text, marks, strict=True), key=lambda pair: pair[1])
    return [["".join(character for character, _ in run), matched] for matched, run in runs]
