"""`bashu role grant|revoke`: roles given by whoever runs the hub's machine; so the first administrator comes to be.

It is the hub that acts, by the same commands as everywhere: the change log and the audit log tell of it.
"""

import asyncio
import secrets
from typing import Annotated, Any

import typer

from auth import noting
from command_line.errors import CommandLineError
from command_line.output import print_line, print_object
from command_line.store import driver_of, store_in_use
from graph_store.audit import open_audit
from graph_store.audit.log import Ledger
from graph_store.clock import system_clock
from graph_store.commands.actors import HUB
from graph_store.commands.commands import Command
from graph_store.commands.facts import Written
from graph_store.commands.lanes import open_lane
from graph_store.commands.roles import GRANT_ROLE, REVOKE_ROLE, Grant, Revocation
from graph_store.commands.transactions import Store
from graph_store.constraints import apply
from graph_store.model import MODEL
from graph_store.rights import Role
from settings import Settings, read_settings

ACTOR = "command-line"

Person = Annotated[str, typer.Argument(help="The person's id.")]
Named = Annotated[Role, typer.Argument(help="Which role.")]
At = Annotated[str, typer.Option("--at", help="Id of the institution at which it is held.")]
Until = Annotated[str | None, typer.Option(help="Its last day, YYYY-MM-DD; none unless told.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

commands = typer.Typer(no_args_is_help=True, help="Roles of people at institutions.")


@commands.command()
def grant(
    person: Person, role: Named, *, at: At, until: Until = None, as_json: AsJson = False
) -> None:
    """Give somebody a role from today on; the first administrator of the platform is made so."""
    given = Grant(person, at, role.value, until=until)
    _do(GRANT_ROLE.by(HUB, secrets.token_hex(16), given), noting.role_granted)
    _tell(person, role, at, held=True, as_json=as_json)


@commands.command()
def revoke(person: Person, role: Named, *, at: At, as_json: AsJson = False) -> None:
    """Take a role: within a second it counts no more."""
    taken = Revocation(person, at, role.value)
    _do(REVOKE_ROLE.by(HUB, secrets.token_hex(16), taken), noting.role_revoked)
    _tell(person, role, at, held=False, as_json=as_json)


def _do(command: Command[Any], note: Any) -> None:
    with store_in_use(read_settings()) as settings:
        asyncio.run(_done(settings, command, note))


async def _done(settings: Settings, command: Command[Any], note: Any) -> None:
    database, given = settings.neo4j_database, command.input
    async with driver_of(settings) as driver:
        await apply(driver, database, MODEL)
        store = Store(driver, database, MODEL, settings.base, system_clock)
        async with (
            open_lane(store) as lane,
            open_audit(Ledger(driver, database, settings.base)) as audit,
        ):
            outcome = (await lane.do(command)).outcome
            if not isinstance(outcome, Written):
                raise CommandLineError(f"{outcome.message_en} {outcome.what_next_en}")
            at = noting.RoleAt(given.person, given.role, given.institution)
            await note(audit.note, ACTOR, at, command.request_key)


def _tell(person: str, role: Role, at: str, *, held: bool, as_json: bool) -> None:
    if as_json:
        print_object({"person": person, "role": role.value, "institution": at, "held": held})
    else:
        print_line(f"{person} {'is' if held else 'is no more'} {role.value} at {at}")
