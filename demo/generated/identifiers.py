"""Identifiers that are valid and can be nobody's: each from a range which its registry has not given out.

A generated organisation code begins with Y, an ORCID iD with 0000-0005 (real ones lie in 0000-0001 to -0003 and in
0009), DOIs and RAiDs stand under 10.5072, DataCite's prefix for tests, handles under 21.T11998, ePIC's, and CSTRs
under the registrant BASHU, which does not exist.
"""

from graph_store.identifiers import CSTR, DOI, ORCID, PIDINST, RAID, USCC

_BASE_31 = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BLOCKS = {"cd": 0, "cq": 5_000_000}


def uscc(kind: str, division: str, base: str, index: int) -> str:
    """A code for the two characters of authority and kind, the six-digit division and the index."""
    number, stem = _BLOCKS[base] + index, ""
    for _ in range(7):
        number, digit = divmod(number, 31)
        stem = _BASE_31[digit] + stem
    return USCC.complete(f"{kind}{division}Y{stem}")


def orcid(base: str, index: int) -> str:
    """The iD of the person of that index."""
    return ORCID.complete(f"00000005{_BLOCKS[base] + index:07d}")


def doi(kind: str, base: str, index: int) -> str:
    """The DOI of an achievement or a dataset."""
    return DOI.parse(f"10.5072/bashu.{kind}.{base}.{index:07d}")


def raid(base: str, index: int) -> str:
    """The RAiD of a project."""
    return RAID.parse(f"10.5072/raid.{base}.{index:07d}")


def pid(base: str, index: int) -> str:
    """The PIDINST handle of an instrument."""
    return PIDINST.parse(f"21.T11998/BASHU-{base.upper()}-{index:07d}")


def cstr(kind: str, base: str, index: int) -> str:
    """The CSTR of a resource, `kind` being its two digits of the standard's kinds of resources."""
    return CSTR.parse(f"BASHU.{kind}.{base}.{index:07d}")
