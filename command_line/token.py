"""`bashu token create|list|revoke`: tokens for scripts, made by whoever runs the hub's machine, which the audit log tells."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer

from auth.token_deeds import LONGEST_DAYS, Made, TokenDeeds, Wish, faulty
from auth.viewer import Scope
from command_line.errors import CommandLineError
from command_line.output import print_line, print_object, print_to_person
from command_line.store import driver_of, store_in_use
from graph_store.audit import open_audit
from graph_store.audit.log import Ledger
from graph_store.clock import system_clock
from graph_store.commands.facts import Fact
from graph_store.constraints import apply
from graph_store.model import MODEL
from graph_store.reads import reader
from graph_store.tokens import Token, Tokens
from graph_store.writes import writer
from settings import Settings, read_settings

ACTOR = "command-line"
STATEMENT_SECONDS = 30.0
DAYS = 90

For = Annotated[
    str,
    typer.Option(
        "--for",
        help="Id of the person it acts for, or of the institution whose program it is for.",
    ),
]
Scopes = Annotated[
    list[Scope],
    typer.Option("--scope", help="What it may be used for; give it once for each."),
]
Days = Annotated[int, typer.Option(help=f"Days until it expires, 1 to {LONGEST_DAYS}.")]
Name = Annotated[str, typer.Option(help="By which people tell it apart.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Id = Annotated[str, typer.Argument(help="The token's id, as `list` tells it.")]

T = TypeVar("T")

commands = typer.Typer(no_args_is_help=True, help="Tokens by which programs ask the hub.")


@commands.command()
def create(
    *, owner: For, scopes: Scopes, days: Days = DAYS, name: Name = "script", as_json: AsJson = False
) -> None:
    """Make a token and print it on standard output, this once: only its hash is kept."""
    wish = Wish(name, frozenset(scopes), days, owner if _noun(owner) == "institution" else None)
    if fact := faulty(wish):
        raise _refused(fact)
    made = _with_tokens(lambda deeds: _create(deeds, owner, wish))
    if as_json:
        print_object({"token": made.secret} | _facts(made.token))
    else:
        print_to_person(f"{made.token.id}  until {made.token.expires_at}  for {owner}")
        print_line(made.secret or "")


@commands.command("list")
def list_(*, owner: For, as_json: AsJson = False) -> None:
    """List the tokens of a person or an institution, the newest first, without their secrets."""
    _noun(owner)
    found = _with_tokens(lambda deeds: deeds.store.of([owner]))
    if as_json:
        print_object({"tokens": [_facts(token) for token in found]})
        return
    for token in found:
        used = token.last_used_at or "never"
        scopes = ",".join(token.scopes)
        print_line(f"{token.id}  {_standing(token)}  used {used}  {scopes}  {token.name}")


@commands.command()
def revoke(id_: Id, *, as_json: AsJson = False) -> None:
    """Take a token back: within a second it opens nothing any more."""
    was_good = _with_tokens(lambda deeds: _revoke(deeds, id_))
    if as_json:
        print_object({"id": id_, "revoked": was_good})
    else:
        print_line(f"{id_} is revoked" if was_good else f"{id_} was revoked before")


def _with_tokens(deed: Callable[[TokenDeeds], Awaitable[T]]) -> T:
    async def do(settings: Settings) -> T:
        async with _open_deeds(settings) as deeds:
            return await deed(deeds)

    with store_in_use(read_settings()) as settings:
        return asyncio.run(do(settings))


@asynccontextmanager
async def _open_deeds(settings: Settings) -> AsyncIterator[TokenDeeds]:
    database = settings.neo4j_database
    async with driver_of(settings) as driver:
        await apply(driver, database, MODEL)
        write = writer(driver, database, STATEMENT_SECONDS)
        async with (
            reader(driver, database, STATEMENT_SECONDS) as run,
            open_audit(Ledger(driver, database, settings.base)) as audit,
        ):
            yield TokenDeeds(Tokens(run, write), audit.note, system_clock, settings.base)


async def _create(deeds: TokenDeeds, owner: str, wish: Wish) -> Made:
    key = secrets.token_hex(16)
    made = await deeds.issue(deeds.drawn_up(wish, owner, ACTOR, key), wish, key)
    if isinstance(made, Fact):
        raise _refused(made)
    return made


async def _revoke(deeds: TokenDeeds, id_: str) -> bool:
    token = await deeds.store.by_id(id_)
    if token is None:
        raise CommandLineError(f"There is no token {id_}; `bashu token list` tells their ids.")
    if token.revoked_at is not None:
        return False
    await deeds.end(token, ACTOR)
    return True


def _noun(owner: str) -> str:
    _, _, rest = owner.partition("-")
    noun = rest.partition("-")[0]
    if noun not in {"person", "institution"}:
        raise CommandLineError(
            f"{owner!r} is no id of a person or an institution: it must be like cd-person-… or cd-institution-…"
        )
    return noun


def _refused(fact: Fact) -> CommandLineError:
    return CommandLineError(f"{fact.message_en} {fact.what_next_en}")


def _standing(token: Token) -> str:
    if token.revoked_at is not None:
        return f"revoked {token.revoked_at}"
    verb = "expired" if token.until <= datetime.now(UTC).timestamp() else "until"
    return f"{verb} {token.expires_at}"


def _facts(token: Token) -> dict[str, object]:
    return {
        "id": token.id,
        "kind": token.kind,
        "name": token.name,
        "for": token.owner,
        "scopes": token.scopes,
        "createdAt": token.created_at,
        "createdBy": token.created_by,
        "expiresAt": token.expires_at,
        "lastUsedAt": token.last_used_at,
        "revokedAt": token.revoked_at,
    }
