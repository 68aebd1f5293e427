"""What a viewer owes, in pages; what a task is about; how many notices are unread."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

import orjson

from auth.viewer import Viewer
from graph_store import inbox
from graph_store.commands.machines import Move
from graph_store.commands.machines_of import Lives
from graph_store.inbox import Row, Wanted
from graph_store.reads import Run
from resolvers.pages import CursorMint
from resolvers.refusals import bad_argument, bad_cursor

START = ("", "")


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order with their cursors, and whether there are more."""

    rows: list[tuple[str, Row]]
    has_next: bool
    is_first: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """Reads inboxes; `lives` are the machines by which tasks are decided, `most` the largest page."""

    run: Run
    mint: CursorMint
    clock: Callable[[], datetime]
    lives: Lives
    most: int

    async def page(self, viewer: Viewer, wanted: Wanted, first: int, after: str | None) -> Page:
        """A page of what the viewer owes. Raises GraphQLError for a size or cursor that cannot be, GraphStoreError."""
        if not 0 < first <= self.most:
            raise bad_argument(
                f"inbox: first must be 1 to {self.most}.", f"inbox：first 应为 1 到 {self.most}。"
            )
        question = _digest(wanted)
        place = START if after is None else self._place(after, question)
        rows = await inbox.page(
            self.run, viewer.rights, wanted, self.clock(), after=place, limit=first + 1
        )
        told = [(self.mint.made(question, [each.rank, each.id]), each) for each in rows[:first]]
        return Page(told, len(rows) > first, after is None)

    async def counts(self, viewer: Viewer, institution: str | None) -> tuple[int, int]:
        """How many are open, and overdue. Raises GraphStoreError."""
        return await inbox.counts(self.run, viewer.rights, self.clock(), institution)

    async def unread(self, viewer: Viewer) -> int:
        """How many notices the viewer has not read. Raises GraphStoreError."""
        return await inbox.unread(self.run, viewer.person) if viewer.person else 0

    async def about(self, task: str) -> tuple[str, str]:
        """Noun and id of what the task is about. Raises GraphStoreError."""
        return await inbox.about_task(self.run, task)

    def possible(self, row: Row) -> tuple[Move, ...]:
        """The moves by which the task can be decided as its record stands."""
        life = self.lives.get(row.noun)
        if life is None:
            return ()
        moves = life.machine.possible(row.state)
        return tuple(each for each in moves if each.name in life.decisions and each.by is not None)

    def is_overdue(self, row: Row) -> bool:
        """Whether its time has passed."""
        return datetime.fromisoformat(row.due_at) < self.clock()

    def _place(self, cursor: str, question: str) -> tuple[str, str]:
        keys = self.mint.read(cursor)
        if len(keys) != 3 or keys[0] != question:
            raise bad_cursor()
        return str(keys[1]), str(keys[2])


def _digest(wanted: Wanted) -> str:
    """By which a cursor of another question is told."""
    text = orjson.dumps(["inbox", asdict(wanted)], option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(text, digest_size=12).hexdigest()
