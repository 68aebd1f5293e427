"""`Token`: a token of the hub as its owner sees it, never its secret."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import strawberry

from auth.viewer import Scope
from graph_store.tokens import Token
from resolvers.records import Record
from schema.placeholders import placeholder
from schema.scopes import SCOPE


@strawberry.enum(name="TokenKind", description="令牌为谁而设 | Whom a token is for")
class TokenKind(Enum):
    """Whom a token is for."""

    PERSONAL = strawberry.enum_value("personal", description="个人 | A person")
    SERVICE = strawberry.enum_value("service", description="机构的程序 | An institution's programs")
    CALENDAR = strawberry.enum_value(
        "calendar", description="本人的日历订阅 | The address of a person's calendar"
    )


@strawberry.type(name="Token", description="枢纽签发的令牌 | A token that the hub has issued")
class TokenType:
    """A token without its secret."""

    id: strawberry.ID = strawberry.field(description="令牌标识，并非其密文 | Its id, no secret")
    kind: TokenKind = strawberry.field(description="为谁而设 | Whom it is for")
    name: str = strawberry.field(description="名称 | Its name, by which people tell it apart")
    scopes: list[Scope] = strawberry.field(
        graphql_type=list[SCOPE], description="用途 | What it may be used for"
    )
    institution: Record | None = strawberry.field(
        graphql_type=placeholder("Institution") | None,
        description="所属机构，个人令牌为空 | The institution of a service's; null for a person's",
    )
    created_at: str = strawberry.field(
        graphql_type=datetime, description="创建时刻 | When it was made"
    )
    created_by: strawberry.ID = strawberry.field(description="创建者的标识 | Id of whoever made it")
    expires_at: str = strawberry.field(graphql_type=datetime, description="失效时刻 | When it ends")
    last_used_at: str | None = strawberry.field(
        graphql_type=datetime | None,
        description="最近使用时刻，精确到分钟左右，从未使用为空 | When it was used last, within a minute or so; null: never",
    )
    revoked_at: str | None = strawberry.field(
        graphql_type=datetime | None,
        description="撤销时刻，未撤销为空 | When it was revoked; null: it was not",
    )


def shown(token: Token) -> TokenType:
    """The token as its GraphQL type."""
    is_service = token.kind == "service"
    return TokenType(
        id=strawberry.ID(token.id),
        kind=TokenKind(token.kind),
        name=token.name,
        scopes=[scope for scope in Scope if scope.value in token.scopes],
        institution=Record("Institution", token.owner) if is_service else None,
        created_at=token.created_at,
        created_by=strawberry.ID(token.created_by),
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
        revoked_at=token.revoked_at,
    )
