"""`Session`: a session of a person as they see it themself, never its secret."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from auth.viewer import Viewer


@strawberry.type(name="Session", description="在一个浏览器中打开的会话 | A session in one browser")
class SessionType:
    """A session without its secret."""

    id: strawberry.ID = strawberry.field(description="会话标识，并非其密文 | Its id, no secret")
    is_current: bool = strawberry.field(
        description="是否为提出本次请求的会话 | Whether this request came with it"
    )
    agency: str = strawberry.field(
        description="担保身份的机构的代号 | The key of the agency whose provider vouched for it"
    )
    created_at: str = strawberry.field(
        graphql_type=datetime, description="登录时刻 | When it began"
    )
    last_seen_at: str = strawberry.field(
        graphql_type=datetime,
        description="最近使用时刻，精确到分钟左右 | When it was used last, within a minute or so",
    )
    expires_at: str = strawberry.field(
        graphql_type=datetime, description="最迟结束时刻 | When it ends at the latest"
    )
    address: str | None = strawberry.field(
        description="登录时的网络地址 | The network address from which it was opened"
    )
    user_agent: str | None = strawberry.field(
        description="登录时浏览器的自称 | What the browser called itself"
    )


def shown(row: dict[str, Any], viewer: Viewer) -> SessionType:
    """The session as its GraphQL type."""
    return SessionType(
        id=strawberry.ID(row["id"]),
        is_current=row["id"] == viewer.session,
        agency=row["agency"],
        created_at=row["createdAt"],
        last_seen_at=row["lastSeenAt"],
        expires_at=row["expiresAt"],
        address=row["address"],
        user_agent=row["userAgent"],
    )
