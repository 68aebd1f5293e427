"""`Scope`: what a token may be used for, as clients name it."""

from __future__ import annotations

from enum import Enum
from typing import Any

import strawberry

from auth.viewer import Scope

_ABOUT = {
    Scope.READ: "查询 | Ask questions",
    Scope.WRITE: "执行变更 | Change records",
    Scope.PERSONAL: "读取个人信息 | Read personal data",
    Scope.AUDIT: "读取审计日志 | Read the audit log",
}


def shown(scope: Scope) -> str:
    """The name of the value in GraphQL.

    >>> shown(Scope.READ)
    'GRAPH_READ'
    """
    return scope.value.replace(":", "_").upper()


_VALUES: dict[str, Any] = {
    shown(each): strawberry.enum_value(each, description=about) for each, about in _ABOUT.items()
}
_Shown: Any = Enum("Scope", _VALUES)  # type: ignore[misc] # made from the scopes
SCOPE: Any = strawberry.enum(_Shown, description="令牌的用途 | What a token may be used for")
