"""研究者标识 | The ORCID iD of a person, with the check of ISO 7064 MOD 11-2.

What it detects: every changed character, and every swap of two unequal digits save those ten places apart, because
2 is a primitive root of 11 and its powers return after ten.
"""

from stdnum.iso7064 import mod_11_2

from graph_store.identifiers.problems import DIGIT, DIGIT_OR_X, Problem, fits, misfit, wrong_check
from graph_store.identifiers.scheme import Scheme
from graph_store.identifiers.spelling import addresses, folded, unseparated, upper, without

_LAYOUT = (DIGIT,) * 15 + (DIGIT_OR_X,)
_CHECK = 15
_ADDRESSES = addresses("orcid.org", labels="orcid")


def _normal(text: str) -> str:
    digits = upper(without(_ADDRESSES, unseparated(folded(text)))).rstrip("/")
    return (
        "-".join(digits[i : i + 4] for i in range(0, 16, 4))
        if len(digits) == len(_LAYOUT)
        else digits
    )


def _fault(orcid: str) -> Problem | None:
    digits = unseparated(orcid)
    return misfit(digits, _LAYOUT) or _wrong_last(digits)


def _wrong_last(digits: str) -> Problem | None:
    right = mod_11_2.calc_check_digit(digits[:_CHECK])
    return None if digits[_CHECK] == right else wrong_check(digits, _CHECK, right)


def _complete(body: str) -> str:
    return body + mod_11_2.calc_check_digit(body) if fits(body, _LAYOUT[:_CHECK]) else body


ORCID = Scheme(
    "ORCID",
    "研究者标识 ORCID",
    "ORCID iD of a person",
    "0000-0002-1825-0097",
    "ISO 27729, ISO 7064 MOD 11-2",
    _normal,
    _fault,
    _complete,
)
