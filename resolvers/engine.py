"""All that follows a request for an answer: document → plan → one statement → decoded bytes.

The engine is handed a schema, a model and a way to read; it knows no noun by name, so that any graph that a model describes
can be served (`bench/questions` serves a foreign one).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

import orjson
from graphql import ExecutionResult, GraphQLError, execute
from graphql.execution.values import get_variable_values

from graph_store.coalesce import Coalescer
from graph_store.reads import Run
from resolvers.answer import Answer, Asked
from resolvers.binding import Binding
from resolvers.build import build
from resolvers.build.building import Building
from resolvers.decode import NotAsDeclared
from resolvers.documents import Checks, Documents, Prepared, Refused
from resolvers.pages import BoundPage, CursorMint
from resolvers.plans import Plan, compiled
from resolvers.refusals import not_a_stream
from resolvers.variables import Inspected

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from auth.viewer import Viewer
    from graph_store.model import Model

MOST_ERRORS = 10
MOST_JOINT_ROWS = 100


@dataclass(frozen=True, slots=True)
class Engine:
    """Answers operations over one model; `context` gives what written resolvers find in `info.context`."""

    schema: GraphQLSchema
    model: Model
    documents: Documents
    run: Run
    mint: CursorMint
    today: Callable[[], str]
    most: int
    context: Callable[[Asked, Viewer], object] = lambda _asked, _viewer: None
    coalescer: Coalescer | None = None

    async def answer(self, asked: Asked, viewer: Viewer) -> Answer:
        """The answer as JSON. Raises GraphStoreError."""
        try:
            prepared = self.documents.get(asked.text, asked.operation)
            variables = self.coerced(prepared, asked.variables)
            if prepared.is_subscription:
                raise not_a_stream()
            if not prepared.is_query:
                return await self.walk(prepared, asked, viewer, None)
            return await self._ask(prepared, variables, asked, viewer)
        except Refused as refusal:
            return refused(refusal.errors)
        except GraphQLError as error:
            return refused([error])

    def plan(self, prepared: Prepared, variables: dict[str, Any]) -> Plan:
        """The plan for these variables, compiled at the first use of its kind. Raises GraphQLError."""
        inspected = Inspected(variables, self.mint.nulls)
        plan = prepared.plans.find(inspected)
        if plan is None:
            building = Building(self.model, self.schema, prepared.fragments, inspected)
            plan = compiled(build(building, prepared.operation), self.model)
            prepared.keep(inspected.asked, plan)
        return plan

    def bound(self, variables: dict[str, Any], viewer: Viewer) -> Binding:
        """What this request brings to a plan."""
        return Binding(variables, viewer.grants, self.today())

    def coerced(self, prepared: Prepared, given: dict[str, Any]) -> dict[str, Any]:
        """The variables as their types have them. Raises Refused."""
        definitions = prepared.operation.variable_definitions or ()
        if not definitions:
            return {}
        found = get_variable_values(
            self.schema, definitions, given, max_errors=MOST_ERRORS, hide_suggestions=True
        )
        if isinstance(found, list):
            raise Refused(found[:MOST_ERRORS])
        coerced: dict[str, Any] = found.coerced
        return coerced

    async def _ask(
        self, prepared: Prepared, variables: dict[str, Any], asked: Asked, viewer: Viewer
    ) -> Answer:
        plan = self.plan(prepared, variables)
        parameters, pages = plan.bind(self.bound(variables, viewer), self.mint, self.most)
        found = await self._read(plan, parameters, pages) if plan.reads else []
        record = plan.joined(found)
        if not plan.walked:
            try:
                return Answer(orjson.dumps({"data": plan.strict(record, pages)}), "executed")
            except (NotAsDeclared, KeyError, TypeError):
                pass  # graphql-core says below what is wrong and where
        return await self.walk(prepared, asked, viewer, plan.loose(record, pages))

    async def _read(
        self, plan: Plan, parameters: dict[str, Any], pages: list[BoundPage]
    ) -> list[Any]:
        if self.coalescer is not None and (joinable := plan.joinable) and _is_short(pages):
            return await self.coalescer.run(joinable, parameters)
        return await self.run(plan.statement.text, parameters)

    async def walk(self, prepared: Prepared, asked: Asked, viewer: Viewer, root: Any) -> Answer:
        """graphql-core over a decoded answer: introspection beside data, mutations, and the exact words of errors."""
        result: ExecutionResult | Awaitable[ExecutionResult] = execute(
            self.schema,
            prepared.document,
            root,
            self.context(asked, viewer),
            asked.variables,
            asked.operation,
            max_coercion_errors=MOST_ERRORS,
            hide_suggestions=True,
        )
        done = await result if isawaitable(result) else result
        assert isinstance(done, ExecutionResult)
        return _executed(done)


def open_engine(  # noqa: PLR0913 - the parts of an engine, by keyword
    *,
    schema: GraphQLSchema,
    model: Model,
    checks: Checks,
    run: Run,
    cursor_key: bytes,
    today: Callable[[], str],
    most: int,
    context: Callable[[Asked, Viewer], object] = lambda _asked, _viewer: None,
    run_joint: Run | None = None,
) -> Engine:
    """An engine with empty caches; `most` is the largest page. Without `run_joint` every request goes alone."""
    return Engine(
        schema=schema,
        model=model,
        documents=Documents(schema, checks),
        run=run,
        mint=CursorMint(cursor_key),
        today=today,
        most=most,
        context=context,
        coalescer=None if run_joint is None else Coalescer(run, run_joint),
    )


def _is_short(pages: list[BoundPage]) -> bool:
    """Whether the answer has few rows, so that sixty-four of them still make a small record."""
    rows = 1
    for page in pages:
        rows *= max(page.limit, 1)
    return rows <= MOST_JOINT_ROWS


def _executed(result: ExecutionResult) -> Answer:
    for error in result.errors or ():
        if error.original_error is not None and not isinstance(error.original_error, GraphQLError):
            raise error.original_error
    body: dict[str, Any] = {}
    if result.errors:
        body["errors"] = [error.formatted for error in result.errors[:MOST_ERRORS]]
    return Answer(orjson.dumps(body | {"data": result.data}), "executed")


def refused(errors: list[GraphQLError]) -> Answer:
    """The answer to what is not executed."""
    return Answer(
        orjson.dumps({"errors": [error.formatted for error in errors[:MOST_ERRORS]]}), "refused"
    )
