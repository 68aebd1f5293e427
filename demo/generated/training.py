"""Generated training classes in every state on the day of laying out, and who registered for them in which party."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial

from demo.generated import sub_agreement
from demo.generated.cast import PARTIES, Roster, base_of, days, on, roster, ulid
from demo.generated.exchanges import ASSOCIATION, MUSEUM, SCHOOL, SINCE
from demo.records import CHENGDU, CHONGQING
from demo.words import cooperation as words
from demo.world import World

LASTS = 2
"""Days of a class."""
AT_CLOSE = "at_close"
SEATED = frozenset({"confirmed", "attended", "certified", "no_show"})
WAITS = frozenset({"waitlisted", "approved"})


@dataclass(frozen=True, slots=True)
class Wish:
    """Parties that register: `number` of them, of `size` people each, of the `pair`-th of their side (None: of each in turn)."""

    state: str
    number: int = 1
    size: int = 1
    pair: int | None = None
    far: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A class of the `pair`-th of a side; days are counted from the story's. `spare`: seats that nobody has."""

    state: str
    pair: int
    starts: int
    closes: int
    spare: int
    wishes: tuple[Wish, ...] = ()
    allocation: str = "at_approval"
    favours: bool = False
    reason: str | None = None


SCENES = (
    Scene("open", ASSOCIATION, 30, 14, 12, (
        Wish("submitted", pair=ASSOCIATION), Wish("submitted", size=2, pair=MUSEUM), Wish("confirmed", 3),
        Wish("confirmed", size=2, pair=MUSEUM, far=True), Wish("rejected"), Wish("cancelled"),
    )),
    Scene("open", MUSEUM, 44, 21, 0, (
        Wish("confirmed", 5), Wish("confirmed", size=2), Wish("waitlisted"), Wish("waitlisted", size=2, pair=SCHOOL),
        Wish("waitlisted", pair=SCHOOL, far=True),
    ), favours=True),
    Scene("open", SCHOOL, 54, 28, 10, (Wish("approved", 3), Wish("approved", size=2)), AT_CLOSE, favours=True),
    Scene("draft", ASSOCIATION, 75, 55, 20),
    Scene("closed", SCHOOL, 6, -3, 4, (Wish("confirmed", 5), Wish("confirmed", size=2)), AT_CLOSE),
    Scene("held", ASSOCIATION, -9, -20, 3, (Wish("attended", 5), Wish("attended", size=2), Wish("no_show"))),
    Scene("cancelled", MUSEUM, 18, 4, 20, (Wish("cancelled", 3),), reason="授课专家行程调整，延期另行通知"),
)  # fmt: skip
CERTIFIED = Scene("certified", ASSOCIATION, 0, 0, 2, (Wish("certified", 6), Wish("certified", size=2), Wish("no_show")))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Class:
    """A class with its seats: as many as were given in its scene, and the spare ones."""

    id: str
    index: int
    organiser: str
    starts: date
    scene: Scene
    today: date
    seats: int = 0

    @property
    def ends(self) -> date:
        """Its last day."""
        return self.starts + days(LASTS - 1)

    @property
    def closes_at(self) -> str:
        """When registration closes."""
        return on(self.starts + days(self.scene.closes - self.scene.starts), 9)

    @property
    def opened(self) -> date:
        """The day it was published, or drafted."""
        before = self.starts + days(self.scene.closes - self.scene.starts - 40)
        return min(before, self.today - days(16))

    @property
    def allocated_at(self) -> str | None:
        """When its seats were given, where that was at close."""
        is_done = self.scene.allocation == AT_CLOSE and self.scene.state == "closed"
        return (
            on(self.starts + days(self.scene.closes - self.scene.starts), 9, 1) if is_done else None
        )

    @property
    def favoured(self) -> str | None:
        """Whose people go first on its waiting list."""
        return PARTIES[base_of(self.organiser)][SCHOOL] if self.scene.favours else None

    @property
    def title(self) -> tuple[str, str]:
        """Its name in both languages."""
        name, english = words.CLASSES[self.index % len(words.CLASSES)]
        number = self.index // len(words.CLASSES) + 1
        return f"{name}（第{number}期）", f"{english} ({number})"


