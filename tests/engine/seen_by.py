"""The table of who sees what: by kind of viewer, the levels of records, of fields, and of somebody's personal data."""

from __future__ import annotations

from tests.engine.levels_web import HOME, ME
from tests.viewers import of_every_kind

VIEWERS = of_every_kind((HOME,), ME, ("analytical", "astronomy"))
EVERYBODY, NETWORK = {"public"}, {"public", "network"}
SHARED, HELD = {*NETWORK, "agreement"}, {*NETWORK, "agreement", "institution"}

# by viewer: which levels of instruments, marine instruments, datasets, people, raw records are seen
SEEN: dict[str, tuple[set[str], set[str], set[str], set[str], set[str]]] = {
    "anonymous": (EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY),
    "a member elsewhere": (NETWORK, NETWORK, NETWORK, NETWORK, NETWORK),
    "a member whom a clause shares instruments with": (SHARED, SHARED, NETWORK, NETWORK, NETWORK),
    "a member whom a clause shares one kind with": (SHARED, NETWORK, NETWORK, NETWORK, NETWORK),
    "a member whom a clause shares data with": (NETWORK, NETWORK, SHARED, NETWORK, NETWORK),
    "at home": (HELD, HELD, HELD, HELD, NETWORK),
    "the person themself": (EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY),
    "the person at home": (HELD, HELD, HELD, HELD, NETWORK),
    "an auditor": (NETWORK, NETWORK, NETWORK, NETWORK, NETWORK),
    "a token at home that may not read personal data": (HELD, HELD, HELD, HELD, NETWORK),
}
# of a public instrument, by viewer: which levels of fields are seen
FIELDS_SEEN = {who: seen[0] - {"public"} for who, seen in SEEN.items()}
MASKED, NOTHING = ("139****5678", "l***@example.cn"), (None, None)
FULL = ("13912345678", "li@example.cn")
OF_LI = {
    "anonymous": NOTHING,
    "a member elsewhere": MASKED,
    "a member whom a clause shares instruments with": MASKED,
    "a member whom a clause shares one kind with": MASKED,
    "a member whom a clause shares data with": MASKED,
    "at home": FULL,
    "the person themself": NOTHING,
    "the person at home": FULL,
    "an auditor": MASKED,
    "a token at home that may not read personal data": MASKED,
}
