"""A record that a mutation or an event names, read as the client selected it: the bridge from written to derived types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resolvers.build import looked_up
from resolvers.build.building import Building
from resolvers.plans import Plan, Selected, compiled
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
        plan = self._plan(record.noun, info, Inspected(variables, engine.mint.nulls))
        binding = engine.bound(variables, self.viewer, record.id)
        parameters, pages = plan.bind(binding, engine.mint, engine.most)
        answer = plan.loose(await engine.read(plan, parameters), pages)
        await engine.noted(plan, pages, self.viewer)
        found: dict[str, Any] | None = answer["record"]
        return found

    def _plan(self, noun: str, info: GraphQLResolveInfo[Any], inspected: Inspected) -> Plan:
        """Compiled at the first use of its kind."""
        engine, nodes = self.engine, info.field_nodes
        place = (noun, *map(id, nodes))
        selected = engine.selections.get(place)
        if selected is None:
            selected = Selected(nodes)
            engine.selections.put(place, selected)
        plan = selected.plans.find(inspected)
        if plan is None:
            building = Building(engine.model, engine.schema, info.fragments, inspected)
            plan = compiled(looked_up(building, noun, nodes), engine.model)
            selected.plans.keep(inspected.asked, plan)
        return plan
