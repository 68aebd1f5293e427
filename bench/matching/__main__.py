"""Whether a matching is proved to be the best at 500 people and 300 posts; see bench/README.md."""

from __future__ import annotations

import argparse
import json
import logging
import os
import time

from bench.kept import keep, machine
from bench.matching.situation import situation
from flows.matching.matched import Matched, matched
from flows.matching.solver import Limits, Stage
from settings import read_settings

PEOPLE, POSTS, SEED = 500, 300, 1
MOST_SECONDS = 540.0


def main() -> int:
    """Exit code 0 when count and imbalance are proved, 1 when the time was over first."""
    logging.basicConfig(format="%(relativeCreated)d ms: %(message)s", level=logging.INFO)
    asked = _arguments()
    given = situation(asked.people, asked.posts, asked.seed)
    began = time.process_time()
    found = matched(given, limits=Limits(asked.seconds))
    cpu_seconds = time.process_time() - began
    solved, floor = found.solved, found.floor
    print(f"greedy: {floor.count} exchanges, imbalance {floor.imbalance}", flush=True)
    for name in ("count", "imbalance", "score"):
        stage: Stage = getattr(solved, name)
        print(
            f"{name}: {stage.value:g}, bound {stage.bound:g}, {stage.status.value}, {stage.seconds} s"
        )
    result = {
        "people": asked.people,
        "posts": asked.posts,
        "variables": solved.size[0],
        "rows": solved.size[1],
        "status": solved.count.status.value,
        "count": int(solved.count.value),
        "bound": int(solved.count.bound),
        "imbalanceStatus": solved.imbalance.status.value,
        "imbalanceBefore": found.before,
        "imbalance": solved.imbalance.value,
        "imbalanceBound": solved.imbalance.bound,
        "fitStatus": solved.score.status.value,
        "fit": int(solved.score.value),
        "fitBound": int(solved.score.bound),
        "circles": found.circles,
        "greedyCount": floor.count,
        "greedyImbalance": floor.imbalance,
        "solver": solved.solver,
        "seconds": found.seconds,
        "cpuSeconds": round(cpu_seconds, 1),
    }
    figures = {"result": result, "loadAverage": os.getloadavg()[0], "machine": machine()}
    is_whole = (asked.people, asked.posts, asked.seed) == (PEOPLE, POSTS, SEED)
    data_folder = read_settings().data_dir.resolve()
    keep("matching", figures, _table(found), "", None if is_whole else data_folder / "bench")
    print(f"RESULT {json.dumps(result)}", flush=True)
    return 0 if solved.is_optimal else 1


def _table(found: Matched) -> str:
    """Markdown."""
    lines = [
        "| objective | first come, first served | found | bound | status | seconds |",
        "|---|---|---|---|---|---|",
    ]
    solved, floor = found.solved, found.floor
    for name, first, stage in (
        ("exchanges", floor.count, solved.count),
        ("imbalance, person-months", floor.imbalance, solved.imbalance),
        ("fit", "", solved.score),
    ):
        lines.append(
            f"| {name} | {first} | {stage.value:g} | {stage.bound:g} | {stage.status.value} | {stage.seconds:.0f} |"
        )
    load = f"Imbalance before: {found.before}. Load average at the end {os.getloadavg()[0]:.1f}, on {os.cpu_count()} cores."
    return "\n".join([*lines, "", load])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.matching")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--posts", type=int, default=POSTS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--seconds", type=float, default=MOST_SECONDS)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
