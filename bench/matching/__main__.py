"""Whether a matching is proved to be the best at 500 people and 300 posts; see bench/README.md."""

from __future__ import annotations

import argparse
import json
import time

from bench.matching.situation import situation
from flows.matching.matched import matched
from flows.matching.solver import Limits, Stage

MOST_SECONDS = 540.0


def main() -> int:
    """Exit code 0 when count and imbalance are proved, 1 when the time was over first."""
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
    figures = {
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
    print(f"RESULT {json.dumps(figures)}", flush=True)
    return 0 if solved.is_optimal else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.matching")
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--posts", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=MOST_SECONDS)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
