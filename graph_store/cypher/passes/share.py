"""A to-one hop with lists below it, under the rows of a page → read once for each record that it leads to.

A hundred instruments of forty owners need forty lists of people, not a hundred. The rows then hold the owner's id, and a
table beside them the owners (`resolvers/plans.py` puts the two together again).
"""

from __future__ import annotations

from dataclasses import replace

from graph_store.cypher.ast import Column, Leaf, Many, One, OnEdge, Question
from graph_store.cypher.rewriting import mentions


def share(question: Question) -> Question:
    """Mark what a root's page reads once for many rows; a nested page has few rows that would share."""
    return replace(question, columns=tuple(_shared(column) for column in question.columns))


def _shared(column: Column) -> Column:
    if not isinstance(column, Many) or not column.items:
        return column
    places = tuple(place for place, each in enumerate(column.columns) if _is_worth_it(each))
    return replace(column, shared=places)


def _is_worth_it(column: Column) -> bool:
    """Lists below cost what sharing saves; values of the edge belong to the row, not to the record at its end."""
    if not isinstance(column, One) or not mentions(column.columns, _is_list):
        return False
    return not any(
        isinstance(each, Leaf) and mentions(each, _is_of_edge) for each in column.columns
    )


def _is_list(node: object) -> bool:
    return isinstance(node, Many)


def _is_of_edge(node: object) -> bool:
    return isinstance(node, OnEdge)
