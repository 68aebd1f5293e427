"""Generated institutions: the rest of Sichuan's managing institutions, Chongqing's institutes and enterprises."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from demo.facts import divisions, platforms
from demo.generated import identifiers
from demo.generated.days import day
from demo.records import CHENGDU, CHONGQING, Record, Tie, invented
from demo.words import institutions as words
from demo.world import World

_KINDS = ("institute", "university", "hospital", "enterprise")
_KIND_WEIGHTS = (46, 24, 16, 14)
_FORMS = {
    "institute": words.INSTITUTES,
    "university": words.COLLEGES,
    "hospital": words.HOSPITALS,
    "enterprise": words.FIRMS,
}
# every fortieth enterprise took over the one before it
_SUCCESSION = 40


@dataclass(frozen=True, slots=True)
class _Place:
    code: str
    name: str
    english: str | None
    inner: str | None = None


@dataclass(frozen=True, slots=True)
class _Crowd:
    """One list of institutions to make: `first` is the index of the first in its base."""

    base: str
    ids: Sequence[str]
    platform: str
    share: float
    places: Sequence[_Place]
    english_place: str
    kind: str | None = None
    first: int = 0


def records(world: World) -> Iterator[Record]:
    """Sichuan's, Chongqing's, and Chongqing's enterprises, in this order."""
    sichuan = [_Place(code, name, None) for code, name in divisions.cities()]
    chongqing = [_Place(code, "重庆", name) for code, name in divisions.counties() if code < "51"]
    first = world.figures.chongqing_institutions
    crowds = (
        _Crowd(CHENGDU, world.sichuan, platforms.SICHUAN_INSTRUMENTS, 1.0, sichuan, "Sichuan"),
        _Crowd(CHONGQING, world.chongqing, platforms.CHONGQING_RESOURCES, 1.0, chongqing, "Chongqing"),
        _Crowd(CHONGQING, world.enterprises, platforms.CHONGQING_CLOUD, 0.3, chongqing, "Chongqing", "enterprise", first),
    )  # fmt: skip
    for name, crowd in zip(("sichuan", "chongqing", "enterprises"), crowds, strict=True):
        chance = world.chance(f"institutions/{name}")
        for index, (place, _) in enumerate(world.generated(crowd.ids)):
            yield _institution(crowd, place, index, chance)


def _institution(crowd: _Crowd, place: int, index: int, chance: Random) -> Record:
    own, number = crowd.ids[place], crowd.first + index
    kind = crowd.kind or chance.choices(_KINDS, _KIND_WEIGHTS)[0]
    where = chance.choice(crowd.places)
    name, english, short = _name(kind, where, crowd.english_place, chance)
    is_taken_over = crowd.kind is not None and index % _SUCCESSION == _SUCCESSION - 2
    properties = invented(
        own,
        name,
        number,
        nameEn=english,
        kind=kind,
        status="inactive" if is_taken_over else "active",
        country="CN",
        city=crowd.english_place if crowd.base == CHONGQING else None,
        aliases=[short],
        uscc=identifiers.uscc("91" if kind == "enterprise" else "12", where.code, crowd.base, number),
        establishedYear=chance.randint(1952, 2023),
    )  # fmt: skip
    return Record("Institution", properties, tuple(_ties(crowd, place, index, where.code, chance)))


def _name(kind: str, where: _Place, region: str, chance: Random) -> tuple[str, str, str]:
    """Name, name in English, and what it is called for short."""
    first, second = chance.sample(words.marks(), 2)
    field = chance.choice(words.FIELDS)
    form, english_form = chance.choice(_FORMS[kind])
    mark = f"{first[1]}{second[1]}".capitalize()
    match kind:
        case "hospital":
            quarter = where.english or ""
            return (
                f"{where.name}{quarter}{first[0]}{second[0]}{form}",
                f"{region} {mark} {english_form}",
                f"{first[0]}{second[0]}{form}",
            )
        case "enterprise":
            return (
                f"{where.name}{first[0]}{second[0]}{field.name}{form}",
                f"{region} {mark} {field.english} {english_form}",
                f"{first[0]}{second[0]}{field.name}",
            )
        case _:
            return (
                f"{where.name}{first[0]}{second[0]}{field.name}{form}",
                f"{region} {mark} {english_form} of {field.english}",
                f"{first[0]}{second[0]}{field.name}",
            )


def _ties(crowd: _Crowd, place: int, index: int, code: str, chance: Random) -> Iterator[Tie]:
    own = crowd.ids[place]
    yield Tie("LOCATED_IN", own, divisions.division_id(code))
    if chance.random() < crowd.share:
        yield Tie("MEMBER_OF", own, crowd.platform)
    if crowd.kind and chance.random() < 0.05:
        yield Tie("MEMBER_OF", own, platforms.TIANFU_CLOUD)
    if place == 0:
        return
    if chance.random() < 0.08:
        since = day(chance, 2005, 2022)
        yield Tie("PART_OF", own, crowd.ids[chance.randrange(place)], {"since": since})
    if chance.random() < 0.06:
        yield Tie("RELATED_TO", own, crowd.ids[chance.randrange(place)])
    if crowd.kind and index % _SUCCESSION == _SUCCESSION - 1:
        yield Tie("SUCCEEDS", own, crowd.ids[place - 1])
