"""What written resolvers find in `info.context`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from auth.viewer import Viewer
from graph_store.audit import Note, nobody_notes
from graph_store.commands.actors import Actor
from graph_store.commands.lanes import Lane
from resolvers.records import Record


@dataclass(frozen=True, slots=True)
class Context:
    """One request: who asks, for whom commands are done, the lane they go through, and how a record is read back.

    `read(record, info)` reads after the commit what the field selects; None where the viewer may not see it. `note`: into the
    audit log, by the functions of `auth/noting.py`.
    """

    viewer: Viewer
    actor: Actor
    lane: Lane
    read: Callable[[Record, Any], Awaitable[Any]]
    language: str = "zh"
    note: Note = nobody_notes
