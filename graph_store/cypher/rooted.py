"""The columns that only root fields have, each written by a file of its own."""

from __future__ import annotations

from graph_store.cypher.ast import Root
from graph_store.cypher.entities import Entities, WritesRows
from graph_store.cypher.entities import written as entities
from graph_store.cypher.history import History
from graph_store.cypher.history import written as history
from graph_store.cypher.names import Place
from graph_store.cypher.neighbourhood import Neighbourhood
from graph_store.cypher.neighbourhood import written as neighbourhood
from graph_store.cypher.paths import Paths
from graph_store.cypher.paths import written as paths
from graph_store.cypher.search import Search
from graph_store.cypher.search import written as search


def rooted(column: Root, place: Place, writer: WritesRows) -> str:
    """The expression of the column."""
    match column:
        case Search():
            return search(column, place, writer)
        case Paths():
            return paths(column, place, writer)
        case Neighbourhood():
            return neighbourhood(column, place, writer)
        case Entities():
            return entities(column, place, writer)
        case History():
            return history(column, place, writer)
    message = f"no Cypher for the root {type(column).__name__}"
    raise TypeError(message)
