"""What the bench of questions prints and draws, from cells that are made up."""

from __future__ import annotations

import doctest
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest

from bench import kept, load
from bench.kept import between
from bench.load import Cell
from bench.questions import chart, goals, peers, report
from bench.questions.cells import Samples, Task, tasks
from bench.questions.drawn import BEYOND_RAW, COUNT, Facts, drawn, entities, searches
from bench.questions.plans import Hits

REFERENCE = ["q1", "q2", "q3", "q4", "q4b", "q5", "q5b", "q6", "q7", "q8"]
NAMES = [*REFERENCE, "page", "identical", *BEYOND_RAW, "entities100", "entities1000"]
KEYS = {
    "cpuRatioToHandWritten", "cpuRatioToHandWrittenGeometricMean", "throughputRatioById64", "throughputRatioPage64",
    "p99Ms64", "throughputRatioToPeer16", "cpuRatioPeerToHub", "rows10000Ms", "pageDbHits", "fullTextDbHits",
    "groupStatements", "entities100Ms", "entities1000Ms", "heavyRatioToPeer", "heavySharedRatioToPeer", "missingIdDbHits",
}  # fmt: skip
SPEED = {"hub": 1.0, "raw": 2.0, "peer": 8.0}
"""CPU ms of a request, half of it Neo4j's."""


def samples(names: list[str], rounds: int = 4) -> Samples:
    """Cells in which every server takes its time, and twice that in the second round."""
    made = Samples(rounds=rounds)
    for number in range(rounds):
        for task in tasks(names, REFERENCE):
            for server in task.servers(number):
                ms = SPEED[server] * (2 if number == 1 else 1)
                cell = Cell((ms, ms * 2), 1_000 / ms, ms / 2, ms / 2, 0.02)
                made.cells.setdefault((task.name, task.connections, server), {})[number] = cell
    return made


def figures(names: list[str]) -> report.Figures:
    """All figures of such samples."""
    hits: dict[str, Hits] = {name: [7] for name in names}
    costs = report.Costs(hits, [(30, [9]), (900, [4])], dict.fromkeys(REFERENCE, 7))
    return report.figures(samples(names), names, costs)


def test_the_result_has_the_keys_of_the_issue_and_no_others() -> None:
    result = figures(NAMES)["result"]
    assert set(result) == KEYS
    assert [*result["cpuRatioToHandWritten"]] == REFERENCE
    assert result["cpuRatioToHandWritten"]["q1"] == 0.5
    assert result["cpuRatioPeerToHub"]["q1"] == result["heavyRatioToPeer"] == 8.0
    assert result["throughputRatioById64"] == 2.0
    assert result["throughputRatioToPeer16"]["q8"] == 8.0
    assert result["p99Ms64"]["page"] == {"hub": 4.0, "handWritten": 8.0}
    assert result["entities1000Ms"] == 0.5
    assert result["pageDbHits"] == {"row1000": 7, "row12000": 7}
    assert result["fullTextDbHits"] == 9


def test_what_was_left_out_is_null_and_entities_may_not_be_served() -> None:
    result = figures(["q2"])["result"]
    assert result["throughputRatioById64"] is None
    assert result["missingIdDbHits"] is None
    assert result["entities100Ms"] == "not served"
    assert result["cpuRatioToHandWrittenGeometricMean"] == 0.5


def test_a_missed_goal_is_called_missed() -> None:
    result = figures(NAMES)["result"]
    told = goals.table(result)
    assert told.count("\n") == len(goals.goals()) + 1
    assert "| ≥ 3 | 2 (missed) |" in told
    assert "| ≤ 1.1 | **0.5** |" in told
    assert "not measured" in goals.table(figures(["q2"])["result"])


@pytest.mark.parametrize("names", [NAMES, ["q2"]])
def test_the_chart_is_well_formed_and_speaks_both_languages(names: list[str]) -> None:
    drawn_chart = chart.drawn(figures(names))
    root = ET.fromstring(drawn_chart)  # noqa: S314 - our own text
    assert root.tag.endswith("svg")
    for word in ("手写", "hand-written", "筛选", "filtered", "prefers-color-scheme:dark"):
        assert word in drawn_chart


def test_the_table_stands_between_its_marks_in_the_readme() -> None:
    readme = (Path(__file__).parents[2] / "bench" / "README.md").read_text(encoding="utf-8")
    for part in ("questions", "growth"):
        assert between(readme, part, "| new |") != readme


@pytest.mark.parametrize("module", [goals, kept, load], ids=lambda module: module.__name__)
def test_the_examples_in_docstrings_are_true(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed


def test_servers_take_turns() -> None:
    task = Task("q1", 1, ("hub", "raw"), ("peer",))
    first = [task.servers(number)[0] for number in range(7)]
    assert {word: first.count(word) for word in first} == {"hub": 3, "raw": 3, "peer": 1}
    assert ["peer" in task.servers(number) for number in range(7)] == [True, False, False] * 2 + [
        True
    ]


@pytest.fixture(scope="module")
def known() -> Facts:
    """Facts as large as the peers' graph."""
    ids = [f"I-{number:07d}" for number in range(1, 12_501)]
    names = {
        f"{chr(0x4E00 + number)}{chr(0x5200 + number % 37)}质谱仪器": 20 for number in range(400)
    }
    by_owner = {f"O-{number}": ids[number::400] for number in range(1, 400)} | {"O-0": ids[:200]}
    return Facts(ids, names, ["质谱仪器", "色谱仪器"], by_owner)


def test_a_thousand_values_are_drawn_and_are_the_same_each_time(known: Facts) -> None:
    if not peers.PEERS.exists():
        pytest.skip("the reference values lie with the peers, which are not here")
    values = drawn(known)
    assert values == drawn(known)
    for name in NAMES[:-2]:
        assert len(values[name]) >= COUNT
        if name != "identical":
            assert len({repr(each) for each in values[name]}) >= COUNT, name
    assert all(
        1 <= each["offset"] <= 12_480 for name in ("q4", "q4b", "page") for each in values[name]
    )


def test_entities_are_lists_of_different_representations(known: Facts) -> None:
    lists = entities(known, 1_000)
    assert len(lists) * 1_000 == 200_000
    assert len({each["id"] for each in lists[0]["representations"]}) == 1_000


def test_searches_find_more_and_more(known: Facts) -> None:
    counts = [count for count, _ in searches(known)]
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]
