"""行政区划代码 | The six-digit division codes of GB/T 2260.

They carry no check character: of slips, only an unknown province or a letter is detected, and no swap as such.
"""

from graph_store.identifiers.problems import DIGIT, Problem, misfit
from graph_store.identifiers.scheme import Scheme
from graph_store.identifiers.spelling import folded, unseparated

_PROVINCES = frozenset(
    region + place
    for region, places in {
        "1": "12345",
        "2": "123",
        "3": "1234567",
        "4": "123456",
        "5": "01234",
        "6": "12345",
        "7": "1",
        "8": "12",
    }.items()
    for place in places
)
# Chongqing has no level between the city and its districts (5001…) and counties (5002…): see contract.md, Divisions.
_HEADINGS = {"500100": ("市辖区", "districts"), "500200": ("县", "counties")}
_LENGTH = 6


def _normal(text: str) -> str:
    code = unseparated(folded(text))
    # Provinces and prefectures are often written by their significant digits alone, as 51 and 5101.
    is_short = len(code) in {2, 4} and all(character in DIGIT for character in code)
    return code.ljust(_LENGTH, "0") if is_short else code


def _fault(code: str) -> Problem | None:
    return misfit(code, (DIGIT,) * _LENGTH) or _unknown_province(code) or _heading(code)


def _unknown_province(code: str) -> Problem | None:
    province = code[:2]
    if province in _PROVINCES:
        return None
    return Problem(
        f"前两位 {province} 不是省级代码，例如四川为 51、重庆为 50",
        f"{province} at the start is no province; Sichuan is 51, Chongqing is 50",
    )


def _heading(code: str) -> Problem | None:
    if code not in _HEADINGS:
        return None
    zh, en = _HEADINGS[code]
    return Problem(
        f"{code} 只是重庆市“{zh}”的汇总标题，不是行政区划：请用 500000 或具体区县的代码",
        f"{code} is the heading over Chongqing's {en}, not a division: use 500000 or the code of one of them",
    )


DIVISION = Scheme(
    "DIVISION",
    "行政区划代码",
    "Code of an administrative division of China",
    "510100",
    "GB/T 2260",
    _normal,
    _fault,
)
