"""Generated notices: what people in exchanges and classes that go on were told, in the hub alone; how sample people want to be told."""

from __future__ import annotations

from collections.abc import Iterator

from demo.generated import classes, decisions, exchanges, training
from demo.generated.cast import base_of, days, on, told
from demo.records import Record, Tie
from demo.sample_people import samples
from demo.world import World
from graph_store.model import MODEL

_GOES_ON = frozenset({"submitted", "home_approved", "accepted", "active"})
_REGISTERED = frozenset({"submitted", "confirmed", "waitlisted", "approved", "attended", "certified"})  # fmt: skip

Said = tuple[str, str, str, str, tuple[str, str], tuple[str, str]]
"""Person, record, kind, instant; title and text in both languages."""


def records(world: World) -> Iterator[Record]:
    """The notices, and a preference of each side's member: none by e-mail, for their addresses are nobody's."""
    for index, (person, about, kind, at, title, text) in enumerate(_said(world)):
        own = world.id(base_of(person), "notice", index)
        properties = told("Notice", own, title[0], at, nameEn=title[1], kind=kind, body=text[0], bodyEn=text[1], about=about)  # fmt: skip
        yield Record("Notice", properties, (Tie("TELLS", own, person),))
    known = samples(world).values()
    for index, sample in enumerate(known):
        if sample.seat.word in {"member", "approver"}:
            own = world.id(sample.side.base, "notice_preference", index)
            at = on(world.today - days(60))
            properties = told("NoticePreference", own, "通知偏好", at, byEmail=False, language="zh")
            yield Record("NoticePreference", properties, (Tie("PREFERRED_BY", own, sample.id),))


def _said(world: World) -> Iterator[Said]:
    for each in exchanges.exchanges(world):
        if each.state in _GOES_ON:
            at = each.decided_at or each.submitted_at
            assert at is not None
            yield _of_state("CadreExchange", each.state, each.person, each.id, exchanges.names(world, each), at)  # fmt: skip
    for registered in training.training(world).registrations:
        if registered.state in _REGISTERED and registered.class_.scene.state != "cancelled":
            names, at = classes.names(world, registered), registered.approved_at or registered.submitted_at  # fmt: skip
            yield _of_state("Registration", registered.state, registered.person, registered.id, names, at)  # fmt: skip
    yield from _of_late_ones(world)


def _of_state(
    noun: str, state: str, person: str, about: str, names: tuple[str, str], at: str
) -> Said:
    word, options = MODEL[noun], MODEL.property(noun, "state").options
    assert options is not None
    found = next(each for each in options.options if each.value == state)
    title = f"{word.zh}：{found.zh}", f"{noun}: {state.replace('_', ' ')}"
    text = f"{names[0]}：{found.zh}。", f"{names[1]}: {found.en}."
    return person, about, f"{word.word}_{state}", at, title, text


def _of_late_ones(world: World) -> Iterator[Said]:
    """Administrator and approver of the association know which decision is late."""
    for index, each in enumerate(decisions.owed(world)):
        if not each.late:
            continue
        by = each.due[:10]
        title = "逾期待办已升级给您", "An overdue decision was passed on to you"
        text = (
            f"{each.names[0]}：应于 {by} 前办理而未办，请您办理或督办。",
            f"{each.names[1]}: it was due by {by} and is not decided; please decide, or see that it is.",
        )
        for sample in samples(world).values():
            if sample.side.base == base_of(each.at) and sample.seat.word in {"approver", "institution-admin"}:  # fmt: skip
                yield sample.id, decisions.task_id(world, index, each), "task_escalated", each.due, title, text  # fmt: skip
