"""What the generated nouns share before the first record is made: ids, who employs whom, who leads which project."""

from array import array
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from random import Random

from demo.facts import institutions, topics
from demo.figures import Figures, figures_at
from demo.records import CHENGDU, CHONGQING
from demo.streams import cumulative, ranks, shares, stream

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# of Chongqing's people, the part that works in firms; the rest are at universities, institutes, hospitals, agencies
_IN_FIRMS = 0.42
_LED_BY_FIRMS = 0.3

STORY_DAY = date(2026, 11, 30)
"""The day of the story where none is given."""


@dataclass(frozen=True, slots=True)
class Employer:
    """An institution and those of its base's people who work there, by index; `agency`: it employs cadres."""

    id: str
    base: str
    staff: range
    agency: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """One demonstration: everything else follows from these values, each noun from its own stream of chance.

    Equal to itself alone, so that what several nouns plan together is planned once.

    `sichuan` own the instruments of Sichuan's platform, `chongqing` those of Chongqing's; `leads` gives for each
    project the index of the employer in `leaders` that leads it. `today`: the day on which it is laid out, in Shanghai, from which the
    days of exchanges, classes and decisions are counted; nothing else depends on it.
    """

    seed: int
    figures: Figures
    mark: str
    sichuan: tuple[str, ...]
    chongqing: tuple[str, ...]
    enterprises: tuple[str, ...]
    employers: tuple[Employer, ...]
    leaders: tuple[Employer, ...]
    leads: Sequence[int]
    topic_ids: tuple[str, ...]
    topic_weights: tuple[float, ...]
    today: date = STORY_DAY

    def id(self, base: str, word: str, index: int) -> str:
        """The id of a generated record; the mark keeps seeds and scales apart."""
        return f"{base}-{word}-{self.mark}{index:07d}"

    def chance(self, name: str) -> Random:
        """The stream of that name."""
        return stream(self.seed, name)

    def some_topics(self, chance: Random, most: int) -> list[str]:
        """One to `most` different subjects, few of them often and many seldom."""
        drawn = chance.choices(
            self.topic_ids, cum_weights=self.topic_weights, k=chance.randint(1, most)
        )
        return list(dict.fromkeys(drawn))

    def person(self, employer: Employer, chance: Random) -> str | None:
        """The id of one who works there; None where nobody does."""
        staff = employer.staff
        if not staff:
            return None
        return self.id(employer.base, "person", chance.randrange(staff.start, staff.stop))

    def project(self, chance: Random) -> int:
        """The index of any project."""
        return chance.randrange(self.figures.projects)

    def project_id(self, index: int) -> str:
        """The id of the project of that index."""
        return self.id(CHONGQING, "project", index)

    def generated(self, ids: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Those of the ids that the generator makes, each with its place in the list."""
        return ((place, id_) for place, id_ in enumerate(ids) if self.mark in id_)


def build(scale: float, seed: int, today: date = STORY_DAY) -> World:
    """The world of that scale and seed; raises ValueError for a scale out of bounds."""
    figures = figures_at(scale)
    digest = blake2b(f"{seed}/{scale!r}".encode(), digest_size=5).digest()
    mark = "".join(_CROCKFORD[byte % 32] for byte in digest)
    sichuan = _with_generated(CHENGDU, mark, figures.managing_institutions, among=True)
    chongqing = _with_generated(CHONGQING, mark, figures.chongqing_institutions, among=False)
    taken = figures.chongqing_institutions
    enterprises = tuple(
        f"{CHONGQING}-institution-{mark}{taken + index:07d}" for index in range(figures.enterprises)
    )
    home = _chongqing_employers(figures, chongqing, enterprises)
    leaders = (*home[: len(chongqing)], *home[len(home) - len(enterprises) :])
    codes = list(topics.codes())
    stream(seed, "topics").shuffle(codes)
    return World(
        seed=seed,
        figures=figures,
        mark=mark,
        sichuan=sichuan,
        chongqing=chongqing,
        enterprises=enterprises,
        employers=(*home, *_sichuan_employers(figures, sichuan)),
        leaders=leaders,
        leads=_leads(stream(seed, "leads"), figures.projects, len(chongqing), len(enterprises)),
        topic_ids=tuple(topics.topic_id(code) for code in codes),
        topic_weights=tuple(cumulative(ranks(len(codes), steepness=0.7))),
        today=today,
    )


def _with_generated(base: str, mark: str, count: int, *, among: bool) -> tuple[str, ...]:
    """The real owners of a base, then generated ones: `count` of them, the real ones counted `among` them or not."""
    real = institutions.owners(base)
    generated = max(0, count - len(real)) if among else count
    made = tuple(f"{base}-institution-{mark}{index:07d}" for index in range(generated))
    return (*real, *made)[:count] if among else (*real, *made)


def _chongqing_employers(
    figures: Figures, owners: Sequence[str], enterprises: Sequence[str]
) -> tuple[Employer, ...]:
    agencies = institutions.others(CHONGQING)
    in_firms = max(len(enterprises), round(figures.people * _IN_FIRMS))
    in_agencies = max(2 * len(agencies), figures.cadres)
    elsewhere = figures.people - in_firms - in_agencies
    sizes = [
        *shares(elsewhere, ranks(len(owners), steepness=0.9), least=1),
        *shares(in_agencies, ranks(len(agencies), steepness=0.3), least=1),
        *shares(in_firms, ranks(len(enterprises), steepness=0.35), least=1),
    ]
    return _employ(CHONGQING, (*owners, *agencies, *enterprises), sizes, frozenset(agencies), 0)


def _sichuan_employers(figures: Figures, owners: Sequence[str]) -> tuple[Employer, ...]:
    agencies = institutions.others(CHENGDU)
    everywhere = 1 if figures.experts >= len(owners) else 0
    experts = shares(figures.experts, ranks(len(owners), steepness=0.7), least=everywhere)
    cadres = shares(figures.cadres, ranks(len(agencies), steepness=0.3), least=1)
    return _employ(CHENGDU, (*owners, *agencies), [*experts, *cadres], frozenset(agencies), start=0)


def _employ(
    base: str, ids: Sequence[str], sizes: Sequence[int], agencies: frozenset[str], start: int
) -> tuple[Employer, ...]:
    found = []
    for id_, size in zip(ids, sizes, strict=True):
        found.append(Employer(id_, base, range(start, start + size), id_ in agencies))
        start += size
    return tuple(found)


def _leads(chance: Random, projects: int, owners: int, enterprises: int) -> Sequence[int]:
    weights = cumulative(ranks(owners, steepness=0.9))
    return array(
        "l",
        (
            owners + chance.randrange(enterprises)
            if chance.random() < _LED_BY_FIRMS
            else bisect(weights, chance.random() * weights[-1], hi=owners - 1)
            for _ in range(projects)
        ),
    )
