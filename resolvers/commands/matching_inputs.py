"""Inputs of the mutations on plans of exchanges as inputs of commands; who asks is filled in by the mutation."""

from __future__ import annotations

from typing import Any

from graph_store.commands.exchange_plans import GIVEN, Asking
from resolvers.commands.inputs import optional, values


def given_asking(given: Any) -> Asking:
    """The input of proposeExchanges."""
    scope = tuple(dict.fromkeys(optional(given, "scope") or ()))
    return Asking(given.institution, scope, optional(given, "agreement"), values(GIVEN, given))
