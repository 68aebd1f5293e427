"""One schema: questions derived from the model, mutations written with Strawberry."""

from __future__ import annotations

from graphql import GraphQLSchema, lexicographic_sort_schema, print_schema

from graph_store.model import MODEL, Model
from schema.from_model import Types


def derived(model: Model) -> GraphQLSchema:
    """The schema of a model's questions alone (a foreign graph has no mutations)."""
    types = Types(model)
    return GraphQLSchema(types.query(), types=[types.noun(noun) for noun in model])


def hub_schema() -> GraphQLSchema:
    """The hub's own schema."""
    return derived(MODEL)


def printed(schema: GraphQLSchema) -> str:
    """The schema as text, sorted, as it is committed in `schema.graphql`."""
    return print_schema(lexicographic_sort_schema(schema)) + "\n"
