"""Generated decisions that people owe and took about exchanges and training, what was said of them, who stands in, what people are told.

Open ones are due in days to come, so that nothing is left for the hub to pass on when it starts; the one that is late was passed on as
far as it goes, and stays late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from demo.facts import institutions as who
from demo.generated import classes, exchanges, training
from demo.generated.cast import base_of, days, on, told
from demo.records import Properties, Record, Tie
from demo.sample_people import SIDES, Sample, samples
from demo.world import World
from graph_store.commands.classes import CERTIFY_WITHIN
from graph_store.commands.escalation import STEPS, WITHIN
from graph_store.commands.exchanges import DECIDED_WITHIN, SOON_DAYS, URGENT_DAYS
from graph_store.commands.rows import instant_text
from graph_store.commands.tasks import DONE, OPEN, place
from graph_store.rights import Role

_HELD_NOTED = 2
"""Days before the story's day: when the classes that were held were noted as held."""
_LATE_AFTER = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Owed:
    """A decision about a record; `due` is when it was to be taken at first, `late`: passed on to the last."""

    at: str
    record: str
    names: tuple[str, str]
    move: str
    role: Role
    priority: int
    begun: str
    within: timedelta
    done: str | None = None
    late: bool = False

    @property
    def due(self) -> str:
        """When it should be decided, as it stands."""
        more = WITHIN if self.late else timedelta()
        return instant_text(datetime.fromisoformat(self.begun) + self.within + more)


def owed(world: World) -> Iterator[Owed]:
    """All decisions, those about exchanges first."""
    for each in exchanges.exchanges(world):
        yield from _about_exchange(world, each)
    planned = training.training(world)
    for registered in planned.registrations:
        yield from _about_registration(world, registered)
    for class_ in planned.classes:
        if class_.scene.state == "held":
            begun = on(world.today - days(_HELD_NOTED), 7)
            yield Owed(class_.organiser, class_.id, class_.title, "certify", Role.INSTITUTION_ADMIN, 0, begun, CERTIFY_WITHIN)  # fmt: skip


def _about_exchange(world: World, each: exchanges.Exchange) -> Iterator[Owed]:
    known, sent = exchanges.names(world, each), each.submitted_at
    if sent is None or each.state not in {"submitted", "home_approved", "accepted", "active"}:
        return
    by_home, decided = each.state != "submitted", each.decided_at
    noted = _noted(world, each)
    first = decided if each.state == "home_approved" else noted
    yield Owed(
        each.home, each.id, known, "approve", Role.APPROVER, _urgency(each.since, sent), sent,
        DECIDED_WITHIN, first if by_home else None, late=not by_home and _is_late(world, sent),
    )  # fmt: skip
    if by_home:
        begun = first or sent
        done = None if each.state == "home_approved" else decided
        yield Owed(each.host, each.id, known, "approve", Role.APPROVER, _urgency(each.since, begun), begun, DECIDED_WITHIN, done)  # fmt: skip


def _noted(world: World, each: exchanges.Exchange) -> str:
    """When home approved what both approved since: two days before the host."""
    assert each.scene.submitted is not None
    number = (each.scene.decided or each.scene.submitted) - 2
    return on(world.today + days(max(number, each.scene.submitted)), 8, each.index % 60)


def _is_late(world: World, sent: str) -> bool:
    return datetime.fromisoformat(sent).date() < world.today - _LATE_AFTER


def _urgency(since: date, begun: str) -> int:
    left = (since - datetime.fromisoformat(begun).date()).days
    return 2 if left <= URGENT_DAYS else 1 if left <= SOON_DAYS else 0


def _about_registration(world: World, each: training.Registered) -> Iterator[Owed]:
    """One decision for each party, about the first of them."""
    is_decided = each.approved_at is not None
    if each.place == 0 and (each.state == "submitted" or is_decided):
        known = classes.names(world, each)
        yield Owed(each.home, each.id, known, "approve", Role.APPROVER, 0, each.submitted_at, DECIDED_WITHIN, each.approved_at)  # fmt: skip


