"""What is noted of one request while it is served, for its line in the log."""

import itertools
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.types import Scope

_KEY = "bashu.trace"


@dataclass(slots=True)
class Trace:
    """The request's id, and what its line in the log and the figures tell of it.

    `operation` is the name that the client gave, where it is a proper one; `kind` is query, mutation, subscription, refused,
    failed, or other for what is no GraphQL; `code` is that of the refusal.
    """

    request_id: str
    operation: str | None = None
    kind: str = "other"
    code: str = ""
    viewer: str | None = None
    """Id of the person or the program that asks; None: nobody known."""
    client_left: bool = False
    """Whether the client went away before its answer."""


def request_ids() -> Iterator[str]:
    """Ids that no other process or start of one gives: a random word and a number that counts up."""
    start = secrets.token_hex(6)
    return (f"{start}-{number}" for number in itertools.count(1))


def begin(scope: Scope, request_id: str) -> Trace:
    """A new trace, kept with the request."""
    trace = Trace(request_id)
    scope[_KEY] = trace
    return trace


def trace_of(scope: Scope) -> Trace:
    """The trace of a request that came through `Edge`."""
    trace: Trace = scope[_KEY]
    return trace
