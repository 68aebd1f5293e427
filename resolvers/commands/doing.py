"""Does one command for one request."""

from __future__ import annotations

from typing import Any

from auth.noting import denied
from graph_store.commands.actors import NOBODY
from graph_store.commands.commands import Decision
from graph_store.commands.facts import Fact, NotYours
from resolvers.context import Context
from resolvers.refusals import bad_argument

REQUEST_KEY_CHARACTERS = 200


async def do(
    context: Context, decision: Decision[Any, Any], request_key: str, given: Any, *, dry_run: bool
) -> Any:
    """The deed or the fact; who is refused is noted, by command and place, without what they sent.

    Raises GraphQLError for a request key that cannot be one, and what the lane raises.
    """
    key = checked_request_key(request_key)
    outcome = await _outcome(context, decision, key, given, dry_run=dry_run)
    if isinstance(outcome, Fact):
        await noted(context, decision.name, outcome, getattr(outcome, "at", None))
    return outcome


async def noted(context: Context, command: str, fact: Fact, where: str | None) -> Fact:
    """The fact; one that denies is in the audit log then."""
    if fact.denies:
        await denied(context.note, context.viewer, command, type(fact).__name__, where)
    return fact


def checked_request_key(request_key: str) -> str:
    """The key, where it can be one. Raises GraphQLError."""
    if not 0 < len(request_key) <= REQUEST_KEY_CHARACTERS:
        raise bad_argument(
            f"requestKey must have 1 to {REQUEST_KEY_CHARACTERS} characters.",
            f"requestKey 应有 1 到 {REQUEST_KEY_CHARACTERS} 个字符。",
        )
    return request_key


async def _outcome(
    context: Context, decision: Decision[Any, Any], request_key: str, given: Any, *, dry_run: bool
) -> Any:
    if context.actor == NOBODY:  # nothing of what nobody asks for is kept, not even the request key
        return NotYours("sign_on", "")
    command = decision.by(context.actor, request_key, given)
    return (await context.lane.do(command, dry_run=dry_run)).outcome
