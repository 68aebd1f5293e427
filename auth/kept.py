"""What was read from the graph and is kept while the watch can tell when it no longer holds."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable, Hashable, Iterable
from typing import Generic, Protocol, TypeVar

from auth.watch import Heard, Listener

MOST_KEPT = 10_000

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Watching(Protocol):
    """As much of the watch as is needed here."""

    @property
    def is_fresh(self) -> bool:
        """Whether it has looked a moment ago."""
        ...

    def listen(self, listener: Listener) -> None:
        """Tell this one too."""
        ...


class Kept(Generic[K, V]):
    """Values by key, the `most` that were used last; news of any id that `follows_from` names ends a value.

    What is read while news comes is used but not kept: it may be from before.
    """

    def __init__(
        self,
        watch: Watching,
        follows_from: Callable[[K, V], Iterable[str]],
        most: int = MOST_KEPT,
    ) -> None:
        self._watch, self._follows_from, self._most = watch, follows_from, most
        self._values: OrderedDict[K, V] = OrderedDict()
        self._by_id: defaultdict[str, set[K]] = defaultdict(set)
        self._news = 0
        watch.listen(self.hear)

    def known(self, key: K) -> V | None:
        """The value that is kept; None also while the watch is blind."""
        value = self._values.get(key)
        if value is None or not self._watch.is_fresh:
            return None
        self._values.move_to_end(key)
        return value

    async def get(self, key: K, read: Callable[[], Awaitable[V | None]]) -> V | None:
        """The value, read where it is not kept; what is None is not kept. Raises what `read` raises."""
        if (value := self.known(key)) is not None:
            return value
        news = self._news
        value = await read()
        if value is not None and news == self._news and self._watch.is_fresh:
            self._keep(key, value)
        return value

    def hear(self, heard: Heard) -> None:
        """Forget what the news concerns."""
        self._news += 1
        if heard.all:
            self._values.clear()
            self._by_id.clear()
            return
        for id_ in (*heard.ended, *(id_ for _, id_ in heard.changed)):
            for key in tuple(self._by_id.get(id_, ())):
                self._forget(key)

    def _keep(self, key: K, value: V) -> None:
        self._forget(key)
        self._values[key] = value
        for id_ in self._follows_from(key, value):
            self._by_id[id_].add(key)
        if len(self._values) > self._most:
            self._forget(next(iter(self._values)))

    def _forget(self, key: K) -> None:
        value = self._values.pop(key, None)
        if value is None:
            return
        for id_ in self._follows_from(key, value):
            self._by_id[id_].discard(key)
            if not self._by_id[id_]:
                del self._by_id[id_]
