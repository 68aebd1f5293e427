"""All that follows a request for an answer: document → plan → one statement → decoded bytes.

The engine is handed a schema, a model and a way to read; it knows no noun by name, so that any graph that a model describes
can be served (`bench/questions` serves a foreign one).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from inspect import isawaitable
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, Literal

import orjson
from graphql import ExecutionResult, Executor, GraphQLError

from graph_store.coalesce import Coalescer
from graph_store.reads import Run
from resolvers.accounts import Account, explain_is_off
from resolvers.answer import Answer, Asked
from resolvers.binding import Binding
from resolvers.build import build
from resolvers.build.building import Building
from resolvers.decode import NotAsDeclared
from resolvers.documents import MOST_ERRORS, Checks, Documents, Prepared, Refused
from resolvers.languages import spoken
from resolvers.pages import CursorMint
from resolvers.personal import NotePersonal, nobody_notes
from resolvers.plans import MOST_SELECTIONS, Plan, Recent, Selected, compiled
from resolvers.pricing import Pricing
from resolvers.refusals import not_a_stream
from resolvers.variables import Inspected

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from auth.viewer import Viewer
    from graph_store.model import Model
    from resolvers.decode import Bound
    from resolvers.personal import PersonalRead

MOST_JOINT_HITS = (
    2_000.0  # of one member; sixty-four of them still read less than one page of a whole noun
)


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
    pricing: Pricing = field(default_factory=Pricing)
    note_personal: NotePersonal = nobody_notes
    selections: Recent[Selected] = field(default_factory=lambda: Recent(MOST_SELECTIONS))
    """What mutations select on the records that they name."""

    async def answer(self, asked: Asked, viewer: Viewer) -> Answer:
        """The answer as JSON. Raises GraphStoreError."""
        if asked.cost == "explained" and self.pricing.profiled is None:
            return refused([explain_is_off()])
        try:
            prepared = self.documents.get(asked.text, asked.operation)
            if prepared.is_mutation:
                return await self.walk(prepared, asked, viewer, None)
            variables = prepared.coerce(asked.variables)
            if isinstance(variables, list):
                return refused(variables)
            if prepared.is_subscription:
                raise not_a_stream()
            return await self._ask(prepared, variables, asked, viewer)
        except Refused as refusal:
            return refused(refusal.errors)
        except GraphQLError as error:
            return refused([error])

    def plan(self, prepared: Prepared, variables: dict[str, Any]) -> Plan:
        """The plan for these variables, compiled at the first use of its kind. Raises GraphQLError."""
        inspected = Inspected(variables, self.mint.nulls)
        plan, scarce = prepared.plans.find(inspected), self.pricing.statistics().scarce
        # what is scarce changes which text is the cheap one, hardly ever
        if plan is None or plan.scarce != scarce:
            building = Building(self.model, self.schema, prepared.fragments, inspected)
            plan = compiled(build(building, prepared.operation), self.model, scarce)
            prepared.plans.keep(inspected.asked, plan)
        return plan

    def bound(
        self, variables: dict[str, Any], viewer: Viewer, record: str | None = None
    ) -> Binding:
        """What this request brings to a plan; `record`: the id of the one that its deed names."""
        return Binding(variables, viewer.parameters, self.today(), record)

    async def _ask(
        self, prepared: Prepared, variables: dict[str, Any], asked: Asked, viewer: Viewer
    ) -> Answer:
        plan = self.plan(prepared, variables)
        parameters, pages = plan.bind(self.bound(variables, viewer), self.mint, self.most)
        price = self.pricing.price(plan, parameters)
        if asked.cost != "no":
            account = Account(price, self.pricing.budget)
            record = plan.joined(await self._accounted(plan, parameters, asked, account))
            walked = await self.walk(prepared, asked, viewer, plan.loose(record, pages))
            told = replace(walked, body=account.added(walked.body, plan.shape))
            return await self._noted(told, plan, pages, viewer)
        found = await self._read(plan, parameters, price) if plan.reads else []
        record = plan.joined(found)
        if not plan.walked:
            try:
                body = orjson.dumps({"data": plan.strict(record, pages)})
            except (NotAsDeclared, KeyError, TypeError):
                pass  # graphql-core says below what is wrong and where
            else:
                return await self._noted(Answer(body, "executed"), plan, pages, viewer)
        walked = await self.walk(prepared, asked, viewer, plan.loose(record, pages))
        return await self._noted(walked, plan, pages, viewer)

    async def _noted(
        self, answer: Answer, plan: Plan, pages: list[Bound], viewer: Viewer
    ) -> Answer:
        reads = await self.noted(plan, pages, viewer)
        return replace(answer, personal=reads) if reads else answer

    async def noted(
        self, plan: Plan, pages: list[Bound], viewer: Viewer
    ) -> tuple[PersonalRead, ...]:
        """The personal data that was decoded, once it is noted who was given it. Raises what the hook raises."""
        reads = plan.told(pages)
        if plan.asks_by and viewer.parameters["personal"] and viewer.is_signed_on:
            reads += plan.asks_by
        if reads:
            await self.note_personal(viewer, reads)
        return reads

    async def read(self, plan: Plan, parameters: dict[str, Any]) -> list[Any]:
        """What a plan reads, together with its like where it is cheap. Raises GraphStoreError."""
        return await self._read(plan, parameters, self.pricing.price(plan, parameters))

    async def _read(self, plan: Plan, parameters: dict[str, Any], price: float) -> list[Any]:
        if price <= MOST_JOINT_HITS and self.coalescer is not None and (joinable := plan.joinable):
            return await self.coalescer.run(joinable, parameters)
        return await self.run(plan.statement.text, parameters)

    async def _accounted(
        self, plan: Plan, parameters: dict[str, Any], asked: Asked, account: Account
    ) -> list[Any]:
        """Read alone, and note in the account what was done."""
        if not plan.reads:
            return []
        account.statements, text = 1, plan.statement.text
        if asked.cost == "figures" or self.pricing.profiled is None:
            return await self.run(text, parameters)
        found, profile = await self.pricing.profiled(text, parameters)
        account.explained = (text, profile)
        return found

    async def walk(self, prepared: Prepared, asked: Asked, viewer: Viewer, root: Any) -> Answer:
        """graphql-core over a decoded answer: introspection beside data, mutations, and the exact words of errors."""
        executor = Executor.build(
            self.schema,
            prepared.document,
            root,
            self.context(asked, viewer),
            asked.variables,
            asked.operation,
            max_coercion_errors=MOST_ERRORS,
            hide_suggestions=True,
        )
        if isinstance(executor, list):
            return refused(executor)  # of the variables: nothing was executed
        result = executor.execute_operation()
        done = await result if isawaitable(result) else result
        assert isinstance(done, ExecutionResult)
        if done.errors and not any(error.path for error in done.errors):
            return refused(done.errors)  # of the operation itself: nothing was executed
        if done.data is not None:
            for key in prepared.introspected & done.data.keys():
                done.data[key] = spoken(done.data[key], asked.introspection_language)
        return _executed(done, prepared.operation.operation.value)


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
    pricing: Pricing | None = None,
    note_personal: NotePersonal = nobody_notes,
) -> Engine:
    """An engine with empty caches; `most` is the largest page. Without `run_joint` every request goes alone.

    Without `pricing` nothing is too dear; without `note_personal` nobody is given another's personal data.
    """
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
        pricing=pricing or Pricing(),
        note_personal=note_personal,
    )


def _executed(
    result: ExecutionResult, operation: Literal["query", "mutation", "subscription"]
) -> Answer:
    for error in result.errors or ():
        if error.original_error is not None and _is_ours(error.original_error):
            raise error.original_error
    body: dict[str, Any] = {}
    if result.errors:
        body["errors"] = [error.formatted for error in result.errors[:MOST_ERRORS]]
    kind: Literal["executed", "partial"] = "partial" if body else "executed"
    return Answer(orjson.dumps(body | {"data": result.data}), kind, operation)


def _is_ours(error: Exception) -> bool:
    """Whether a resolver failed. What graphql-core raises itself (null where there must be a value) is the client's to know."""
    *_, (frame, _) = walk_tb(error.__traceback__)
    raised_in: str = frame.f_globals["__name__"]
    return not isinstance(error, GraphQLError) and not raised_in.startswith("graphql.")


def refused(errors: list[GraphQLError]) -> Answer:
    """The answer to what is not executed."""
    code = (errors[0].extensions or {}).get("code", "invalid")
    told = [error.formatted for error in errors[:MOST_ERRORS]]
    return Answer(orjson.dumps({"errors": told}), "refused", code=code)
