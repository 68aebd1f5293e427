"""Typed words → a query of the full-text index, which any text whatever gives without an error.

The index' analyzer `cjk` keeps pairs of Chinese characters and whole words, folds width and case, and forgets a few English
words (`compiler.md` §8). So each term goes in quotes, which makes a phrase of its pairs; what the index keeps no pair or
whole word of, a single character or the beginning of a word, becomes a wildcard.
"""

from __future__ import annotations

import re
import unicodedata

MOST_TERMS = 16
LONGEST_TERM = 100

# What the analyzer forgets: a term that must be found and was never kept would find nothing.
_FORGOTTEN = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "for",
        "if",
        "in",
        "into",
        "is",
        "it",
        "no",
        "not",
        "of",
        "on",
        "or",
        "s",
        "such",
        "t",
        "that",
        "the",
        "their",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "was",
        "will",
        "with",
        "www",
    ]
)
_WORD = re.compile(r"[a-z0-9]+")
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_NOTHING = '""'


def folded(text: str) -> str:
    """The text as the index compares it: narrow, in lower case, character for character as long as before.

    >>> folded("ＸＲＤ 衍射仪")
    'xrd 衍射仪'
    """
    return "".join(map(_folded, text))


def terms(text: str) -> tuple[str, ...]:
    """What was typed, term by term; words that the index forgets only count when there is nothing else.

    >>> terms("the X射线衍射仪  XRD")
    ('x射线衍射仪', 'xrd')
    """
    words = dict.fromkeys(word[:LONGEST_TERM] for word in folded(text).split())
    kept = [word for word in words if word not in _FORGOTTEN and any(map(str.isalnum, word))]
    return tuple(kept[:MOST_TERMS])


def query(text: str) -> str:
    r"""The Lucene query that finds what has all terms; text without any term gives a query that finds nothing.

    >>> query('质谱 谱 GC-MS xrd")')
    '"质谱" AND *谱* AND "gc-ms" AND "xrd\\")"'
    >>> query("xrd"), query("*:* ~")
    ('("xrd" OR xrd*)', '""')
    """
    return " AND ".join(map(_clause, terms(text))) or _NOTHING


def _clause(term: str) -> str:
    if len(term) == 1 and _CHINESE.match(term):
        return f"*{term}*"
    escaped = term.replace("\\", "\\\\").replace('"', '\\"')
    return f'("{escaped}" OR {term}*)' if _WORD.fullmatch(term) else f'"{escaped}"'


def _folded(character: str) -> str:
    if unicodedata.east_asian_width(character) in "FH":
        narrow = unicodedata.normalize("NFKC", character)
        character = narrow if len(narrow) == 1 else character
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character
