"""前缀/后缀类标识 | Identifiers of a registrant's prefix and a suffix of its own: DOI, CSTR, RAiD, PIDINST.

They carry no check character: a slip is detected only where it breaks the form, a swap only where it moves a
character out of the prefix or a dot or slash out of its place.
"""

import re

from graph_store.identifiers.problems import Alphabet, Problem, wrong_character
from graph_store.identifiers.scheme import Scheme
from graph_store.identifiers.spelling import addresses, folded, lower, without

_ADDRESSES = addresses(
    "doi.org",
    "dx.doi.org",
    "hdl.handle.net",
    "raid.org",
    "cstr.cn",
    labels="doi|hdl|handle|raid|cstr",
)
_VISIBLE = Alphabet("", "可见字符", "a visible character")
_DOI_START = "10."

# None of the standards sets a limit; Neo4j does, 8,167 bytes for a key of an index.
_LONGEST = 1_000
_TOO_LONG = Problem(
    f"超过 {_LONGEST} 个字符，不像标识",
    f"longer than {_LONGEST} characters, too long for an identifier",
)

_DOI_FORM = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_DOI_PROBLEM = Problem(
    "DOI 应为 10. 加 4–9 位数字、斜杠和不含空格的后缀，例如 10.5281/zenodo.1234",
    "a DOI is 10. and 4-9 digits, a slash, and a suffix without spaces, as 10.5281/zenodo.1234",
)
# The standard gives ^\w{5}\.\d{2}\..*$; an empty local part would name nothing.
_CSTR_FORM = re.compile(r"[0-9A-Za-z_]{5}\.[0-9]{2}\..+")
_CSTR_PROBLEM = Problem(
    "CSTR 应为 5 位机构代码、点、2 位资源类型、点和内部标识，例如 31253.11.sciencedb.01234",
    "a CSTR is 5 characters of the registrant, a dot, 2 digits of the kind, a dot and a local part, "
    "as 31253.11.sciencedb.01234",
)
_RAID_FORM = re.compile(r"[0-9]+(?:\.[0-9]+)+/\S+")
_RAID_PROBLEM = Problem(
    "RAiD 应为以点分隔的数字前缀、斜杠和不含空格的后缀，例如 10.25.10.1234/a1b2c",
    "a RAiD is a prefix of numbers and dots, a slash, and a suffix without spaces, as 10.25.10.1234/a1b2c",
)
# A naming authority alone (1234.1675.1) is let in too: the PIDINST working group's own example records carry it.
_HANDLE_FORM = re.compile(r"[0-9]+(?:\.[0-9A-Za-z]+)*/\S+|[0-9]{4,}(?:\.[0-9]+)+")
_HANDLE_PROBLEM = Problem(
    "仪器 PID 应为 DOI 或 Handle（前缀/后缀，不含空格），例如 21.T11998/0000-001A-3905-F",
    "the PID of an instrument is a DOI or a handle, prefix/suffix without spaces, as 21.T11998/0000-001A-3905-F",
)


def _bare(text: str) -> str:
    return without(_ADDRESSES, folded(text))


def _lowered(text: str) -> str:
    return lower(_bare(text))


def _lowered_if_doi(text: str) -> str:
    # Of all handles only those under 10. promise to disregard case.
    bare = _bare(text)
    return lower(bare) if bare.startswith(_DOI_START) else bare


def _unlike(text: str, form: re.Pattern[str], otherwise: Problem) -> Problem | None:
    if len(text) > _LONGEST:
        return _TOO_LONG
    if not text.isprintable():
        index = next(i for i, character in enumerate(text) if not character.isprintable())
        return wrong_character(text, index, _VISIBLE)
    return None if form.fullmatch(text) else otherwise


def _doi_fault(text: str) -> Problem | None:
    return _unlike(text, _DOI_FORM, _DOI_PROBLEM)


def _cstr_fault(text: str) -> Problem | None:
    return _unlike(text, _CSTR_FORM, _CSTR_PROBLEM)


def _raid_fault(text: str) -> Problem | None:
    return _unlike(text, _RAID_FORM, _RAID_PROBLEM)


def _pidinst_fault(text: str) -> Problem | None:
    return (
        _doi_fault(text)
        if text.startswith(_DOI_START)
        else _unlike(text, _HANDLE_FORM, _HANDLE_PROBLEM)
    )


DOI = Scheme(
    "DOI",
    "数字对象标识 DOI",
    "Digital object identifier",
    "10.17815/jlsrf-3-143",
    "ISO 26324",
    _lowered,
    _doi_fault,
)
CSTR = Scheme(
    "CSTR",
    "科技资源标识 CSTR",
    "Identifier of a Chinese science and technology resource",
    "31253.11.sciencedb.01234",
    "GB/T 32843-2016",
    _bare,
    _cstr_fault,
)
RAID = Scheme(
    "RAID",
    "研究活动标识 RAiD",
    "Identifier of a research project or activity",
    "10.25.10.1234/a1b2c",
    "ISO 23527",
    _lowered_if_doi,
    _raid_fault,
)
PIDINST = Scheme(
    "PIDINST",
    "仪器持久标识",
    "Persistent identifier of an instrument: a handle or a DOI",
    "21.T11998/0000-001A-3905-F",
    "PIDINST 1.0",
    _lowered_if_doi,
    _pidinst_fault,
)
