"""The roots that are neither a noun's nor written by hand: search, paths, neighbourhood, the model itself."""

from __future__ import annotations

from graphql import GraphQLField, GraphQLInterfaceType, GraphQLObjectType

from graph_store.cypher.search import searched
from graph_store.model import Model
from schema.kinds import kinds, relations
from schema.model_query import model_field
from schema.neighbourhood import neighbourhood_field
from schema.paths import edge_property, paths_field
from schema.search import search_field


def roots(
    model: Model, record: GraphQLInterfaceType, page_info: GraphQLObjectType
) -> dict[str, GraphQLField]:
    """The fields by name; a model without searchable properties is not searched."""
    kind, properties = kinds(model), edge_property()
    fields = {
        "model": model_field(model, kind),
        "paths": paths_field(kind, record, page_info, properties, relations(model)),
        "neighbourhood": neighbourhood_field(kind, record, properties),
    }
    if any(searched(noun) for noun in model):
        fields["search"] = search_field(kind, record, page_info)
    return fields
