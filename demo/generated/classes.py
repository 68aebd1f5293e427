"""The records of generated training: classes with their sessions, registrations as the hub writes them, certificates."""

from __future__ import annotations

from collections.abc import Iterator

from demo.generated import sub_agreement
from demo.generated.cast import days, on, told
from demo.generated.names import name_in_cast
from demo.generated.training import LASTS, SEATED, WAITS, Class, Registered, training
from demo.records import Properties, Record, Tie
from demo.words import cooperation as words
from demo.world import World
from graph_store.commands.certificate_numbers import new_number
from graph_store.commands.seats import rank_text, seat_text


def classes(world: World) -> Iterator[Record]:
    """Each class, followed by its sessions."""
    chance = world.chance("classes")
    for each in training(world).classes:
        topics = world.some_topics(chance, 2)
        yield Record("TrainingClass", _class(each), tuple(_ties_of_class(world, each, topics)))  # fmt: skip
        yield from _sessions(world, each)


def _class(each: Class) -> Properties:
    name, english = each.title
    return told(
        "TrainingClass",
        each.id,
        name,
        on(each.opened),
        nameEn=english,
        state=each.scene.state,
        seats=each.seats,
        allocation=each.scene.allocation,
        allocatedAt=each.allocated_at,
        registrationClosesAt=each.closes_at,
        startsOn=each.starts.isoformat(),
        endsOn=each.ends.isoformat(),
        place="成都" if each.id.startswith("cd") else "重庆",
        description=f"{name}，共 {LASTS} 天，由川渝两地机构联合选派学员。",
        reason=each.scene.reason,
    )


def _ties_of_class(world: World, each: Class, topics: list[str]) -> Iterator[Tie]:
    yield Tie("RUN_BY", each.id, each.organiser)
    yield Tie("AUTHORISED_BY", each.id, sub_agreement.seats_clause(world))
    for topic in topics:
        yield Tie("TEACHES", each.id, topic)
    if each.favoured:
        yield Tie("ALLOTS", each.id, each.favoured, {"quota": 4, "priority": 5})


def _sessions(world: World, each: Class) -> Iterator[Record]:
    name, english = each.title
    for number, lesson in enumerate(words.LESSONS):
        base = each.id.partition("-")[0]
        own = world.id(base, "class_session", each.index * len(words.LESSONS) + number)
        day, morning = each.starts + days(number // 2), number % 2 == 0
        properties = told(
            "ClassSession",
            own,
            f"{name} · {number + 1}：{lesson}",
            on(each.opened),
            nameEn=f"{english}, session {number + 1}",
            startsAt=on(day, 1 if morning else 6),
            endsAt=on(day, 4 if morning else 9),
            place="第一会议室",
        )
        yield Record("ClassSession", properties, (Tie("HAS_SESSION", each.id, own),))


def registrations(world: World) -> Iterator[Record]:
    """Everybody's registration, tied to person, class, home and organiser."""
    for each in training(world).registrations:
        ties = (
            Tie("REGISTERS", each.id, each.person),
            Tie("FOR_CLASS", each.id, each.class_.id),
            Tie("REGISTERED_BY", each.id, each.home),
            Tie("REGISTERED_WITH", each.id, each.class_.organiser),
        )
        yield Record("Registration", _registration(world, each), ties)


def names(world: World, each: Registered) -> tuple[str, str]:
    """What the registration is called in both languages: class and person."""
    (name, english), whom = each.class_.title, name_in_cast(world, each.person)
    return f"{name} · {whom.chinese}", f"{english} · {whom.english}"


_REASONS = {"rejected": "本期名额优先安排业务科室人员", "cancelled": "因工作冲突取消"}


def _registration(world: World, each: Registered) -> Properties:
    name, english = names(world, each)
    class_, rank = each.class_.id, None
    if each.state in WAITS:
        assert each.approved_at is not None
        rank = rank_text(class_, each.priority, each.approved_at, each.party, each.home)
    is_approved = each.approved_at is not None
    return told(
        "Registration",
        each.id,
        name,
        each.submitted_at,
        nameEn=english,
        state=each.state,
        party=each.party,
        partySize=each.size,
        priority=each.priority if is_approved else None,
        rank=rank,
        seat=seat_text(class_, each.home) if each.state in SEATED else None,
        submittedAt=each.submitted_at,
        approvedAt=each.approved_at,
        reason=_REASONS.get(each.state),
    )


def certificates(world: World) -> Iterator[Record]:
    """Of everybody who took part in a class that is certified."""
    chance = world.chance("certificates")
    for each in training(world).registrations:
        if each.state == "certified":
            yield _certificate(world, each, new_number(chance.choice))


def _certificate(world: World, each: Registered, number: str) -> Record:
    own = world.id(each.class_.id.partition("-")[0], "certificate", each.index)
    name, english = names(world, each)
    issued = each.class_.ends + days(5)
    properties = told("Certificate", own, name, on(issued, 3), nameEn=english, number=number, issuedOn=issued.isoformat())  # fmt: skip
    ties = (
        Tie("CERTIFIES", own, each.person),
        Tie("ISSUED_FOR", own, each.id),
        Tie("OF_CLASS", own, each.class_.id),
        Tie("ISSUED_BY", own, each.class_.organiser),
        Tie("HELD_AT", own, each.home),
    )
    return Record("Certificate", properties, ties)
