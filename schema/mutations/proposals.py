"""交流匹配 | Mutations on plans of exchanges: ask for one, accept or decline what it proposes, close it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

import strawberry
from strawberry.types.field import StrawberryField

from graph_store.commands.commands import Decision
from graph_store.commands.exchange_plans import CLOSE_PLAN, GIVEN, PROPOSE_EXCHANGES, Asking
from graph_store.commands.facts import Fact, RecordNotFound
from graph_store.commands.machines import Step
from graph_store.commands.proposals import ACCEPT_PROPOSAL, DECLINE_PROPOSAL
from resolvers.commands.doing import checked_request_key, do
from resolvers.commands.inputs import optional
from resolvers.commands.matching_inputs import given_asking
from resolvers.context import Context
from resolvers.refusals import bad_argument
from schema.mutations.fields import (
    DryRun,
    Info,
    RequestKey,
    deed_type,
    done,
    mutation,
    result_type,
)
from schema.mutations.inputs import ID, Given, value
from schema.mutations.moves import moves

MOST_PROPOSALS = 200

INSTITUTION = ID._replace(
    zh="代表哪个机构申请，须为其机构管理员或平台管理员",
    en="The institution for which you ask: you are its administrator, or the platform's",
)
SCOPE = Given(
    list[strawberry.ID],
    "派出范围：这些机构及其下属的人员；不填则为申请机构，平台管理员不填则为全部",
    "Whose people: of these institutions and what is part of them; the asking one's unless given, everybody's for the platform's administrator",
)
AGREEMENT = ID._replace(
    zh="只依据这份协议；不填则依据全部生效协议",
    en="Only by this agreement; all that are in force unless given",
    required=False,
)
PLAN = strawberry.field(description="方案的标识 | The plan's id")
CHOSEN = strawberry.field(
    description=f"拟议交流的标识，至多 {MOST_PROPOSALS} 个；不填则为方案中您可决定的全部 | Ids of its proposals,"
    f" {MOST_PROPOSALS} at most; all that you may decide on unless given",
    default=strawberry.UNSET,
)
REASON = strawberry.field(description="原因 | Why", default=strawberry.UNSET)


async def _by_oneself(context: Context, given: Asking) -> Asking:
    return replace(given, asker=context.actor.person)


def each_of_many(
    decision: Decision[Step, Any], name: str, deed: str, about: str
) -> StrawberryField:
    """A mutation that decides on several proposals, each in a transaction and with a result of its own."""
    title = name[0].upper() + name[1:]
    kind = deed_type(deed, "ProposedExchange", about, ())
    result = result_type(f"{deed}Result", kind, decision, about)
    given_kind = _given_type(f"{title}Input", about)
    row = _row_type(f"{deed}Row", result)
    answer = _answer_type(f"{title}Answer", row, about)

    async def resolve(
        info: Info,
        request_key: str,
        given: Any,
        dry_run: bool = False,  # noqa: FBT001, FBT002 - an argument in GraphQL
    ) -> Any:
        key, reason = checked_request_key(request_key), optional(given, "reason")
        ids, is_all = await _wanted(info.context, given, name)

        async def one(id_: str) -> tuple[str, Any]:
            step = Step(id_, reason=reason)
            outcome = await do(info.context, decision, f"{key}/{id_}", step, dry_run=dry_run)
            return id_, outcome

        decided = await asyncio.gather(*(one(each) for each in ids))
        told = [(id_, each) for id_, each in decided if not (is_all and _is_not_theirs(each))]
        rows = [
            row(proposal_id=strawberry.ID(id_), result=done(kind, each, dry_run=dry_run))
            for id_, each in told
        ]
        return answer(results=rows)

    resolve.__name__ = name
    resolve.__annotations__ |= {
        "info": Info,
        "request_key": RequestKey,
        "given": Annotated[given_kind, strawberry.argument(name="input", description=about)],
        "dry_run": DryRun,
        "return": answer,
    }
    return strawberry.mutation(resolve, name=name, description=about)


async def _wanted(context: Context, given: Any, name: str) -> tuple[list[str], bool]:
    """The proposals named, or all open ones of the plan. Raises GraphQLError for too many."""
    named = optional(given, "proposals")
    if named is None:
        return await context.open_proposals(given.plan), True
    ids = list(dict.fromkeys(map(str, named)))
    if not 0 < len(ids) <= MOST_PROPOSALS:
        raise bad_argument(
            f"{name} takes 1 to {MOST_PROPOSALS} proposals, or none for all.",
            f"{name} 一次 1 到 {MOST_PROPOSALS} 项，不填则为全部。",
        )
    return ids, False


def _is_not_theirs(outcome: Any) -> bool:
    """Of all proposals of a plan those are told that the viewer may decide on."""
    return isinstance(outcome, RecordNotFound) or (isinstance(outcome, Fact) and outcome.denies)


def _given_type(name: str, about: str) -> Any:
    kinds = {
        "plan": strawberry.ID,
        "proposals": list[strawberry.ID] | None,
        "reason": str | None,
    }
    body = {"plan": PLAN, "proposals": CHOSEN, "reason": REASON, "__annotations__": kinds}
    return strawberry.input(type(name, (), body), description=about)


def _row_type(name: str, result: Any) -> Any:
    body = {
        "proposal_id": strawberry.field(description="拟议交流的标识 | The proposal's id"),
        "result": strawberry.field(description="结果 | What became of it"),
        "__annotations__": {"proposal_id": strawberry.ID, "result": result},
    }
    about = "一项拟议的结果 | What became of one proposal"
    return strawberry.type(type(name, (), body), description=about)


def _answer_type(name: str, row: Any, about: str) -> Any:
    said = "按给出的次序 | In the order in which they were given"
    annotations: dict[str, Callable[..., Any]] = {"results": list[row]}
    body = {"results": strawberry.field(description=said), "__annotations__": annotations}
    return strawberry.type(type(name, (), body), description=about)


PROPOSALS = (
    mutation(
        PROPOSE_EXCHANGES,
        "ExchangePlan",
        "ExchangesBeingProposed",
        "申请交流匹配方案：在名额、条件和期限内交流最多，并使台账平衡 | Ask for a plan: the most exchanges within quotas,"
        " qualifications and days, with the ledger as even as possible",
        fields={
            "institution": INSTITUTION,
            "scope": SCOPE,
            "agreement": AGREEMENT,
            **{each.name: value(each) for each in GIVEN},
        },
        to_command=given_asking,
        complete=_by_oneself,
    ),
    each_of_many(
        ACCEPT_PROPOSAL,
        "acceptProposals",
        "ProposalAccepted",
        "采纳拟议交流，逐项形成草案，各有结果 | Accept proposals: an exchange is drafted of each, with a result of its own",
    ),
    each_of_many(
        DECLINE_PROPOSAL,
        "declineProposals",
        "ProposalDeclined",
        "放弃拟议交流，意向仍有效 | Decline proposals; the wishes stay open",
    ),
    moves(
        CLOSE_PLAN,
        "ExchangePlan",
        "ExchangePlanClosed",
        "关闭方案，其余拟议不能再采纳 | Close a plan: nothing more of it can be accepted",
    ),
)
