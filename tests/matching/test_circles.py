"""Circles and chains among exchanges."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from flows.matching.circles import figures

_places = st.sampled_from("abcde")
_edges = st.lists(st.tuples(_places, _places).filter(lambda each: each[0] != each[1]), max_size=12)


@given(_edges)
def test_a_figure_is_a_way_along_its_edges_and_no_edge_is_in_two(
    edges: list[tuple[str, str]],
) -> None:
    found = figures(edges)
    for each in found:
        assert [edges[n] for n in each.members] == list(
            zip(each.places, each.places[1:], strict=False)
        )
    assert max(Counter(n for each in found for n in each.members).values(), default=1) == 1


@given(_edges)
def test_what_is_left_beside_the_circles_holds_none(edges: list[tuple[str, str]]) -> None:
    on_circles = {n for each in figures(edges) if each.is_circle for n in each.members}
    rest = {edge for n, edge in enumerate(edges) if n not in on_circles}
    while ends := {place for edge in rest for place in edge} - {start for start, _ in rest}:
        rest = {edge for edge in rest if edge[1] not in ends}
    assert rest == set()


def test_two_that_exchange_are_a_circle() -> None:
    (circle,) = figures([("a", "b"), ("b", "a")])
    assert circle.places == ("a", "b", "a")
    assert circle.is_circle
