"""Generated posts and exchanges: every state alive on the day of laying out, and what is over, by one sub-agreement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from random import Random

from demo.generated import sub_agreement
from demo.generated.cast import PARTIES, Roster, base_of, days, on, partner, roster, told
from demo.generated.names import name_in_cast
from demo.records import CHENGDU, CHONGQING, Properties, Record, Tie
from demo.words import cooperation as words
from demo.world import World

SINCE = date(2025, 1, 1)
"""Nothing before: by then everybody in the cast had been employed, and the sub-agreement was in force."""
COUNTED = frozenset({"home_approved", "accepted", "active", "completed"})
PRESENT = frozenset({"home_approved", "accepted", "active"})
_FEW = 2


@dataclass(frozen=True, slots=True)
class Scene:
    """What goes on between the `pair`-th of each side; days are counted from the story's. `ended`: before its last day."""

    state: str
    pair: int
    since: int
    until: int
    submitted: int | None
    decided: int | None = None
    ended: int | None = None
    reason: str | None = None


ASSOCIATION, MUSEUM, PROMOTION, DEPARTMENT, PRESS, SCHOOL, LIBRARY, COLLECTION, SCIENCE, UNIVERSITY = range(10)  # fmt: skip
SCENES = (
    Scene("submitted", ASSOCIATION, 20, 200, -2),
    Scene("submitted", MUSEUM, 40, 220, -14),
    Scene("home_approved", PROMOTION, 35, 185, -6, -1),
    Scene("home_approved", MUSEUM, 25, 205, -4, -1),
    Scene("accepted", DEPARTMENT, 12, 190, -20, -9),
    Scene("active", PRESS, -60, 120, -85, -70),
    Scene("active", UNIVERSITY, -95, 88, -120, -104),
    Scene("active", MUSEUM, -30, 150, -52, -41),
    Scene("draft", PROMOTION, 60, 240, None),
    Scene("withdrawn", SCHOOL, 30, 210, -12, reason="个人原因，暂缓派出"),
    Scene("rejected", LIBRARY, 28, 208, -11, -8, reason="岗位与专长不符，建议改报"),
    Scene("recalled", COLLECTION, -150, 30, -175, -160, -20, reason="派出单位工作需要，提前召回"),
    Scene("expired", SCIENCE, -10, 170, -16),
)
URGENT = Scene("home_approved", UNIVERSITY, 5, 185, -6, -1)
"""Sent by the university to the association of the other side, whose approver has less than a week left."""

ENDING = Scene("active", MUSEUM, -119, 0, -140, -128)
"""On its last day: either side may say that it is completed, which the hub does the day after."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange: who goes from where to where, when, and how it stands."""

    id: str
    index: int
    person: str
    home: str
    host: str
    since: date
    until: date
    scene: Scene
    today: date

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.scene.state

    @property
    def ended_on(self) -> date | None:
        """The day it really ended."""
        ended = self.scene.ended
        return None if ended is None else self.today + days(ended)

    @property
    def submitted_at(self) -> str | None:
        """When it was submitted."""
        number = self.scene.submitted
        return None if number is None else on(self.today + days(number), 1, self.index % 60)

    @property
    def decided_at(self) -> str | None:
        """When it was last decided on."""
        number = self.scene.decided
        return None if number is None else on(self.today + days(number), 6, self.index % 60)


@lru_cache(maxsize=1)
def exchanges(world: World) -> tuple[Exchange, ...]:
    """All exchanges of a world."""
    asked = roster(world)
    return tuple(_numbered(world, chain(_scenes(world, asked), _over(world, asked))))


_Drawn = tuple[str, str, str, Scene]


def _numbered(world: World, drawn: Iterator[_Drawn]) -> Iterator[Exchange]:
    used: Counter[tuple[str, int]] = Counter()
    for index, (person, home, host, scene) in enumerate(drawn):
        since, until = (world.today + days(each) for each in (scene.since, scene.until))
        place = home, since.year
        if scene.state in COUNTED and used[place] >= sub_agreement.quota(world):
            continue
        used[place] += scene.state in COUNTED
        own = world.id(base_of(home), "cadre_exchange", index)
        yield Exchange(own, index, person, home, host, since, until, scene, world.today)


def _scenes(world: World, asked: Roster) -> Iterator[_Drawn]:
    for base in (CHENGDU, CHONGQING):
        university = PARTIES[base][UNIVERSITY]
        association = partner(PARTIES[base][ASSOCIATION])
        museum = PARTIES[base][MUSEUM]
        pairs = [(scene, PARTIES[base][scene.pair]) for scene in SCENES]
        for scene, home, host in (
            *((scene, home, partner(home)) for scene, home in pairs),
            (URGENT, university, association),
            (ENDING, museum, partner(museum)),
        ):
            person = _asked(world, asked, home, scene)
            if person:
                yield person, home, host, scene


def _asked(world: World, asked: Roster, home: str, scene: Scene) -> str | None:
    return asked.ask(home, world.today + days(scene.since), world.today + days(scene.until))


