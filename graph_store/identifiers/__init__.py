"""Identifiers from outside, each with its standard: checked on the way in, everywhere.

    USCC.parse("９１３５０１００-m000100y43")       # "91350100M000100Y43", or IdentifierError
    ROR.problem("03yrm5c27").en                  # what is wrong, and what would be right
    ORCID.complete("0000-0002-1825-009")         # "0000-0002-1825-0097"

Pure text in, text out: nothing here asks a registry whether the identifier was ever issued.
"""

from graph_store.identifiers.divisions import DIVISION
from graph_store.identifiers.handles import CSTR, DOI, PIDINST, RAID
from graph_store.identifiers.orcid import ORCID
from graph_store.identifiers.problems import IdentifierError, Problem
from graph_store.identifiers.ror import ROR
from graph_store.identifiers.scheme import Scheme
from graph_store.identifiers.uscc import USCC

SCHEMES = (USCC, ORCID, ROR, DOI, CSTR, RAID, DIVISION, PIDINST)

__all__ = [
    "CSTR",
    "DIVISION",
    "DOI",
    "ORCID",
    "PIDINST",
    "RAID",
    "ROR",
    "SCHEMES",
    "USCC",
    "IdentifierError",
    "Problem",
    "Scheme",
]
