"""The roots of a federation subgraph: `_entities`, which the engine compiles, and `_service`, its schema as text."""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLList,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLString,
    GraphQLUnionType,
)

from graph_store.model import Model
from schema.fields import field, list_of, object_type, required
from schema.subgraph import subgraph


def federation_fields(model: Model, records: list[GraphQLObjectType]) -> dict[str, GraphQLField]:
    """The two fields, over the types of all nouns."""
    entity = GraphQLUnionType(
        "_Entity",
        records,
        resolve_type=lambda value, *_: value[""],
        description="可由网关按键取得的记录 | A record that a gateway asks for by one of its keys",
    )
    anything = GraphQLScalarType(
        "_Any",
        description='实体表示：类型和一个键 | The type and one key of an entity: {"__typename": "Instrument", "id": "…"}',
    )
    representations = GraphQLArgument(
        list_of(anything), description="实体表示，最多 2,000 个 | Which entities, 2,000 at most"
    )
    return {
        "_entities": field(
            required(GraphQLList(entity)),
            "供联邦网关：按顺序给出实体，缺者为 null",
            "For a federation gateway: the entities in the order asked, null where missing",
            {"representations": representations},
        ),
        "_service": _service(model),
    }


def _service(model: Model) -> GraphQLField:
    """The text is printed at the first request and kept."""
    told: list[dict[str, str]] = []

    def resolve(_source: Any, info: GraphQLResolveInfo[Any]) -> dict[str, str]:
        if not told:
            told.append({"sdl": subgraph(info.schema, model)})
        return told[0]

    sdl = GraphQLField(
        required(GraphQLString),
        description="本子图的 SDL，含联邦指令 | The SDL of this subgraph with federation's directives",
    )
    described = object_type("_Service", "子图", "The subgraph", {"sdl": sdl})
    return GraphQLField(
        required(described),
        resolve=resolve,
        description="供联邦合成：本子图的 SDL | For composition: this subgraph's SDL",
    )
