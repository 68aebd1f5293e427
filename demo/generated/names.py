"""Names drawn for people; those in the cast of exchange and training have a stream of their own, so that records about them know it."""

from __future__ import annotations

from functools import lru_cache
from random import Random
from typing import NamedTuple

from demo.words import people as words
from demo.world import World


class Name(NamedTuple):
    """A person's name in both scripts, and what their mailbox is called after it."""

    chinese: str
    english: str
    mailbox: str


def drawn(chance: Random) -> Name:
    """Any name, frequent surnames more often."""
    listed, weights = words.surnames()
    surname = chance.choices(listed, cum_weights=weights)[0]
    given = words.given_characters()
    count = 2 if chance.random() < 0.82 else 1
    characters = [given[int(chance.random() * len(given))] for _ in range(count)]
    spelled = "".join(spelling for _, spelling in characters).capitalize()
    chinese = surname[0] + "".join(character for character, _ in characters)
    mailbox = f"{spelled}.{surname[1]}".lower().replace("ü", "v")
    return Name(chinese, f"{spelled} {surname[1]}", mailbox)


@lru_cache(maxsize=2_048)
def name_in_cast(world: World, person: str) -> Name:
    """What one of the cast is called, wherever it is asked."""
    return drawn(world.chance(f"names/{person}"))
