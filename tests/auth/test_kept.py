"""What is kept of the graph: it answers while the watch looks, and never after news of what it follows from."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from auth.kept import Kept
from auth.watch import Heard, Listener


@dataclass
class Looking:
    """A watch whose sight a test sets."""

    is_fresh: bool = True
    listeners: list[Listener] = field(default_factory=list)

    def listen(self, listener: Listener) -> None:
        """Tell this one too."""
        self.listeners.append(listener)

    def tell(self, heard: Heard) -> None:
        """News."""
        for listener in self.listeners:
            listener(heard)


@dataclass
class Reading:
    """Counts how often the graph is asked."""

    value: str | None = "a"
    asked: int = 0

    async def __call__(self) -> str | None:
        """What stands there."""
        self.asked += 1
        return self.value


@pytest.fixture
def watch() -> Looking:
    """It looks."""
    return Looking()


@pytest.fixture
def kept(watch: Looking) -> Kept[str, str]:
    """Values that follow from the record of their own name, at most three."""
    return Kept(watch, lambda _, value: (value,), most=3)


async def test_what_is_kept_is_read_once(kept: Kept[str, str]) -> None:
    read = Reading()
    assert [await kept.get("k", read) for _ in range(5)] == ["a"] * 5
    assert (read.asked, kept.known("k")) == (1, "a")


async def test_what_is_not_there_is_asked_for_each_time(kept: Kept[str, str]) -> None:
    read = Reading(None)
    assert [await kept.get("k", read) for _ in range(3)] == [None] * 3
    assert read.asked == 3


async def test_while_the_watch_is_blind_the_graph_is_asked_each_time(
    kept: Kept[str, str], watch: Looking
) -> None:
    read = Reading()
    await kept.get("k", read)
    watch.is_fresh = False
    assert kept.known("k") is None
    assert [await kept.get("k", read) for _ in range(3)] == ["a"] * 3
    assert read.asked == 4


@pytest.mark.parametrize(
    ("heard", "stays"),
    [
        (Heard(ended=frozenset({"a"})), False),
        (Heard(changed=frozenset({("Person", "a")})), False),
        (Heard(all=True), False),
        (Heard(ended=frozenset({"b"}), changed=frozenset({("Person", "c")})), True),
    ],
)
async def test_news_ends_what_it_concerns_alone(
    kept: Kept[str, str], watch: Looking, heard: Heard, *, stays: bool
) -> None:
    await kept.get("k", Reading())
    watch.tell(heard)
    assert (kept.known("k") == "a") is stays


async def test_what_was_read_while_news_came_is_used_and_not_kept(
    kept: Kept[str, str], watch: Looking
) -> None:
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def read() -> str:
        begun.set()
        await goes_on.wait()
        return "a"

    reading = asyncio.create_task(kept.get("k", read))
    await begun.wait()
    watch.tell(Heard(ended=frozenset({"a"})))
    goes_on.set()
    assert await reading == "a"
    assert kept.known("k") is None


async def test_of_more_than_it_holds_those_used_last_are_kept(kept: Kept[str, str]) -> None:
    for key in "1234":
        await kept.get(key, Reading(key))
        kept.known("1")
    assert [kept.known(key) for key in "1234"] == ["1", None, "3", "4"]
