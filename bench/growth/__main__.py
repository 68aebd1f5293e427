"""Whether answers stay as quick when the graph is ten times as large; see bench/README.md."""

import argparse
import asyncio
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.growth import report
from bench.kept import keep, machine, versions
from bench.load import Load, measured
from bench.questions import asking, drawn, peers, plans, servers
from bench.questions.asking import Rows
from bench.questions.cells import HUB, STRIDE, Samples
from bench.questions.drawn import Values
from bench.questions.servers import Server
from bench.questions.store import kept_store
from settings import read_settings

MOST_SECONDS = 560
SCALES = (1, 10)
ROUNDS = 7
PROFILED = 12
ABSENT = 2


@dataclass(frozen=True, slots=True)
class Size:
    """One scale: its Neo4j, the hub over it, and what that is asked; `asked` is the same as variables."""

    scale: int
    uri: str
    store_pid: int
    hub: Server
    requests: dict[str, list[bytes]]
    asked: list[tuple[str, Values]]


def main() -> int:
    """Exit code 0 when all is measured, 2 when the peers' graph is not there to be loaded."""
    began = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if not peers.PEERS.exists():
        print(f"There is no graph to load: the peers are not at {peers.PEERS}")
        return ABSENT
    asked = _arguments()
    data_folder = read_settings().data_dir.resolve()
    with sizes(data_folder) as (small, large):
        names = [name for name, _ in small.asked]
        costs = [asyncio.run(plans.profiled(each.uri, each.asked)) for each in (small, large)]
        _rounds([small, large], 1, asked.warm, began)
        samples = _rounds([small, large], asked.rounds, asked.seconds, began)
    figures = {
        "result": report.result(samples, names, costs),
        "rounds": samples.rounds,
        "minutes": round((time.monotonic() - began) / 60, 1),
        "loadAverage": os.getloadavg()[0],
        "machine": machine(),
        "versions": versions(),
    }
    is_whole = samples.rounds >= ROUNDS
    table = report.table(figures)
    keep("growth", figures, table, "", None if is_whole else data_folder / "bench")
    print(table)
    print(f"RESULT {json.dumps(figures['result'])}")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.growth", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=1.0, help="of a cell")
    parser.add_argument("--warm", type=float, default=3.0, help="seconds an operation")
    return parser.parse_args()


@contextmanager
def sizes(data_folder: Path) -> Iterator[list[Size]]:
    """Both graphs with a hub over each, side by side."""
    with ExitStack() as stack:
        yield [stack.enter_context(_size(data_folder, scale)) for scale in SCALES]


@contextmanager
def _size(data_folder: Path, scale: int) -> Iterator[Size]:
    """One graph; once loaded it stays in the folder, since the large one takes minutes."""
    folder = data_folder / "bench" / "growth" / f"scale{scale}"
    loaded = folder / "loaded"
    if not loaded.exists():
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    with kept_store(data_folder, folder / "server", folder / "no-plugins") as over:
        if not loaded.exists():
            peers.load(os.environ | {"NEO4J_URI": over.uri}, scale)
            loaded.touch()
        with servers.hub(over.uri, folder / "hub.log") as hub:
            yield _asked(scale, over.uri, over.pid, hub)


def _asked(scale: int, uri: str, store_pid: int, hub: Server) -> Size:
    known = asyncio.run(drawn.facts(uri))
    rows = Rows(known.ids, asking.cursors(hub, len(known.ids)))
    values = {name: each for name, each in drawn.drawn(known).items() if name in report.NAMES}
    requests = {name: asking.requests(hub, name, each, rows) for name, each in values.items()}
    asked = [
        (name, asking.hub_variables(each, rows))
        for name, found in values.items()
        for each in found[:PROFILED]
    ]
    return Size(scale, uri, store_pid, hub, requests, asked)


def _rounds(both: list[Size], rounds: int, seconds: float, began: float) -> Samples:
    """Cells of one connection, in turning order."""
    samples = Samples()
    for number in range(rounds):
        if number and time.monotonic() - began > MOST_SECONDS - 30:
            break
        for name in report.NAMES:
            for size in both[:: -1 if number % 2 else 1]:
                load = Load(size.hub.port, size.requests[name], 1, seconds, number * STRIDE)
                cell = measured(load, size.hub.pid, size.store_pid)
                key = (name, size.scale, HUB)
                samples.cells.setdefault(key, {})[number] = cell
        samples.rounds = number + 1
    return samples


if __name__ == "__main__":
    sys.exit(main())