@dataclass(frozen=True, slots=True)
class Registered:
    """One person's registration; `place`: which of its party."""

    id: str
    index: int
    person: str
    home: str
    class_: Class
    party: str
    size: int
    place: int
    state: str
    submitted_at: str
    approved_at: str | None
    priority: int


@dataclass(frozen=True, slots=True)
class Training:
    """All classes and registrations of a world."""

    classes: tuple[Class, ...]
    registrations: tuple[Registered, ...]


@lru_cache(maxsize=1)
def training(world: World) -> Training:
    """All classes, and who registered: fewer where so few people work at the parties."""
    asked, registrations, classes = roster(world), list[Registered](), list[Class]()
    for class_ in _classes(world):
        found = list(_registered(world, class_, asked, len(registrations)))
        registrations += found
        taken = sum(each.state in SEATED for each in found)
        classes.append(replace(class_, seats=taken + class_.scene.spare or 1))
    return Training(tuple(classes), tuple(registrations))


def _classes(world: World) -> Iterator[Class]:
    index = 0
    for shift, base in enumerate((CHENGDU, CHONGQING)):
        for scene in SCENES:
            # those of the other side begin later, or earlier where they are over: nobody is at two on one day
            way = -1 if scene.state == "held" else 1
            moved = replace(scene, starts=scene.starts + 3 * shift * way)
            yield _class(world, base, index, moved)
            index += 1
    for number in range(world.figures.classes_certified):
        starts = -45 - 16 * number
        if world.today + days(starts - 40) > SINCE:
            scene = replace(CERTIFIED, starts=starts, closes=starts - 12)
            yield _class(world, (CHENGDU, CHONGQING)[number % 2], index, scene)
            index += 1


def _class(world: World, base: str, index: int, scene: Scene) -> Class:
    own = world.id(base, "training_class", index)
    starts = world.today + days(scene.starts)
    return Class(own, index, PARTIES[base][scene.pair], starts, scene, world.today)


def _registered(world: World, class_: Class, asked: Roster, first: int) -> Iterator[Registered]:
    given, index = Counter[str](), first
    turn = class_.index
    for number, (wish, home) in enumerate(_parties(class_, turn)):
        room = sub_agreement.SEATS_OF_ONE - given[home]
        if wish.state in SEATED and wish.size > room:
            continue
        people = list(filter(None, (asked.ask(home, class_.starts, class_.ends) for _ in range(wish.size))))  # fmt: skip
        if not people:
            continue
        given[home] += len(people) if wish.state in SEATED else 0
        make = partial(_registration, world, class_, wish, home, number, len(people))
        for place, person in enumerate(people):
            yield make(place, person, index)
            index += 1


def _parties(class_: Class, turn: int) -> Iterator[tuple[Wish, str]]:
    """Each party with its home, the homes in turn where the wish names none."""
    own = base_of(class_.organiser)
    other = CHONGQING if own == CHENGDU else CHENGDU
    every = [each for pair in zip(PARTIES[own], PARTIES[other], strict=True) for each in pair]
    for wish in class_.scene.wishes:
        for _ in range(wish.number):
            if wish.pair is None:
                yield wish, every[turn % len(every)]
                turn += 1
            else:
                yield wish, PARTIES[other if wish.far else own][wish.pair]


def _registration(  # noqa: PLR0913, PLR0917 - what a registration has
    world: World, class_: Class, wish: Wish, home: str, number: int, size: int, place: int, person: str, index: int,
) -> Registered:  # fmt: skip
    own = world.id(base_of(home), "registration", index)
    party = ulid(world, "party", index - place)
    is_fresh = wish.state == "submitted"
    day = class_.today - days(1) if is_fresh else class_.opened + days(2 + number % 5)
    approved = None if wish.state in {"submitted", "rejected"} else on(day + days(1), 3, number)
    priority = 5 if home == class_.favoured else 0
    return Registered(own, index, person, home, class_, party, size, place, wish.state, on(day, 2, number), approved, priority)  # fmt: skip
