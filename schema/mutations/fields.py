"""A mutation from its decision: requestKey, dryRun, a typed input; a union of the deed and every fact it may answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from functools import cache, partial
from keyword import iskeyword
from typing import Annotated, Any, Union

import strawberry
from strawberry.types.field import StrawberryField

from graph_store.commands.commands import Decision
from graph_store.commands.facts import ALWAYS, Fact, Written
from graph_store.commands.records import Rules
from graph_store.model import MODEL
from resolvers.commands.doing import do
from resolvers.commands.inputs import edited_record, ended_record, new_record
from resolvers.context import Context
from resolvers.records import Record
from schema.facts import fact_type, shown
from schema.mutations.inputs import Given, create_fields, edit_fields, end_fields, input_type
from schema.placeholders import leaf, placeholder

Complete = Callable[[Context, Any], Awaitable[Any]]
ShowDeed = Callable[..., Any]
NoteDeed = Callable[[Context, Any, str], Awaitable[None]]

KEY = "请求键：同一操作者以同一键重发，只执行一次 | The same actor's same key is the same request, done once"
IS_DRY_RUN = "是否试运行 | Whether it was a dry run, which writes nothing"
DRY_RUN = "试运行：检查全部规则，不写入 | Check all rules, write nothing"

Info = strawberry.Info[Context, None]
RequestKey = Annotated[strawberry.ID, strawberry.argument(name="requestKey", description=KEY)]
DryRun = Annotated[bool, strawberry.argument(name="dryRun", description=DRY_RUN)]


@dataclass(frozen=True, slots=True)
class Deed:
    """What a mutation answers when it is done, where that is not one record.

    `outcome` is the command's deed, `kind` the type that shows it, made by `shown(outcome, dry_run=…)`.
    """

    kind: Any
    outcome: type[Any]
    shown: ShowDeed


def creates(decision: Decision[Any, Any], rules: Rules, deed: str, about: str) -> StrawberryField:
    """A mutation that makes a record of a noun."""
    fields, to_command = create_fields(rules), partial(new_record, rules)
    return mutation(decision, rules.noun.name, deed, about, fields=fields, to_command=to_command)


def edits(decision: Decision[Any, Any], rules: Rules, deed: str, about: str) -> StrawberryField:
    """A mutation that changes a record of a noun."""
    fields, to_command = edit_fields(rules), partial(edited_record, rules)
    return mutation(decision, rules.noun.name, deed, about, fields=fields, to_command=to_command)


def ends(decision: Decision[Any, Any], rules: Rules, deed: str, about: str) -> StrawberryField:
    """A mutation that ends a record of a noun."""
    fields = end_fields(rules)
    return mutation(
        decision,
        rules.noun.name,
        deed,
        about,
        fields=fields,
        to_command=partial(ended_record, rules),
    )


def mutation(  # noqa: PLR0913 - a declaration, read by keyword
    decision: Decision[Any, Any],
    noun: str,
    deed: str | Deed,
    about: str,
    *,
    fields: dict[str, Given],
    to_command: Callable[[Any], Any],
    complete: Complete | None = None,
    note: NoteDeed | None = None,
) -> StrawberryField:
    """The field; `about` is its description, "zh | en", `deed` the name of the type that answers when it is done, or all of it.

    `complete` is awaited first: it gives the input with who asks in it, or with what is read beforehand because it never changes.
    `note` is awaited once it is done and before it is answered, with the command's input and the request key.
    """
    title = decision.name[0].upper() + decision.name[1:]
    own = deed if isinstance(deed, Deed) else None
    told = tuple(name for each in decision.outcomes for name in told_by(each))
    kind = own.kind if own else deed_type(str(deed), noun, about, told)

    async def resolve(
        info: Info,
        request_key: str,
        given: Any,
        dry_run: bool = False,  # noqa: FBT001, FBT002 - an argument in GraphQL
    ) -> Any:
        value = to_command(given)
        if complete:
            value = await complete(info.context, value)
        outcome = await do(info.context, decision, request_key, value, dry_run=dry_run)
        if note and isinstance(outcome, Written) and not dry_run:
            await note(info.context, value, request_key)
        if own and isinstance(outcome, own.outcome):
            return own.shown(outcome, dry_run=dry_run)
        return done(kind, outcome, dry_run=dry_run)

    resolve.__name__ = decision.name  # `create_type` tells fields apart by it
    resolve.__annotations__ |= {
        "info": Info,
        "request_key": RequestKey,
        "given": Annotated[
            input_type(f"{title}Input", about, fields),
            strawberry.argument(name="input", description=about),
        ],
        "dry_run": DryRun,
        "return": result_type(f"{title}Result", kind, decision, about),
    }
    return strawberry.mutation(resolve, name=decision.name, description=about)


def told_by(outcome: type[Any]) -> tuple[str, ...]:
    """The properties of its record that a deed tells by itself, without the record being read."""
    if not issubclass(outcome, Written):
        return ()
    return tuple(each.name for each in dataclass_fields(outcome)[len(dataclass_fields(Written)) :])


@cache
def deed_type(name: str, noun: str, about: str, told: tuple[str, ...]) -> Any:
    """What a mutation answers when it is done: the record as it is now; `told`: of its properties, those that the deed tells."""
    word = _attribute(noun)
    fields: dict[str, tuple[Any, str]] = {
        "id": (strawberry.ID | None, "记录标识，试运行时为空 | Its id; null after a dry run"),
        "version": (int, "执行后的版本 | Its version after the deed"),
        word: (
            placeholder(noun) | None,
            "现在的记录，试运行或无权查看时为空 | The record now; null after a dry run, or where it may not be seen",
        ),
        "dry_run": (bool, IS_DRY_RUN),
    }
    body: dict[str, Any] = {
        each: strawberry.field(description=text) for each, (_, text) in fields.items()
    }
    body[word] = strawberry.field(name=MODEL[noun].singular, description=fields[word][1])
    body["__annotations__"] = {each: kind for each, (kind, _) in fields.items()}
    for each in told:
        declared = MODEL.property(noun, each)
        text = f"{declared.zh}，试运行时为将有的 | {declared.en}; after a dry run what it would be"
        body[each] = strawberry.field(graphql_type=leaf(declared), description=text)
        body["__annotations__"][each] = str
    return strawberry.type(type(name, (), body), description=about)


@cache
def result_type(name: str, deed: Any, decision: Decision[Any, Any], about: str) -> Any:
    """The deed, or one of the facts that the decision, the unit of work or the lane may answer."""
    facts = [kind for kind in (*decision.outcomes, *ALWAYS) if issubclass(kind, Fact)]
    return deed_or_fact(name, deed, facts, about)


def deed_or_fact(name: str, deed: Any, facts: Iterable[Any], about: str) -> Any:
    """The union of a deed's type and the types of facts; `about` is the mutation's description."""
    kinds = (deed, *(fact_type(kind) for kind in facts))
    zh, en = about.split(" | ")
    described = strawberry.union(name, description=f"{zh}的结果 | {en}: the deed or a fact")
    return Annotated[Union[kinds], described]  # noqa: UP007 - the members are known at run time only


def done(deed: Any, outcome: Any, *, dry_run: bool) -> Any:
    """The outcome as the union's member; the record itself is read by the graft, as the client selected it."""
    if not isinstance(outcome, Written):
        return shown(outcome)
    word = _attribute(outcome.noun)
    id_, record = (None, None) if dry_run else (outcome.id, Record(outcome.noun, outcome.id))
    told = {name: getattr(outcome, name) for name in told_by(type(outcome))}
    return deed(id=id_, version=outcome.version, dry_run=dry_run, **{word: record}, **told)


def _attribute(noun: str) -> str:
    """The record's name in Python, which keeps `import` for itself."""
    word = MODEL[noun].singular
    return f"{word}_" if iskeyword(word) else word
