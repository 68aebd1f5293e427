"""What is due by itself: found in the graph, done by one command of the hub's for each record, found again until nothing is left."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ulid import ULID

from flows.desk import Desk, at_desk, current
from flows.recording import recorded
from flows.reports import Report
from graph_store.commands.commands import Decision
from graph_store.commands.facts import Fact
from graph_store.commands.machines import Step

ROUNDS_MOST = 100
AT_ONCE = 32

Find = Callable[[Desk], Awaitable[list[str]]]
Given = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Due:
    """A kind of work: `find` gives ids of records, `decision` does it, `given` makes its input of an id.

    `again`: one command may not do all of it, so a record that is still found is taken again.
    """

    find: Find
    decision: Decision[Any, Any]
    zh: str
    en: str
    given: Given = Step
    again: bool = False


async def found(kinds: Iterable[Due]) -> list[str]:
    """The ids of everything that is due."""
    desk = at_desk()
    return [id_ for each in kinds for id_ in await each.find(desk)]


async def worked_off(*kinds: Due, looked_for: Sequence[Due] = ()) -> Report:
    """All of these kinds in their order, on record as serving what the errands name and what is found, of all or of `looked_for`."""
    named = (each.subject for each in current().errands)
    async with recorded([*named, *await found(looked_for or kinds)]) as report:
        for each in kinds:
            await carry_out(each, report)
    return report


async def carry_out(kind: Due, report: Report) -> None:
    """Do it for whatever is found, until nothing is left that can be done."""
    done: set[str] = set()
    for _ in range(ROUNDS_MOST):
        left = [each for each in await kind.find(at_desk()) if each not in done]
        if not left:
            return
        for start in range(0, len(left), AT_ONCE):
            some = left[start : start + AT_ONCE]
            went_on = await asyncio.gather(*(_one(kind, each, report) for each in some))
            done |= {id_ for id_, goes in zip(some, went_on, strict=True) if not goes}


async def _one(kind: Due, id_: str, report: Report) -> bool:
    """Whether the record may be taken again. The key is new each time: what refuses now may not do so later."""
    outcome = await at_desk().do(
        kind.decision, f"{kind.decision.name}/{id_}/{ULID()}", kind.given(id_)
    )
    if isinstance(outcome, Fact):
        zh, en = what_it_is(outcome)
        report.note(f"{id_} 未办：{zh}", f"{id_} was left: {en}", id_)
        return False
    report.did(f"{kind.zh} 1 项", f"{kind.en}: 1", id_)
    return kind.again


def what_it_is(fact: Fact) -> tuple[str, str]:
    """The kind of fact in both languages, without what it tells of the case: a report is read by the whole network."""
    zh, _, en = (type(fact).__doc__ or type(fact).__name__).partition(" | ")
    return zh, en.rstrip(".") or zh
