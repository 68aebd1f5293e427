"""What the commands print: results to standard output, progress to standard error."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as Bars

from graph_store.local_server.progress import Progress


def print_object(result: Mapping[str, Any]) -> None:
    """One JSON object as one line of standard output, for a program to read."""
    print(orjson.dumps(result, default=str).decode(), flush=True)  # noqa: T201 - this is the output


def print_line(text: str) -> None:
    """One line of standard output, at once, for a person."""
    print(text, flush=True)  # noqa: T201 - this is the output


def print_to_person(text: str) -> None:
    """One line beside the output, which a program reads."""
    Console(stderr=True, soft_wrap=True).print(text, markup=False, highlight=False)


def print_error(text: str) -> None:
    """One message on standard error."""
    Console(stderr=True, soft_wrap=True).print(text, markup=False, highlight=False, style="red")


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """A listener to long work: moving bars on a terminal, plain lines elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=console) as bars:
        yield _Bars(bars)


@dataclass(slots=True)
class _Bars:
    bars: Bars
    tasks: dict[str, TaskID] = field(default_factory=dict)

    def __call__(self, what: str, done: int, total: int) -> None:
        if what not in self.tasks:
            self.tasks[what] = self.bars.add_task(what, total=None)
        self.bars.update(self.tasks[what], completed=done, total=total or None)


@dataclass(slots=True)
class _Lines:
    """Says each tenth of the work, or each five counts where the whole is not known."""

    console: Console
    said: tuple[str, int] = ("", 0)

    def __call__(self, what: str, done: int, total: int) -> None:
        step = done * 10 // total if total else done // 5
        if (what, step) != self.said:
            self.said = (what, step)
            far = f"{done:,} of {total:,}" if total > 1 else "done" if total else "…"
            self.console.print(what, far, markup=False, highlight=False, soft_wrap=True)
            self.console.file.flush()
