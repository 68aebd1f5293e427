"""研究机构标识 | The ROR ID of a research organisation: a number in Crockford's base 32, and its check modulo 97.

What it detects: every changed character and every swap of two unequal characters, because 97 is prime and the nine
places (100 times the powers of 32, then 10 and 1) have nine different weights.
"""

from functools import reduce

from graph_store.identifiers.problems import DIGIT, Alphabet, Problem, fits, misfit, wrong_check
from graph_store.identifiers.scheme import Scheme
from graph_store.identifiers.spelling import addresses, folded, lower, unseparated, without

_BASE_32 = Alphabet(
    "0123456789abcdefghjkmnpqrstvwxyz",
    "数字或字母（不含 i、l、o、u）",
    "a digit or a letter other than i, l, o, u",
)
_LAYOUT = (Alphabet("0", " 0", "0"),) + (_BASE_32,) * 6 + (DIGIT,) * 2
_CHECK = 7
_ADDRESSES = addresses("ror.org", labels="ror")


def _normal(text: str) -> str:
    return lower(without(_ADDRESSES, unseparated(folded(text)))).rstrip("/")


def _fault(ror: str) -> Problem | None:
    return misfit(ror, _LAYOUT) or _wrong_last(ror)


def _wrong_last(ror: str) -> Problem | None:
    right = _check(ror[:_CHECK])
    return None if ror[_CHECK:] == right else wrong_check(ror, _CHECK, right)


def _check(body: str) -> str:
    number = reduce(
        lambda total, character: total * 32 + _BASE_32.characters.index(character), body, 0
    )
    return f"{98 - number * 100 % 97:02d}"


def _complete(body: str) -> str:
    return body + _check(body) if fits(body, _LAYOUT[:_CHECK]) else body


ROR = Scheme(
    "ROR",
    "研究机构标识 ROR",
    "ROR ID of a research organisation",
    "03yrm5c26",
    "ROR identifier pattern, ISO/IEC 7064 MOD 97-10",
    _normal,
    _fault,
    _complete,
)
