"""`bashu documents add FILE…` and `bashu documents check`: the registry of trusted documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from command_line.errors import CommandLineError
from command_line.output import print_error, print_line
from settings import read_settings
from web.trusted import PREFIX, Documents, checked_documents, identifier_of

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from web.limits import DocumentChecks

commands = typer.Typer(help="The registry of trusted documents.", no_args_is_help=True)

Files = Annotated[
    list[Path],
    typer.Argument(help="Files of one GraphQL document each, exactly as clients send it."),
]
Registry = Annotated[
    Path | None,
    typer.Option("--registry", help="Another registry than BASHU_TRUSTED_DOCUMENTS."),
]


@commands.command()
def add(files: Files, *, registry: Registry = None) -> None:
    """Put documents into the registry and print their documentId; exit code 1 when one is refused.

    A running hub knows them after its next start.
    """
    folder = _registry(registry)
    if folder.suffix == ".json" or folder.is_file():
        raise CommandLineError(
            f"{folder} is a manifest, which the client's build writes; name a folder."
        )
    folder.mkdir(parents=True, exist_ok=True)
    checks, schema = _checks_and_schema()
    texts = {file: _text(file) for file in files}
    reasons = {file: checks.fault(schema, text) for file, text in texts.items()}
    for file, reason in reasons.items():
        if reason:
            print_error(f"{file} is refused by the schema: {reason}")
        else:
            _write(texts[file].encode(), file, folder)
    if any(reasons.values()):
        raise typer.Exit(1)


@commands.command()
def check(*, registry: Registry = None) -> None:
    """Look whether every document is what its name says and fits the schema; exit code 1 when one does not."""
    place = _registry(registry)
    if not place.exists():
        raise CommandLineError(f"{place} is not there; `bashu documents add FILE` makes it.")
    texts, faults = looked_through(place)
    for fault in faults:
        print_error(f"{fault.place} {fault.reason}")
    print_line(f"{len(texts)} trusted, {len(faults)} refused in {place}")
    if faults:
        raise typer.Exit(1)


def looked_through(place: Path) -> Documents:
    """The documents of a registry that this hub would answer, and what is wrong with the others."""
    return checked_documents(place, *_checks_and_schema())


def _registry(given: Path | None) -> Path:
    place = given or Path(read_settings().trusted_documents)
    if place == Path():
        raise CommandLineError(
            "There is no registry of trusted documents. Set BASHU_TRUSTED_DOCUMENTS to a folder, or name one by --registry."
        )
    return place


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandLineError(f"{file} cannot be read as a UTF-8 text: {error}") from error


def _write(content: bytes, file: Path, folder: Path) -> None:
    identifier = identifier_of(content)
    (folder / f"{identifier.removeprefix(PREFIX)}.graphql").write_bytes(content)
    print_line(f"{identifier}  {file}")


def _checks_and_schema() -> tuple[DocumentChecks, GraphQLSchema]:
    # asking for help must not wait a second for the GraphQL libraries
    from schema.root import hub_schema  # noqa: PLC0415
    from web.limits import document_checks  # noqa: PLC0415

    return document_checks(introspection=True), hub_schema()
