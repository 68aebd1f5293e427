"""The roots that are neither a noun's nor written by hand: search, paths, neighbourhood, the model itself."""

from __future__ import annotations

from graphql import GraphQLField, GraphQLInterfaceType, GraphQLObjectType

from graph_store.cypher.search import searched
from graph_store.model import Model
from schema.history import history_field
from schema.kinds import kinds, relations
from schema.model_query import model_field
from schema.neighbourhood import neighbourhood_field
from schema.paths import edge_property, paths_field
from schema.search import search_field


def roots(
    model: Model,
    record: GraphQLInterfaceType,
    page_info: GraphQLObjectType,
    who: tuple[GraphQLObjectType, GraphQLObjectType] | None,
) -> dict[str, GraphQLField]:
    """The fields by name; a model without searchable properties is not searched, nor has one without people and imports (`who`) a log."""
    kind, properties = kinds(model), edge_property()
    fields = {
        "model": model_field(model, kind),
        "paths": paths_field(kind, record, page_info, properties, relations(model)),
        "neighbourhood": neighbourhood_field(kind, record, properties),
    }
    if who is not None:
        fields["history"] = history_field(record, *who, page_info, properties)
    if any(searched(noun) for noun in model):
        fields["search"] = search_field(kind, record, page_info)
    return fields
