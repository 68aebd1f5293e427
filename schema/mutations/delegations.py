"""代理 | Mutations by which somebody lets a colleague decide in their place."""

from __future__ import annotations

from dataclasses import replace

from graph_store.commands.delegations import (
    DELEGATE,
    END_DELEGATION,
    PROPERTIES,
    Delegating,
)
from resolvers.commands.inbox_inputs import ended_delegation, given_delegation
from resolvers.context import Context
from schema.mutations.fields import mutation
from schema.mutations.inputs import ID, value

DEPUTY = ID._replace(zh="代理人的标识", en="The colleague's id")
INSTITUTION = ID._replace(zh="在哪个机构", en="At which institution")
VALUES = {each.name: value(each, required=each.name in {"role", "until"}) for each in PROPERTIES}


async def _by_oneself(context: Context, given: Delegating) -> Delegating:
    return replace(given, principal=context.actor.person or "")


DELEGATIONS = (
    mutation(
        DELEGATE,
        "Delegation",
        "Delegated",
        "委托同事在一段时间内代为审批 | Let a colleague decide in your place for a time",
        fields={"deputy": DEPUTY, "institution": INSTITUTION} | VALUES,
        to_command=given_delegation,
        complete=_by_oneself,
    ),
    mutation(
        END_DELEGATION,
        "Delegation",
        "DelegationEnded",
        "结束委托，立即生效 | End a delegation, from this moment",
        fields={"id": ID},
        to_command=ended_delegation,
    ),
)
