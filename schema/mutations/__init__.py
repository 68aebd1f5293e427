"""What a client may change: one file a noun; `Mutation` is all of it, to be grafted onto the derived types."""

from __future__ import annotations

import strawberry
from graphql import GraphQLSchema
from strawberry.tools import create_type

from schema.mutations.affiliations import AFFILIATIONS
from schema.mutations.agreements import AGREEMENTS
from schema.mutations.clauses import CLAUSES
from schema.mutations.institutions import INSTITUTIONS
from schema.mutations.instruments import INSTRUMENTS
from schema.mutations.people import PEOPLE
from schema.mutations.projects import PROJECTS

Mutation = create_type(
    "Mutation",
    [
        *INSTITUTIONS,
        *PEOPLE,
        *AFFILIATIONS,
        *INSTRUMENTS,
        *PROJECTS,
        *AGREEMENTS,
        *CLAUSES,
    ],
    description="全部变更 | All mutations",
)


@strawberry.type
class _Nothing:
    """A schema needs a query; the graft puts the derived one in its place."""

    nothing: bool


def written() -> GraphQLSchema:
    """The mutations as a schema of their own, to be grafted (`schema.graft`)."""
    # Strawberry keeps its graphql-core schema private; `tests/schema` pins that it is there
    schema: GraphQLSchema = strawberry.Schema(query=_Nothing, mutation=Mutation)._schema  # noqa: SLF001 - see above
    return schema


__all__ = ["Mutation", "written"]
