"""A record that a mutation or an event names, read as the client selected it: the bridge from written to derived types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resolvers.build import looked_up
from resolvers.build.building import Building
from resolvers.plans import compiled
from resolvers.variables import Inspected

if TYPE_CHECKING:
    from graphql import GraphQLResolveInfo

    from auth.viewer import Viewer
    from resolvers.engine import Engine


@dataclass(frozen=True, slots=True)
class Record:
    """A record by noun and id, as commands answer with it."""

    noun: str
    id: str


@dataclass(frozen=True, slots=True)
class RecordReader:
    """Reads records for one viewer with the engine's own compiler: one statement a record, or one for all that are asked at once."""

    engine: Engine
    viewer: Viewer

    async def __call__(
        self, record: Record, info: GraphQLResolveInfo[Any]
    ) -> dict[str, Any] | None:
        """The record loosely decoded, for graphql-core to walk; None where the viewer may not see it."""
        engine, variables = self.engine, info.variable_values.coerced
        building = Building(
            engine.model, engine.schema, info.fragments, Inspected(variables, engine.mint.nulls)
        )
        plan = compiled(looked_up(building, record.noun, info.field_nodes, record.id), engine.model)
        parameters, pages = plan.bind(
            engine.bound(variables, self.viewer), engine.mint, engine.most
        )
        answer = plan.loose(await engine.read(plan, parameters), pages)
        await engine.noted(plan, pages, self.viewer)
        found: dict[str, Any] | None = answer["record"]
        return found
