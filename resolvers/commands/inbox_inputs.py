"""Inputs of the inbox's mutations as inputs of commands; who acts is filled in by the mutation."""

from __future__ import annotations

from typing import Any

from graph_store.commands import comments, delegations, inbox, notices_read
from resolvers.commands.inputs import optional


def given_decision(given: Any) -> inbox.Deciding:
    """The input of decideTask; what the task is about is read later."""
    return inbox.Deciding(given.task, given.decision, optional(given, "reason"))


def handed_over(given: Any) -> inbox.HandingOver:
    """The input of handOverTask."""
    return inbox.HandingOver(given.task, given.to, optional(given, "reason"))


def given_copies(given: Any) -> inbox.Copying:
    """The input of copyTask."""
    return inbox.Copying(given.task, tuple(dict.fromkeys(given.people)))


def given_saying(given: Any) -> comments.Saying:
    """The input of commentOnTask and askSender; the author is who asks."""
    return comments.Saying("", given.task, given.text)


def given_delegation(given: Any) -> delegations.Delegating:
    """The input of delegate; the principal is who asks."""
    days = given.until, optional(given, "since")
    kinds = tuple(optional(given, "kinds") or ())
    return delegations.Delegating("", given.deputy, given.institution, given.role, *days, kinds)


def ended_delegation(given: Any) -> delegations.EndingDelegation:
    """The input of endDelegation."""
    return delegations.EndingDelegation(given.id)


def given_preference(given: Any) -> notices_read.Preferring:
    """The input of setNoticePreference; the person is who asks."""
    return notices_read.Preferring("", given.byEmail, given.language)
