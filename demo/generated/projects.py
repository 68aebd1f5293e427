"""Generated projects: led in Chongqing, some of them with partners on the other side."""

from collections.abc import Iterator
from random import Random

from demo.facts import topics
from demo.facts.institutions import CHONGQING_BUREAU
from demo.generated import identifiers
from demo.generated.days import day, later
from demo.records import CHONGQING, Properties, Record, Tie, invented
from demo.words import subjects as words
from demo.world import World

_KINDS = ("research", "joint_research", "consulting", "popular_science")
_KIND_WEIGHTS = (80, 9, 6, 5)
_TEAM = (1, 2, 3)
_TEAM_WEIGHTS = (55, 30, 15)


def records(world: World) -> Iterator[Record]:
    """Every project of the figures."""
    chance = world.chance("projects")
    for index in range(world.figures.projects):
        kind = chance.choices(_KINDS, _KIND_WEIGHTS)[0]
        about = world.some_topics(chance, 2)
        code = about[0].rsplit("-", 1)[1]
        properties = _properties(world, index, kind, code, chance)
        ties = [*_parties(world, index, kind, chance), *_team(world, index, chance)]
        ties += [Tie("ABOUT", properties["id"], topic) for topic in about]
        yield Record("Project", properties, tuple(ties))


def _properties(world: World, index: int, kind: str, code: str, chance: Random) -> Properties:
    started = day(chance, 2012, 2025)
    thing, aspect = chance.choice(words.things(code)), chance.choice(words.ASPECTS)
    return invented(
        world.project_id(index),
        _name(kind, thing, aspect, chance),
        index,
        kind=kind,
        raid=identifiers.raid(CHONGQING, index) if chance.random() < 0.15 else None,
        abstract=f"面向{topics.names()[code]}领域，围绕{thing}的{aspect}开展研究。",
        budgetCny=round(chance.lognormvariate(12.6, 1.0), -2),
        startedOn=started,
        endedOn=later(started, chance.choice((364, 545, 729, 1094, 1459))),
    )


def _name(kind: str, thing: str, aspect: str, chance: Random) -> str:
    match kind:
        case "consulting":
            return f"{thing}{chance.choice(words.CONSULTING)}"
        case "popular_science":
            return f"{thing}{chance.choice(words.OUTREACH)}"
        case "joint_research":
            return f"川渝联合：{thing}{aspect}{chance.choice(words.AIMS)}"
        case _:
            return f"基于{chance.choice(words.METHODS)}的{thing}{aspect}{chance.choice(words.AIMS)}"


def _parties(world: World, index: int, kind: str, chance: Random) -> Iterator[Tie]:
    own, lead = world.project_id(index), world.leaders[world.leads[index]].id
    yield Tie("PARTICIPATES_IN", lead, own, {"role": "lead"})
    partners: set[str] = set()
    if kind == "joint_research":
        partners.add(chance.choice(world.sichuan))
    if chance.random() < 0.3:
        partners.add(chance.choice(world.enterprises))
    for partner in sorted(partners - {lead}):
        yield Tie("PARTICIPATES_IN", partner, own, {"role": "partner"})
    if chance.random() < 0.2:
        yield Tie("PARTICIPATES_IN", CHONGQING_BUREAU, own, {"role": "funder"})


def _team(world: World, index: int, chance: Random) -> Iterator[Tie]:
    own, lead = world.project_id(index), world.leaders[world.leads[index]]
    drawn = (world.person(lead, chance) for _ in range(chance.choices(_TEAM, _TEAM_WEIGHTS)[0]))
    people = list(dict.fromkeys(person for person in drawn if person))
    for place, person in enumerate(people):
        role = "leader" if place == 0 else chance.choice(("key_member", "member"))
        yield Tie("WORKS_ON", person, own, {"role": role})
