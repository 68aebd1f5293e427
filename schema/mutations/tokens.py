"""令牌 | Mutations on tokens: they write no record of the graph, so they go through `auth/token_deeds.py` and not through a lane."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from auth.token_deeds import FACTS, LONGEST_DAYS, Made, TokenDeeds, Wish
from auth.viewer import Scope
from graph_store.commands.facts import RecordNotFound, RequestKeyReused
from graph_store.tokens import Token
from resolvers.commands.doing import checked_request_key, noted
from schema.facts import shown as fact_shown
from schema.mutations.fields import IS_DRY_RUN, DryRun, Info, RequestKey, deed_or_fact
from schema.scopes import SCOPE
from schema.tokens import TokenType, shown

MAKE = "新建令牌 | Make a token"
END = "撤销令牌 | Revoke a token"


@strawberry.input(name="CreateTokenInput", description=MAKE)
class CreateTokenInput:
    """What the token is to be."""

    name: str = strawberry.field(description="名称，最多 100 字 | Its name, at most 100 characters")
    scopes: list[Scope] = strawberry.field(
        graphql_type=list[SCOPE],
        description="用途，不能超出本人权限 | What it may be used for: no more than you may do",
    )
    days: int = strawberry.field(
        description=f"有效天数，1 到 {LONGEST_DAYS} | Days until it expires, 1 to {LONGEST_DAYS}"
    )
    institution: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="机构标识：为该机构的程序而设，须为其管理员 | An institution's id: for its programs, made by its administrator",
    )


@strawberry.input(name="RevokeTokenInput", description=END)
class RevokeTokenInput:
    """Which token."""

    id: strawberry.ID = strawberry.field(description="令牌标识 | The token's id")


@strawberry.type(name="TokenCreated", description=MAKE)
class TokenCreated:
    """The token, and its secret once."""

    token: TokenType = strawberry.field(description="令牌 | The token")
    secret: str | None = strawberry.field(
        description="令牌密文，只显示这一次；试运行或重发请求时为空，密文遗失请撤销后新建"
        " | Its secret, shown this once; null after a dry run, and when the same request comes again: what is lost is revoked and made anew"
    )
    dry_run: bool = strawberry.field(description=IS_DRY_RUN)


@strawberry.type(name="TokenRevoked", description=END)
class TokenRevoked:
    """The token as it is now."""

    token: TokenType = strawberry.field(description="令牌 | The token")
    dry_run: bool = strawberry.field(description=IS_DRY_RUN)


async def create_token(
    info: Info,
    request_key: RequestKey,
    given: Any,
    dry_run: DryRun = False,  # noqa: FBT002 - an argument in GraphQL
) -> Any:
    """Make a token."""
    key = checked_request_key(request_key)
    scopes, institution = frozenset(each.value for each in given.scopes), given.institution or None
    wish = Wish(given.name, scopes, given.days, institution)
    made = await _deeds(info).make(info.context.viewer, wish, key, dry_run=dry_run)
    if isinstance(made, Made):
        return TokenCreated(token=shown(made.token), secret=made.secret, dry_run=dry_run)
    return fact_shown(await noted(info.context, "createToken", made, institution))


async def revoke_token(
    info: Info,
    request_key: RequestKey,
    given: Any,
    dry_run: DryRun = False,  # noqa: FBT002 - an argument in GraphQL
) -> Any:
    """Take a token back; doing so again does no harm, so the key is only looked at."""
    checked_request_key(request_key)
    ended = await _deeds(info).revoke(info.context.viewer, given.id, dry_run=dry_run)
    if isinstance(ended, Token):
        return TokenRevoked(token=shown(ended), dry_run=dry_run)
    return fact_shown(await noted(info.context, "revokeToken", ended, None))


def _deeds(info: Info) -> TokenDeeds:
    tokens = info.context.tokens
    assert tokens is not None  # the hub itself always has them
    return tokens


def _given(kind: type[Any], about: str) -> Any:
    return Annotated[kind, strawberry.argument(name="input", description=about)]


create_token.__annotations__ |= {
    "given": _given(CreateTokenInput, MAKE),
    "return": deed_or_fact("CreateTokenResult", TokenCreated, (*FACTS, RequestKeyReused), MAKE),
}
revoke_token.__annotations__ |= {
    "given": _given(RevokeTokenInput, END),
    "return": deed_or_fact("RevokeTokenResult", TokenRevoked, (RecordNotFound,), END),
}

TOKENS = (
    strawberry.mutation(
        create_token,
        name="createToken",
        description="新建令牌：登录者为自己新建，或由管理员为本机构的程序新建；凭令牌不能新建 | Make a token for yourself, or as an administrator for your institution's programs; who came with a token makes none",
    ),
    strawberry.mutation(
        revoke_token,
        name="revokeToken",
        description="撤销令牌，一秒内处处失效 | Revoke a token: within a second it opens nothing any more",
    ),
)
