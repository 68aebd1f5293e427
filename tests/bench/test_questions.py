"""The bench's foreign graph is served by the hub's own schema and compiler."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import build_schema, print_schema

from bench.questions.model import MODEL
from schema.root import derived
from web.limits import document_checks

OPERATIONS = Path(__file__).parents[2] / "bench" / "questions" / "operations"


def test_the_schema_of_the_peers_graph_is_valid() -> None:
    assert build_schema(print_schema(derived(MODEL))).query_type


@pytest.mark.parametrize("file", sorted(OPERATIONS.iterdir()), ids=lambda file: file.stem)
def test_an_operation_of_the_bench_is_valid(file: Path) -> None:
    checks = document_checks(introspection=False)
    document = checks.parsed(file.read_text(encoding="utf-8"))
    assert checks.refusals(derived(MODEL), document) == []
