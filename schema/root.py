"""One schema: questions derived from the model; written ones and mutations, made with Strawberry."""

from __future__ import annotations

import re

import strawberry
from graphql import GraphQLSchema, lexicographic_sort_schema, print_schema

from graph_store.model import MODEL, Model
from resolvers.languages import in_language
from schema.changes import subscription
from schema.from_model import Types
from schema.graft import graft
from schema.mutations import Mutation
from schema.queries import Query

_DESCRIPTION = re.compile(r'"""(\s*)(.*?)(\s*)"""', re.DOTALL)


def derived(model: Model) -> GraphQLSchema:
    """The schema of a model's questions alone (a foreign graph has no mutations)."""
    types = Types(model)
    return GraphQLSchema(types.query(), types=[types.noun(noun) for noun in model])


def hub_schema() -> GraphQLSchema:
    """The hub's own schema: the model's questions and the written ones, mutations, the events of the change log."""
    written = strawberry.Schema(query=Query, mutation=Mutation)
    # Strawberry has no public way to its graphql-core schema; a test pins this one
    questions = derived(MODEL)
    return graft(questions, written._schema, subscription(questions))  # noqa: SLF001


def printed(schema: GraphQLSchema) -> str:
    """The schema as text, sorted, as it is committed in `schema.graphql`."""
    return print_schema(lexicographic_sort_schema(schema)) + "\n"


def in_one_language(text: str, language: str) -> str:
    """A printed schema with one half of each description."""
    return _DESCRIPTION.sub(lambda found: _in_one(found, language), text)


def _in_one(found: re.Match[str], language: str) -> str:
    lead, text, tail = found.groups()
    return f'"""{lead}{in_language(text, language)}{tail}"""'