def _approver(world: World, at: str) -> str:
    """Who decided there: the sample approver of the side, where they decide for the institution, else a program."""
    for each in samples(world).values():
        if each.seat.word == "approver" and at in {each.side.association, each.side.museum}:
            return each.id
    return "hub"


def task_id(world: World, index: int, each: Owed) -> str:
    """The id of the task of that index."""
    return world.id(base_of(each.at), "task", index)


def tasks(world: World) -> Iterator[Record]:
    """A task for each decision."""
    for index, each in enumerate(owed(world)):
        own = task_id(world, index, each)
        ties = (Tie("OWED_BY", own, each.at), Tie("ABOUT_RECORD", own, each.record))
        yield Record("Task", _task(world, own, each), (*ties, *_asked(world, own, each)))


def _asked(world: World, own: str, each: Owed) -> Iterator[Tie]:
    """The late one is copied to the administrator above, and the approver is asked for it by name."""
    if each.late:
        known = _sitting(world, each)
        if "approver" in known:
            yield Tie("ASSIGNED_TO", own, known["approver"].id)
        if "institution-admin" in known:
            yield Tie("COPIED_TO", own, known["institution-admin"].id)


def _task(world: World, own: str, each: Owed) -> Properties:
    priority = min(each.priority + (2 if each.late else 0), 9)
    is_open = each.done is None
    role = Role.INSTITUTION_ADMIN if each.late else each.role
    return told(
        "Task",
        own,
        each.names[0],
        each.begun,
        nameEn=each.names[1],
        state=OPEN if is_open else DONE,
        move=each.move,
        role=role.value,
        priority=priority,
        dueAt=each.due,
        place=place(each.at, priority, each.due) if is_open else None,
        outcome=None if is_open else each.move,
        doneAt=each.done,
        doneBy=None if is_open else _approver(world, each.at),
        escalations=STEPS if each.late else None,
        escalatedAt=each.due if each.late else None,
        escalatedTo=_above(each.at) if each.late else None,
    )


def _above(at: str) -> str:
    above = {who.SICHUAN_MUSEUM: who.SCAST, who.CHONGQING_MUSEUM: who.CQAST}
    return above.get(at, at)


def _sitting(world: World, each: Owed) -> dict[str, Sample]:
    """The sample people of the association on whose side it is owed, by seat."""
    side = next(side for side in SIDES if side.base == base_of(each.at))
    return {
        sample.seat.word: sample
        for sample in samples(world).values()
        if sample.institution == side.association
    }


def said(world: World) -> Iterator[Record]:
    """A question about each decision that is late; and for each side who stood in for its approver once."""
    index = 0
    for number, each in enumerate(owed(world)):
        known = _sitting(world, each)
        if not each.late or not {"approver", "institution-admin"} <= known.keys():
            continue
        base, task = base_of(each.at), task_id(world, number, each)
        own, text = world.id(base, "comment", index), "请派出单位补充岗位衔接说明，以便尽快办理。"
        at = on(world.today - days(3), 5)
        properties = told("Comment", own, text, at, text=text, isQuestion=True)
        author = known["approver"].id
        ties = (
            Tie("SAID_OF", own, task),
            Tie("SAID_BY", own, author),
            Tie("SAID_AT", own, each.at),
        )
        yield Record("Comment", properties, ties)
        yield _stood_in(world, index, base, known)
        index += 1


def _stood_in(world: World, index: int, base: str, known: dict[str, Sample]) -> Record:
    own, first, last = world.id(base, "delegation", index), world.today - days(40), world.today - days(33)  # fmt: skip
    approver, admin = known["approver"], known["institution-admin"]
    given = {"role": "approver", "since": first.isoformat(), "until": last.isoformat()}
    properties = told("Delegation", own, "外出学习期间代理审批", on(first - days(2)), nameEn="Approvals during a course", **given)  # fmt: skip
    ties = (
        Tie("DELEGATED_BY", own, approver.id),
        Tie("DELEGATED_TO", own, admin.id),
        Tie("DELEGATED_AT", own, approver.institution),
    )
    return Record("Delegation", properties, ties)
