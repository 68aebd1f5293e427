"""`viewer`: who asks, in which roles, and what the session or token may be used for."""

from __future__ import annotations

from datetime import date

import strawberry

from auth.viewer import Scope, Viewer
from graph_store.model import MODEL
from graph_store.rights import RoleHeld
from resolvers.context import Context
from resolvers.records import Record
from schema.placeholders import leaf, placeholder
from schema.scopes import SCOPE
from schema.sessions import SessionType
from schema.sessions import shown as session_shown
from schema.tokens import TokenType, shown

Info = strawberry.Info[Context, None]
ROLE = leaf(MODEL.hops("Person")["roles"].property("role"))


@strawberry.type(name="ViewerRole", description="所持的一个角色 | A role that is held")
class ViewerRoleType:
    """A role at an institution."""

    role: str = strawberry.field(graphql_type=ROLE, description="哪个角色 | Which role")
    institution: Record | None = strawberry.field(
        graphql_type=placeholder("Institution") | None,
        description="在哪个机构，无权查看时为空 | At which institution; null where it may not be seen",
    )
    until: str | None = strawberry.field(
        graphql_type=date | None,
        description="最后一天，未定时为空 | Its last day; null where it has none",
    )
    deputy_for: Record | None = strawberry.field(
        graphql_type=placeholder("Person") | None,
        description="代谁审批，本人所持时为空 | In whose place they decide; null where the role is their own",
    )
    kinds: list[str] = strawberry.field(
        description="代审批限于哪些事项的种类，空为全部 | Kinds of records to which deciding in another's place is limited;"
        " none: all"
    )


async def tokens(info: Info) -> list[TokenType]:
    """Those that the viewer may see."""
    deeds, asking = info.context.tokens, info.context.viewer
    return [] if deeds is None else [shown(each) for each in await deeds.of(asking)]


async def sessions(info: Info) -> list[SessionType]:
    """Those of the viewer that go on."""
    context = info.context
    rows = await context.sessions.of(context.viewer) if context.sessions else []
    return [session_shown(each, context.viewer) for each in rows]


async def unread_notices(info: Info) -> int:
    """Those that the viewer has not read."""
    context = info.context
    return await context.inbox.unread(context.viewer) if context.inbox else 0


@strawberry.type(name="Viewer", description="提问者 | Whoever asks")
class ViewerType:
    """What the one who asks may know of themselves."""

    is_signed_on: bool = strawberry.field(
        description="是否已登录 | Whether it is known who asks: by a session or a token"
    )
    name: str | None = strawberry.field(description="称呼 | By which name pages greet them")
    agency: str | None = strawberry.field(
        description="担保其身份的机构的代号 | The key of the agency whose provider vouches for them"
    )
    person: Record | None = strawberry.field(
        graphql_type=placeholder("Person") | None,
        description="本人的记录，未登录或为服务程序时为空 | Their record; null for nobody and for programs",
    )
    roles: list[ViewerRoleType] = strawberry.field(
        description="今天所持的角色 | The roles held today"
    )
    institution_ids: list[strawberry.ID] = strawberry.field(
        description="所属机构的标识，含所管理机构的下属机构 | Ids of the institutions where they are at home,"
        " with the bodies of those they administer"
    )
    scopes: list[Scope] = strawberry.field(
        graphql_type=list[SCOPE],
        description="会话或令牌的用途 | What their session or token may be used for",
    )

    tokens: list[TokenType] = strawberry.field(
        resolver=tokens,
        description="本人的令牌与所管理机构的服务令牌，最新的在前；凭令牌访问时只见该令牌 | Their tokens and those of the"
        " institutions they administer, the newest first; who came with a token sees that one alone",
    )
    sessions: list[SessionType] = strawberry.field(
        resolver=sessions,
        description="本人打开的会话，最近使用的在前；凭令牌访问时为空 | Their open sessions, the one used last first; none for"
        " who came with a token",
    )
    unread_notices: int = strawberry.field(
        resolver=unread_notices, description="未读通知数 | How many notices they have not read"
    )


def viewer(info: Info) -> ViewerType:
    """Whoever sent the request."""
    return told(info.context.viewer)


def told(asking: Viewer) -> ViewerType:
    """The viewer as a client sees it."""
    person = asking.person
    return ViewerType(
        is_signed_on=asking.is_signed_on,
        name=asking.name,
        agency=asking.agency,
        person=Record("Person", person) if person else None,
        roles=[_role(each) for each in asking.rights.roles],
        institution_ids=[strawberry.ID(each) for each in asking.rights.institutions],
        scopes=[each for each in Scope if asking.is_signed_on and each in asking.scopes],
    )


def _role(held: RoleHeld) -> ViewerRoleType:
    institution = Record("Institution", held.institution)
    principal = Record("Person", held.deputy_for) if held.deputy_for else None
    return ViewerRoleType(
        role=held.role.value,
        institution=institution,
        until=held.until,
        deputy_for=principal,
        kinds=list(held.kinds),
    )


VIEWER = strawberry.field(
    viewer, description="谁在提问，角色与用途 | Who asks, in which roles, and for what they came"
)
