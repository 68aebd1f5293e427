"""The hub, @neo4j/graphql and hand-written Cypher on one graph in one run; see bench/README.md."""

import argparse
import asyncio
import gc
import json
import os
import signal
import sys
import time
from typing import Any

from bench.kept import keep, machine, versions
from bench.questions import answers, asking, cells, chart, peers, plans, report
from bench.questions.ground import BEYOND_RAW, ENTITIES, Ground, ground
from settings import read_settings

MOST_SECONDS = 560  # of the ten minutes that a bench may take
WARM_UP_SECONDS = 1.0
CELL_SECONDS = 1.0
ROUNDS = 7
ABSENT = 2
FURTHER = ("page", "identical", *BEYOND_RAW, *ENTITIES)


def main() -> int:
    """Exit code 0 when all answers were equal, 1 when one differed, 2 when there is nothing to compare with."""
    began = time.monotonic()
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(1)
    )  # `make` may end it: what was started ends too
    if not peers.PEERS.exists():
        print(f"There is nothing to compare with: the peers are not at {peers.PEERS}")
        return ABSENT
    asked = _arguments()
    data_folder = read_settings().data_dir.resolve()
    with ground(data_folder) as over:
        wanted = asked.ops or [*asking.operations(), *FURTHER]
        names = [name for name in wanted if name in over.values]
        different = _different(over, names)
        costs = _costs(over, names)
        wanted_tasks = cells.tasks(names, asking.operations())
        gc.freeze()  # the requests stay: the collector need not look at them while it is timed
        cells.warm(over.field, wanted_tasks, asked.warm)
        course = cells.Course(asked.rounds, asked.seconds, began + MOST_SECONDS)
        samples = cells.rounds(over.field, wanted_tasks, course)
    figures = report.figures(samples, names, costs) | {
        "differences": different,
        "minutes": round((time.monotonic() - began) / 60, 1),
        "loadAverage": os.getloadavg()[0],
        "machine": machine(),
        "versions": versions(peers.PEERS / "package.json"),
    }
    is_whole = not asked.ops and samples.rounds >= ROUNDS and asked.seconds >= CELL_SECONDS
    _conclude(figures, None if is_whole else data_folder / "bench")
    return 1 if different else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.questions", description=__doc__)
    parser.add_argument("--ops", nargs="*", help="only these operations")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=CELL_SECONDS, help="of a cell")
    parser.add_argument("--warm", type=float, default=WARM_UP_SECONDS, help="seconds a server")
    return parser.parse_args()


def _different(over: Ground, names: list[str]) -> list[str]:
    """What is not answered alike, as lines, which are printed too."""
    hub, raw, peer = (over.field.servers[name] for name in ("hub", "raw", "peer"))
    requests = over.field.requests
    of_raw = [name for name in names if name in asking.operations() or name == "page"]
    of_peer = [name for name in of_raw if name != "page" and (peer.with_instants or name != "q1")]
    heavy = [name for name in names if name in BEYOND_RAW]
    found = answers.differences(raw, hub, of_raw, requests)
    found += answers.differences(raw, peer, of_peer, requests)
    found += answers.differences(peer, hub, heavy, requests)
    for name in ENTITIES:
        if name in names:
            found += answers.misplaced(hub, over.values[name], requests[name, hub.name])
    for line in found:
        print(f"!! {line}")
    if not peer.with_instants:
        print("q1 of peer: without createdAt, since APOC core could not be had; not compared")
    if not over.serves_entities:
        print("entities: not served")
    return found


def _costs(over: Ground, names: list[str]) -> report.Costs:
    """By PROFILE: each operation of the hub, searches for rarer and commoner words, and raw's statements."""
    asked = [over.asked_of_hub(name) for name in names]
    asked += [("q8", values) for _, values in over.searches]
    found = asyncio.run(plans.profiled(over.uri, asked))
    counts = [count for count, _ in over.searches]
    return report.Costs(
        dict(zip(names, found[: len(names)], strict=True)),
        list(zip(counts, found[len(names) :], strict=True)),
        plans.of_raw(over.environment),
    )


def _conclude(figures: dict[str, Any], folder: Any) -> None:
    """Keep the figures, in the checkout when the run was whole, and end with the RESULT line."""
    keep("questions", figures, report.table(figures), chart.drawn(figures), folder)
    print(report.table(figures))
    sys.stdout.flush()
    print(f"RESULT {json.dumps(figures['result'])}")


if __name__ == "__main__":
    sys.exit(main())
