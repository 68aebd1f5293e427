"""Generated instruments of both platforms: values with a heavy tail, whose sum is the figures' to the yuan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from demo.figures import Side
from demo.generated import identifiers
from demo.generated.days import day
from demo.records import CHENGDU, CHONGQING, Properties, Record, Tie, invented
from demo.streams import ranks, shares
from demo.words import instruments as words
from demo.world import Employer, World

_STATUSES = ("available", "in_use", "maintenance", "retired")
_STATUS_WEIGHTS = (70, 20, 7, 3)
# where the mean is 2.5 times the least value, Pareto's law has about this exponent
_TAIL = 1.65


@dataclass(frozen=True, slots=True)
class _Stock:
    """What is drawn from for one base."""

    world: World
    chance: Random
    base: str
    side: Side
    owners: Sequence[str]
    staff: dict[str, Employer]
    kinds: dict[str, list[words.Kind]]


def records(world: World) -> Iterator[Record]:
    """Sichuan's, then Chongqing's, owner by owner."""
    staff = {employer.id: employer for employer in world.employers}
    kinds = words.kinds()
    for base, side, owners in (
        (CHENGDU, world.figures.sichuan, world.sichuan),
        (CHONGQING, world.figures.chongqing, world.chongqing),
    ):
        chance = world.chance(f"instruments/{base}")
        yield from _of(_Stock(world, chance, base, side, owners, staff, kinds))


def values(chance: Random, side: Side) -> list[float]:
    """The value of each instrument, in whole yuan as floats: at least the least, together the side's value."""
    weights = [chance.paretovariate(_TAIL) - 1 for _ in range(side.instruments)]
    return [float(value) for value in shares(side.value_yuan, weights, least=side.least_yuan)]


def _of(stock: _Stock) -> Iterator[Record]:
    worth = values(stock.world.chance(f"values/{stock.base}"), stock.side)
    everywhere = 1 if stock.side.instruments >= len(stock.owners) else 0
    counts = shares(
        stock.side.instruments, ranks(len(stock.owners), steepness=0.8), least=everywhere
    )
    first = 0
    for owner, count in zip(stock.owners, counts, strict=True):
        for index in range(first, first + count):
            kind = _kind(stock)
            properties = _properties(stock, index, kind, worth[index])
            ties = _ties(stock, owner, range(first, index), index)
            yield Record("Instrument", properties, tuple(ties))
        first += count


def _kind(stock: _Stock) -> words.Kind:
    weights = words.CATEGORY_WEIGHTS
    category = stock.chance.choices(tuple(weights), tuple(weights.values()))[0]
    return stock.chance.choice(stock.kinds[category])


def _properties(stock: _Stock, index: int, kind: words.Kind, value: float) -> Properties:
    chance, base = stock.chance, stock.base
    since = day(chance, 2003, 2024)
    number = chance.randint(100, 9_900)
    return invented(
        stock.world.id(base, "instrument", index),
        f"{chance.choice(words.QUALIFIERS)}{kind.name}",
        index,
        nameEn=kind.english,
        aliases=[kind.short],
        category=kind.category,
        status=chance.choices(_STATUSES, _STATUS_WEIGHTS)[0],
        model=f"{kind.prefix}-{number}",
        manufacturer=chance.choice(words.MAKERS),
        valueCny=value,
        commissionedOn=since,
        cstr=identifiers.cstr("10", base, index),
        pid=identifiers.pid(base, index) if chance.random() < 0.2 else None,
        assetNumber=f"{since[:4]}{index:06d}",
        serialNumber=f"{kind.prefix}{number}{chance.randrange(10**6):06d}",
        description=f"{kind.name}（{kind.short}），用于{'、'.join(kind.variables)}的测量与研究。",
        location=f"{chance.choice(words.ROOMS)}{chance.randint(101, 909)}室",
        measuredVariables=list(kind.variables),
    )


def _ties(stock: _Stock, owner: str, before: range, index: int) -> Iterator[Tie]:
    world, chance = stock.world, stock.chance
    own = world.id(stock.base, "instrument", index)
    yield Tie("OWNED_BY", own, owner)
    operator = chance.choice(stock.owners) if chance.random() < 0.1 else owner
    yield Tie("OPERATED_BY", own, operator)
    if person := world.person(stock.staff[operator], chance):
        yield Tie("OPERATED_BY", own, person)
    if before and chance.random() < 0.06:
        yield Tie("COMPONENT_OF", own, world.id(stock.base, "instrument", chance.choice(before)))
    for project in sorted({world.project(chance) for _ in range(chance.randint(0, 2))}):
        yield Tie("USED_BY", own, world.project_id(project))
