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
        at = each.decided_at or each.submitted_at
        if at is not None and each.state in _GOES_ON:
            title, text = _of_state("CadreExchange", each.state, exchanges.names(world, each))
            yield each.person, each.id, f"cadre_exchange_{each.state}", at, title, text
    for one in training.training(world).registrations:
        if one.state in _REGISTERED:
            at = one.approved_at or one.submitted_at
            title, text = _of_state("Registration", one.state, classes.names(world, one))
            yield one.person, one.id, f"registration_{one.state}", at, title, text
    yield from _of_late_ones(world)


def _of_state(
    noun: str, state: str, names: tuple[str, str]
) -> tuple[tuple[str, str], tuple[str, str]]:
    """Title and text, as the hub tells of a state."""
    options = MODEL.property(noun, "state").options
    assert options is not None
    found = next(each for each in options.options if each.value == state)
    title = f"{MODEL[noun].zh}：{found.zh}", f"{noun}: {state.replace('_', ' ')}"
    return title, (f"{names[0]}：{found.zh}。", f"{names[1]}: {found.en}.")


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
