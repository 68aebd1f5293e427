"""证书编号 | Numbers of certificates: nobody guesses one, and a slip of the pen is noticed before anything is looked up.

BS-7K3M-9QRT-V2XW-8HNC: fifteen characters of Crockford's base 32 by chance (75 bits), the last is their check: ISO 7064 MOD 37-2 over the
others, drawn again where that is none of the 32. Letters that are read as digits are taken for them.
"""

from __future__ import annotations

from collections.abc import Callable
from secrets import choice

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
_PREFIX = "BS"
_MODULUS = 37


def new_number(draw: Callable[[str], str] = choice) -> str:
    """A number that nobody had before."""
    while True:
        body = "".join(draw(ALPHABET) for _ in range(LENGTH - 1))
        if (check := _check(body)) < len(ALPHABET):
            return _written(body + ALPHABET[check])


def normal_number(text: str) -> str | None:
    """The number as it is stored; None where no certificate can have it.

    >>> normal_number("bs 0000-0000-0000-0001")
    >>> normal_number("not a number")
    """
    word = text.strip().upper()
    if not word.startswith(_PREFIX):
        return None
    characters = word.removeprefix(_PREFIX).translate(_READ_AS)
    if len(characters) != LENGTH or set(characters) - set(ALPHABET):
        return None
    is_whole = _check(characters[:-1]) == ALPHABET.index(characters[-1])
    return _written(characters) if is_whole else None


def _check(body: str) -> int:
    """What makes the weighted sum of body and check 1, modulo 37."""
    total = 0
    for each in body:
        total = (total + ALPHABET.index(each)) * 2
    return (1 - total) % _MODULUS


def _written(characters: str) -> str:
    return "-".join((_PREFIX, *(characters[i : i + 4] for i in range(0, LENGTH, 4))))
