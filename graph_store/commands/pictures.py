"""Machines as administrators read them: a picture, and a table of what each state means and who acts next, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from graph_store.commands.machines import Machine, Move
from graph_store.commands.move_words import move_words
from graph_store.model import MODEL
from graph_store.model.people import ROLE
from graph_store.model.words import Option
from graph_store.rights import Role


def pictured(machine: Machine) -> str:
    """The machine in Markdown: Mermaid, then the table."""
    rows = "\n".join(_row(machine, each) for each in machine.states)
    return f"""\
```mermaid
{machine.mermaid()}
```

| 状态 · State | 含义 · What it means | 接下来谁办 · Who acts next |
|---|---|---|
{rows}"""


def _row(machine: Machine, state: Option) -> str:
    acts = "<br>".join(_act(machine, state, each) for each in machine.possible(state.value))
    return f"| `{state.shown}` {state.zh} | {state.en} | {acts or '— 结束 · it ends here'} |"


def _act(machine: Machine, state: Option, move: Move) -> str:
    zh, en = move_words(move.name)
    days = [
        each.within.days for each in machine.owes.get(state.value, ()) if each.move == move.name
    ]
    due = f"（{days[0]} 天内 · within {days[0]} days）" if days else ""
    who = ", ".join(_who(machine, move))
    return f"{zh} · {en}: {who}{due}"


def _who(machine: Machine, move: Move) -> Iterator[str]:
    """Who makes the move: roles at the institutions of the record, the person it is about, or the hub."""
    if move.by is None:
        yield "枢纽 · the hub"
        return
    hops = MODEL.hops(machine.noun.name)
    for name in move.by.hops:
        roles = sorted(move.by.doing.roles, key=lambda role: _ORDER.index(role.value))
        zh = "、".join(_role(each).zh for each in roles)
        en = " / ".join(each.value for each in roles)
        yield f"{hops[name].zh}的{zh} · {en} at `{name}`"
    for role in sorted(move.by.doing.everywhere, key=lambda each: each.value):
        yield f"{_role(role).zh} · {role.value}"
    if move.by.or_oneself:
        yield "本人 · the person"
    if move.by.not_oneself:
        yield "不得为本人 · never the person"


_ORDER = ROLE.values


def _role(role: Role) -> Option:
    return next(each for each in ROLE.options if each.value == role.value)
