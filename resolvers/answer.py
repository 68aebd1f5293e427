"""What is asked and what is answered: the port between the HTTP edge and the engine."""

from dataclasses import dataclass
from typing import Literal, Protocol

from auth.viewer import Viewer
from resolvers.personal import PersonalRead

CostAsked = Literal["no", "figures", "explained"]
"""Whether the answer tells its cost, and with `explained` also how the database came to it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client sent, checked for shape only."""

    text: str
    operation: str | None
    variables: dict[str, object]
    introspection_language: str = "zh"
    is_trusted: bool = False
    """Whether the text comes from the registry of trusted documents."""
    cost: CostAsked = "no"


@dataclass(frozen=True, slots=True)
class Answer:
    """`{"data": …}` or `{"errors": […]}` as JSON; refused means there is no data key, partial that there are errors beside it."""

    body: bytes
    kind: Literal["executed", "partial", "refused"]
    operation: Literal["query", "mutation", "subscription"] = "query"
    code: str = ""
    """Of what is refused: the first error's own code, else `invalid`."""
    personal: tuple[PersonalRead, ...] = ()
    """Of a question: the personal data in it, which was noted before."""


class Answerer(Protocol):
    """Whatever answers an operation."""

    async def answer(self, asked: Asked, viewer: Viewer) -> Answer:
        """The answer; technical failures are exceptions of `graph_store.errors`."""
        ...