def _over(world: World, asked: Roster) -> Iterator[_Drawn]:
    """Those that ended on their last day, since the sub-agreement is in force; fewer where that is not long ago."""
    chance = world.chance("exchanges")
    first, homes = (SINCE - world.today).days, [*PARTIES[CHENGDU], *PARTIES[CHONGQING]]
    for number in range(world.figures.exchanges_over):
        home = homes[number % len(homes)]
        scene = _drawn_over(chance, first)
        person = _asked(world, asked, home, scene) if scene else None
        if scene and person:
            yield person, home, partner(home), scene


def _drawn_over(chance: Random, first: int) -> Scene | None:
    lasts = chance.choice((60, 90, 120, 180))
    part = chance.random()
    latest = -lasts - 20
    if first > latest:
        return None
    since = first + int(part * (latest - first + 1))
    until = since + lasts - 1
    return Scene("completed", ASSOCIATION, since, until, since - 20, since - 12, until)


def affiliations(world: World) -> Mapping[str, tuple[Tie, ...]]:
    """By person, where they are or were on exchange."""
    found: dict[str, tuple[Tie, ...]] = defaultdict(tuple)
    for each in exchanges(world):
        if each.state in {"active", "completed", "recalled"}:
            given = {
                "role": "on_exchange",
                "title": _post_name(each.host)[0],
                "since": each.since.isoformat(),
                "until": (each.ended_on or each.until).isoformat(),
            }
            tie = Tie("AFFILIATED_WITH", each.person, each.host, given)
            found[each.person] = (*found[each.person], tie)
    return found


def post_id(world: World, host: str) -> str:
    """The post to which exchanges with that host lead."""
    base = base_of(host)
    return world.id(base, "post", PARTIES[base].index(host))


def posts(world: World) -> Iterator[Record]:
    """Of each party the one to which people go; of every second one another that asks for a subject; and one that is closed."""
    present = Counter[str]()
    for each in exchanges(world):
        present[each.host] += each.state in PRESENT
    last = world.today + days(800)
    chance = world.chance("posts")
    for host in (*PARTIES[CHENGDU], *PARTIES[CHONGQING]):
        yield _post(world, post_id(world, host), host, max(_FEW, present[host] + 1), SINCE, last)
    for base in (CHENGDU, CHONGQING):
        for place, host in enumerate(PARTIES[base][::2]):
            own = world.id(base, "post", 100 + place)
            first = world.today + days(30)
            made = _post(world, own, host, 1 + place % _FEW, first, first + days(365), place + 1)
            topic = world.some_topics(chance, 1)[0]
            asked = Tie("REQUIRES", own, topic, {"level": "familiar"})
            yield made._replace(ties=(*made.ties, asked))
        own, ended = world.id(base, "post", 200), world.today - days(15)
        yield _post(world, own, PARTIES[base][0], 1, SINCE, ended, 2, status="closed")


def _post_name(host: str, further: int = 0) -> tuple[str, str]:
    place = PARTIES[base_of(host)].index(host) + further
    return words.POSTS[place % len(words.POSTS)]


def _post(  # noqa: PLR0913, PLR0917 - what a post has
    world: World, own: str, host: str, vacancies: int, since: date, until: date, further: int = 0, status: str = "open",
) -> Record:  # fmt: skip
    name, english = _post_name(host, further)
    properties = told(
        "Post",
        own,
        name,
        on(max(SINCE, world.today - days(200))),
        nameEn=english,
        status=status,
        vacancies=vacancies,
        since=since.isoformat(),
        until=until.isoformat(),
        duties="协助部门负责人开展日常工作，联系派出单位，形成一份调研报告。",
        requirements="政治素质好，熟悉科技或科普工作，能全程在岗。",
    )
    return Record("Post", properties, (Tie("OFFERED_BY", own, host),))


def records(world: World) -> Iterator[Record]:
    """The exchanges, each tied to whatever its state knows of."""
    for each in exchanges(world):
        yield Record("CadreExchange", _properties(world, each), tuple(_ties(world, each)))


def names(world: World, each: Exchange) -> tuple[str, str]:
    """What the exchange is called in both languages: person and post."""
    name, (post, english) = name_in_cast(world, each.person), _post_name(each.host)
    return f"{name.chinese}：{post}", f"{name.english}: {english}"


def _properties(world: World, each: Exchange) -> Properties:
    name, english = names(world, each)
    return told(
        "CadreExchange",
        each.id,
        name,
        each.submitted_at or on(world.today - days(1)),
        nameEn=english,
        state=each.state,
        since=each.since.isoformat(),
        until=each.until.isoformat(),
        purpose=words.PURPOSES[each.index % len(words.PURPOSES)],
        reason=each.scene.reason,
        submittedAt=each.submitted_at,
        decidedAt=each.decided_at,
        endedOn=each.ended_on and each.ended_on.isoformat(),
    )


def _ties(world: World, each: Exchange) -> Iterator[Tie]:
    yield Tie("EXCHANGES", each.id, each.person)
    yield Tie("SENT_BY", each.id, each.home)
    yield Tie("RECEIVED_BY", each.id, each.host)
    yield Tie("TO_POST", each.id, post_id(world, each.host))
    if each.scene.submitted is not None:
        yield Tie("AUTHORISED_BY", each.id, sub_agreement.exchange_clause(world))
        yield Tie("SENT_FOR", each.id, each.home)
        yield Tie("RECEIVED_FOR", each.id, each.host)
