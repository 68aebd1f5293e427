"""The hub, @neo4j/graphql and hand-written Cypher on one graph in one run; see bench/README.md."""

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.questions import answers, asking, cells, peers, plans, report, servers
from bench.questions.store import store
from settings import read_settings

MOST_SECONDS = 540  # of the ten minutes that a bench may take
WARM_UP_SECONDS = 1.5
CELL_SECONDS = 1.0
MOST_ROUNDS = 5
ABSENT = 2


@dataclass(frozen=True, slots=True)
class Ground:
    """A loaded graph and the three servers over it."""

    uri: str
    store_pid: int
    with_apoc: bool
    servers: list[servers.Server]

    @property
    def environment(self) -> dict[str, str]:
        """For the peers' own programs."""
        return os.environ | {"NEO4J_URI": self.uri}


def main() -> int:
    """Exit code 0 when all answers were equal, 1 when one differed, 2 when there is nothing to compare with."""
    began = time.monotonic()
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(1)
    )  # `make` may end it: what was started ends too
    asked = _arguments()
    if not peers.PEERS.exists():
        print(f"There is nothing to compare with: the peers are not at {peers.PEERS}")
        return ABSENT
    names = asked.ops or asking.operations()
    data_folder = read_settings().data_dir.resolve()
    with ground(data_folder) as over:
        skipped = set() if over.with_apoc else {("peer", "q1")}
        different = answers.differences(over.servers, names, skipped)
        _tell(different, skipped)
        hits, raw_hits = plans.of_hub(over.uri, names), plans.of_raw(over.environment)
        cells.warm(over.servers, names, WARM_UP_SECONDS)
        course = cells.Course(asked.rounds, CELL_SECONDS, began + MOST_SECONDS)
        samples = cells.rounds(over.servers, names, over.store_pid, course)
    print(report.table(samples, names))
    _conclude(
        report.result(samples, names, hits, raw_hits)
        | {"equal": not different, "loadAverage": os.getloadavg()[0]}
    )
    return 1 if different else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.questions", description=__doc__)
    parser.add_argument("--ops", nargs="*", help="only these operations")
    parser.add_argument("--rounds", type=int, default=MOST_ROUNDS)
    return parser.parse_args()


@contextmanager
def ground(data_folder: Path) -> Iterator[Ground]:
    """Everything started, in order; stopped in reverse, also when interrupted."""
    folder = data_folder / "bench" / "questions"
    folder.mkdir(parents=True, exist_ok=True)
    home = peers.installed_peer(folder)
    with ExitStack() as stack:
        over = stack.enter_context(store(data_folder, folder))
        peers.load(os.environ | {"NEO4J_URI": over.uri})
        started = [
            stack.enter_context(servers.hub(over.uri, folder / "hub.log")),
            stack.enter_context(servers.raw(over.uri, folder / "raw.log")),
            stack.enter_context(
                servers.peer(over.uri, folder / "peer.log", home, with_instants=over.with_apoc)
            ),
        ]
        yield Ground(over.uri, over.pid, over.with_apoc, started)


def _tell(different: list[str], skipped: set[tuple[str, str]]) -> None:
    for line in different:
        print(f"!! {line}")
    for server, name in sorted(skipped):
        print(
            f"{name} of {server}: without createdAt, since APOC core could not be had; not compared"
        )
    left_out = [name for name in peers.variables() if name not in asking.operations()]
    if left_out:
        print(f"left out: {', '.join(left_out)} (the hub has no such operation yet)")


def _conclude(figures: dict[str, Any]) -> None:
    sys.stdout.flush()
    print(f"RESULT {json.dumps(figures)}")


if __name__ == "__main__":
    sys.exit(main())
