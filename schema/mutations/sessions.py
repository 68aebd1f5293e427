"""会话 | Mutations on one's own sessions: they write no record of the graph, so they go through `auth/session_deeds.py`."""

from __future__ import annotations

from typing import Annotated, Any, Union

import strawberry

from auth.session_deeds import SessionDeeds
from graph_store.commands.facts import Fact, RecordNotFound
from resolvers.commands.doing import checked_request_key
from resolvers.context import Context
from schema.facts import fact_type
from schema.facts import shown as fact_shown
from schema.mutations.fields import DRY_RUN, KEY
from schema.sessions import SessionType, shown

Info = strawberry.Info[Context, None]
RequestKey = Annotated[strawberry.ID, strawberry.argument(description=KEY)]
DryRun = Annotated[bool, strawberry.argument(description=DRY_RUN)]

END = "结束本人的一个会话 | End one of one's own sessions"
END_OTHERS = "结束本人的其他会话 | End one's other sessions"


@strawberry.input(name="EndSessionInput", description=END)
class EndSessionInput:
    """Which session."""

    id: strawberry.ID = strawberry.field(description="会话标识 | The session's id")


@strawberry.type(name="SessionsEnded", description="会话已结束 | Sessions have ended")
class SessionsEnded:
    """The sessions as they were."""

    sessions: list[SessionType] = strawberry.field(
        description="刚才结束的会话 | Those that went on until now"
    )
    dry_run: bool = strawberry.field(
        description="是否试运行 | Whether it was a dry run, which writes nothing"
    )


def _result(name: str, about: str, *facts: type[Fact]) -> Any:
    zh, en = about.split(" | ")
    kinds = (SessionsEnded, *(fact_type(fact) for fact in facts))  # type: ignore[arg-type] # a class is hashable
    described = strawberry.union(name, description=f"{zh}的结果 | {en}: the deed or a fact")
    return Annotated[Union[kinds], described]  # noqa: UP007 - the members are known at run time only


async def end_session(
    info: Info,
    request_key: RequestKey,
    given: Any,
    dry_run: DryRun = False,  # noqa: FBT002 - an argument in GraphQL
) -> Any:
    """End one; doing so again finds none, so the key is only looked at."""
    checked_request_key(request_key)
    viewer = info.context.viewer
    ended = await _deeds(info).end(viewer, given.id, dry_run=dry_run)
    if isinstance(ended, RecordNotFound):
        return fact_shown(ended)
    return SessionsEnded(sessions=[shown(ended, viewer)], dry_run=dry_run)


async def end_other_sessions(
    info: Info,
    request_key: RequestKey,
    dry_run: DryRun = False,  # noqa: FBT002 - an argument in GraphQL
) -> Any:
    """End all but the one that the request came with."""
    checked_request_key(request_key)
    viewer = info.context.viewer
    ended = await _deeds(info).end_others(viewer, dry_run=dry_run)
    return SessionsEnded(sessions=[shown(each, viewer) for each in ended], dry_run=dry_run)


def _deeds(info: Info) -> SessionDeeds:
    sessions = info.context.sessions
    assert sessions is not None  # the hub itself always has them
    return sessions


end_session.__annotations__ |= {
    "given": Annotated[EndSessionInput, strawberry.argument(name="input", description=END)],
    "return": _result("EndSessionResult", END, RecordNotFound),
}
end_other_sessions.__annotations__ |= {"return": _result("EndOtherSessionsResult", END_OTHERS)}

SESSIONS = (
    strawberry.mutation(
        end_session,
        name="endSession",
        description="结束本人的一个会话，一秒内处处失效 | End one of your own sessions: within a second it opens nothing any more",
    ),
    strawberry.mutation(
        end_other_sessions,
        name="endOtherSessions",
        description="结束本人除当前会话外的全部会话 | End all your sessions but the one this request came with",
    ),
)
