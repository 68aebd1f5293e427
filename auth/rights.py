"""Rights that were computed, kept until something they follow from changes: `await rights.of(person)`.

What is kept answers only while the watch is fresh, so that a role that is taken or an agreement that is suspended counts on every
worker within a second; a worker that hears nothing asks the graph each time.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress

from auth.watch import Heard, Watch
from graph_store.errors import QueryTookTooLong, StoreIsAway
from graph_store.reads import Run
from graph_store.rights import Rights
from graph_store.rights_of import rights_of

MOST = 10_000

# what everybody's rights may follow from; a person's own roles are logged at the person
_FOR_ALL = frozenset({"Institution", "Agreement", "Clause", "Division", "Delegation"})


class RightsKept:
    """The rights of those who asked last, `most` of them, each for one day."""

    def __init__(self, run: Run, watch: Watch, today: Callable[[], str], most: int = MOST) -> None:
        self._run, self._watch, self._today, self._most = run, watch, today, most
        self._kept: OrderedDict[str, tuple[str, asyncio.Task[Rights]]] = OrderedDict()
        watch.listen(self.hear)

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    async def warm_up(self, run: Run) -> None:
        """Compute nobody's by `run`, which is patient: a fresh server takes seconds to plan the statement, a busy one a minute."""
        # whoever signs on first waits a little longer
        with suppress(QueryTookTooLong, StoreIsAway):
            await rights_of(run, "", self._today())

    async def of(self, holder: str) -> Rights:
        """The rights of a person, or of a service by its token's id, today. Raises GraphStoreError."""
        day = self._today()
        if not self._watch.is_fresh:
            self._kept.pop(holder, None)
            return await rights_of(self._run, holder, day)
        known_day, task = self._kept.get(holder, (None, None))
        if task is None or known_day != day:
            task = self._begin(holder, day)
        self._kept.move_to_end(holder)
        # one computation for all who wait; none of them may cancel it for the others
        return await asyncio.shield(task)

    def hear(self, heard: Heard) -> None:
        """Forget what may have changed; whoever waits for a computation that is under way still gets it, nobody else does."""
        if heard.all or any(noun in _FOR_ALL for noun, _ in heard.changed):
            self._kept.clear()
            return
        people = {id_ for noun, id_ in heard.changed if noun == "Person"}
        for gone in heard.ended | people | self._deputies(people):
            self._kept.pop(gone, None)

    def _deputies(self, people: set[str]) -> set[str]:
        """Those whose rights may follow from these people's, or are not known yet."""
        if not people:
            return set()
        return {
            holder
            for holder, (_, task) in self._kept.items()
            if not _is_known(task) or task.result().principals & people
        }

    def _begin(self, holder: str, day: str) -> asyncio.Task[Rights]:
        task = asyncio.create_task(rights_of(self._run, holder, day))
        self._kept[holder] = (day, task)
        task.add_done_callback(lambda done: self._forget_failed(holder, done))
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return task

    def _forget_failed(self, holder: str, done: asyncio.Task[Rights]) -> None:
        """What could not be computed is tried again by the next who asks."""
        failed = done.cancelled() or done.exception() is not None
        if failed and self._kept.get(holder, (None, None))[1] is done:
            del self._kept[holder]


def _is_known(task: asyncio.Task[Rights]) -> bool:
    return task.done() and not task.cancelled() and task.exception() is None
