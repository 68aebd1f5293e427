"""`bashu audit export|verify`: the audit log for whoever runs the hub's machine, which is noted in it like any reading of it."""

import asyncio
import sys
from typing import Annotated

import typer

from auth.noting import audit_exported
from command_line.errors import CommandLineError
from command_line.output import print_line, print_object, progress_shown
from command_line.store import driver_of, store_in_use
from graph_store.audit import open_audit
from graph_store.audit.chain import Head
from graph_store.audit.checking import Verdict, verified
from graph_store.audit.lines import csv_lines, json_lines
from graph_store.audit.log import Ledger
from graph_store.audit.reading import AuditReader, NoSuchTime, Span, span
from graph_store.commands.actors import HUB
from graph_store.local_server.progress import Progress
from settings import Settings, read_settings

SOUND, TAMPERED = 0, 1

From = Annotated[
    str | None,
    typer.Option(
        "--from", help="First day (in Shanghai), or instant with its zone; all unless told."
    ),
]
To = Annotated[
    str | None,
    typer.Option("--to", help="Last day, which counts whole, or the instant before which it ends."),
]
AsCsv = Annotated[
    bool, typer.Option("--csv", help="For a spreadsheet; one JSON object a line unless told.")
]
Expected = Annotated[
    str | None,
    typer.Option(
        "--expect", help="NUMBER:DIGEST of an entry, as `verify` or an export told it earlier."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

commands = typer.Typer(
    no_args_is_help=True, help="The audit log: who came, who was refused, who read personal data."
)


@commands.command()
def export(*, since: From = None, until: To = None, as_csv: AsCsv = False) -> None:
    """Write the entries of a time to standard output, in order of their numbers."""
    between = _span(since, until)
    form = "csv" if as_csv else "ndjson"
    with store_in_use(read_settings()) as settings, progress_shown() as progress:
        asyncio.run(_export(settings, between, form, progress))


@commands.command()
def verify(*, expected: Expected = None, as_json: AsJson = False) -> None:
    """Walk the chain of entries and say where it breaks: exit code 0 sound, 1 tampered with."""
    written_down = _head(expected)
    with store_in_use(read_settings()) as settings, progress_shown() as progress:
        verdict = asyncio.run(_verify(settings, written_down, progress))
    if as_json:
        print_object(_facts(verdict))
    else:
        for line in _told(verdict):
            print_line(line)
    raise typer.Exit(SOUND if verdict.is_sound else TAMPERED)


async def _export(settings: Settings, between: Span, form: str, progress: Progress) -> None:
    database = settings.neo4j_database
    async with driver_of(settings) as driver:
        async with open_audit(Ledger(driver, database, settings.base)) as audit:
            await audit_exported(audit.note, HUB.id, between.since, between.before, f"{form} file")
        written = 0
        async for page in AuditReader(driver, database).pages(between):
            lines = csv_lines(page, header=not written) if form == "csv" else json_lines(page)
            sys.stdout.buffer.write(lines)
            sys.stdout.buffer.flush()
            written += len(page)
            progress("Writing entries", written, 0)


async def _verify(settings: Settings, expected: Head | None, progress: Progress) -> Verdict:
    async with driver_of(settings) as driver:
        return await verified(AuditReader(driver, settings.neo4j_database), progress, expected)


def _span(since: str | None, until: str | None) -> Span:
    try:
        return span(since, until)
    except NoSuchTime as error:
        raise CommandLineError(
            f"{str(error)!r} is no time: give a day such as 2026-11-29, or an instant with its zone such as 2026-11-29T08:00:00Z."
        ) from error


def _head(text: str | None) -> Head | None:
    if text is None:
        return None
    number, _, digest = text.partition(":")
    if not number.isdecimal() or not digest:
        raise CommandLineError(
            f"{text!r} names no entry: give its number and digest as `bashu audit verify` prints them, NUMBER:DIGEST."
        )
    return Head(int(number), digest)


def _facts(verdict: Verdict) -> dict[str, object]:
    return {
        "sound": verdict.is_sound,
        "entries": verdict.walked,
        "head": f"{verdict.head.seq}:{verdict.head.digest}",
        "breaks": verdict.found,
        "first": [
            {"seq": each.seq, "what": each.tampering.name, "text": each.text}
            for each in verdict.breaks
        ],
    }


def _told(verdict: Verdict) -> list[str]:
    head = f"{verdict.head.seq}:{verdict.head.digest}"
    if verdict.is_sound:
        return [
            f"{verdict.walked:,} entries, the chain is sound.",
            f"Write this down, away from this machine, for the next `--expect`: {head}",
        ]
    more = verdict.found - len(verdict.breaks)
    return [
        f"{verdict.walked:,} entries, the chain breaks in {verdict.found:,} places:",
        *(f"  {each.text}" for each in verdict.breaks),
        *([f"  … and {more:,} more"] if more else []),
    ]
