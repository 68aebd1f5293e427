"""The files that the demonstration imports: a university's list of events, the same again a month later, and rows of ROR.

They are written as other people write such files, slips of the pen included; what they hold is generated, but for the real institutions,
which ROR knows by the same names and identifiers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import orjson

from demo.facts import institutions as who
from demo.facts import topics
from demo.generated.cast import days, on
from demo.records import CHENGDU, CHONGQING
from demo.words import subjects as words
from demo.world import World

_EVENTS, _LATER = 24, 4
_MOVED = frozenset({3, 8, 11, 17, 22})
"""Which of the events the second list tells otherwise."""

_TYPES = (("Conference", "学术会议"), ("Workshop", "专题研讨会"), ("Lecture", "学术报告"), ("Seminar", "青年学者论坛"))  # fmt: skip
_PLACES = (
    "重庆大学 A 区学术报告厅",
    "重庆国际博览中心",
    "成都世纪城会展中心",
    "四川大学望江校区",
    "线上",
)
_MOVED_TO = "线上线下结合，主会场：重庆大学虎溪校区"
_SOCIETIES = (("CY-OPT", "川渝光电技术学会"), ("CY-GEO", "成渝地质灾害防治协会"))
"""Organisers that nobody else knows: they come in by the way."""

_TYPES_OF_ROR = {"university": "Education", "hospital": "Healthcare", "government": "Government"}
_ACADEMY = "https://ror.org/034t30j35"
"""The Chinese Academy of Sciences, which is in neither region and so not in the graph."""
_OF_THE_ACADEMY = frozenset({"cd-institution-ioe", "cd-institution-cib", "cq-institution-cigit"})


@dataclass(frozen=True, slots=True)
class File:
    """A file of a kind that `bashu import` knows, and when which base took it in."""

    name: str
    kind: str
    base: str
    at: datetime
    content: str


def files(world: World) -> Iterator[File]:
    """In the order in which they came."""
    early, late, latest = (world.today - days(number) for number in (41, 9, 2))
    for day, again in ((early, False), (late, True)):
        name = f"重庆大学科研系统-活动-{day:%Y%m}.xml"
        yield File(name, "cerif", CHONGQING, _at(day), _list_of_events(world, again=again))
    yield File(f"ror-川渝机构-{latest:%Y%m%d}.jsonl", "ror", CHENGDU, _at(latest), _ror())


def _at(day: date) -> datetime:
    return datetime.fromisoformat(on(day, 1, 30))


def _list_of_events(world: World, *, again: bool) -> str:
    chance = world.chance("imports")
    events = [_event(world, chance, number) for number in range(_EVENTS + _LATER)]
    told = events[:_EVENTS]
    if again:
        moved = [_moved(each) if at in _MOVED else each for at, each in enumerate(told)]
        told = [*moved, *_slips(moved), *events[_EVENTS:]]
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    rows = "\n".join(told)
    return f'{head}\n<CERIF xmlns="https://www.openaire.eu/cerif-profile/1.1/">\n{rows}\n</CERIF>\n'


def _event(world: World, chance: Random, number: int) -> str:
    type_, title = chance.choice(_TYPES)
    thing = chance.choice(words.things(chance.choice(topics.codes())))
    starts = world.today + timedelta(days=chance.randint(10, 240))
    ends = starts + timedelta(days=chance.randint(0, 2))
    return (
        f'<Event id="EV-{2_600_100 + number}"><Type>https://w3id.org/cerif/vocab/EventTypes#{type_}</Type>'
        f'<Name xml:lang="zh">{thing}{title}</Name><Place>{chance.choice(_PLACES)}</Place>'
        f"<StartDate>{starts.isoformat()}</StartDate><EndDate>{ends.isoformat()}</EndDate>"
        f"<Description>以{thing}为主题的{title}，面向川渝两地科研人员。</Description>"
        f"{''.join(_organisers(chance, number))}</Event>"
    )


def _organisers(chance: Random, number: int) -> Iterator[str]:
    known = {each.id: each for each in who.known() if each.ror}
    others = [each for each in known if each != who.CHONGQING_UNIVERSITY]
    for id_ in (who.CHONGQING_UNIVERSITY, chance.choice(others)):
        each = known[id_]
        yield _organiser(
            id_, each.name, f"<RORID>https://ror.org/{each.ror}</RORID>", "HigherEducation"
        )
    if number % 9 == 0:
        yield _organiser(*_SOCIETIES[number % 2], "", "Non-profit")


def _organiser(own: str, name: str, ror: str, type_: str) -> str:
    type_ = f"<Type>https://w3id.org/cerif/vocab/OrganisationTypes#{type_}</Type>"
    named = f'<Name xml:lang="zh">{name}</Name>'
    return f'<Organizer><OrgUnit id="{own}">{type_}{named}{ror}</OrgUnit></Organizer>'


def _moved(event: str) -> str:
    head, _, rest = event.partition("<Place>")
    return f"{head}<Place>{_MOVED_TO}</Place>{rest.partition('</Place>')[2]}"


def _slips(events: list[str]) -> Iterator[str]:
    """A day that no calendar has, a row without a name, one that comes twice, and one that has lost its number."""
    yield (
        '<Event id="EV-2600301"><Name xml:lang="zh">科技资源共享机制研讨会</Name>'
        "<StartDate>2027-02-30</StartDate></Event>"
    )
    yield '<Event id="EV-2600302"><Place>线上</Place><StartDate>2027-03-12</StartDate></Event>'
    yield events[5]
    yield '<Event><Name xml:lang="zh">川渝青年科学家沙龙</Name></Event>'


def _ror() -> str:
    rows = [_row(each) for each in who.known() if each.ror]
    # two digits swapped, the first row once more, and a line that was cut off
    swapped = rows[1] | {"id": _swapped(str(rows[1]["id"]))}
    lines = [orjson.dumps(each).decode() for each in (*rows, swapped, rows[0])]
    return "\n".join([*lines, lines[2][:60], ""])


def _row(each: who.Known) -> dict[str, object]:
    row: dict[str, object] = {
        "id": f"https://ror.org/{each.ror}",
        "name": each.english,
        "types": [_TYPES_OF_ROR.get(each.kind, "Facility")],
        "status": "active",
        "labels": [{"iso639": "zh", "label": each.name}],
        "country": {"country_code": "CN"},
        "addresses": [{"city": each.city}],
        "links": [each.website] if each.website else [],
    }
    if each.id in _OF_THE_ACADEMY:
        row["relationships"] = [{"type": "Parent", "id": _ACADEMY}]
    return row


def _swapped(id_: str) -> str:
    return id_[:-2] + id_[-1] + id_[-2]
