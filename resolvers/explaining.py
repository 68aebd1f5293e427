"""How often one request may ask why: each explanation takes a handful of statements, and aliases are cheap to write."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from auth.access import Action, Explanation
from auth.viewer import Viewer
from resolvers.refusals import bad_argument

MOST_A_REQUEST = 10

Explain = Callable[[Viewer, str, Action], Awaitable[Explanation]]


@dataclass(slots=True)
class Explaining:
    """Explains for one request."""

    explain: Explain
    asked: int = 0

    async def __call__(self, viewer: Viewer, node: str, action: Action) -> Explanation:
        """The explanation. Raises GraphQLError for one too many, else what `explain` raises."""
        self.asked += 1
        if self.asked > MOST_A_REQUEST:
            raise bad_argument(
                f"explainAccess: one request asks at most {MOST_A_REQUEST} times. Ask the others in another request.",
                f"explainAccess：一个请求最多问 {MOST_A_REQUEST} 次。其余请另发请求。",
            )
        return await self.explain(viewer, node, action)
