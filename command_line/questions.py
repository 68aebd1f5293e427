"""`bashu schema` and `bashu query FILE`: the API without a browser."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Literal

import orjson
import typer

from command_line.errors import CommandLineError
from command_line.output import print_line
from command_line.store import driver_of, store_in_use
from settings import Settings, read_settings

Document = Annotated[
    Path, typer.Argument(help="A file with one GraphQL operation; - reads standard input.")
]
Variables = Annotated[
    str, typer.Option("--variables", help="The operation's variables as a JSON object.")
]
Operation = Annotated[
    str | None,
    typer.Option("--operation", help="Which operation to run, where the file holds several."),
]
Language = Annotated[
    Literal["zh", "en"] | None,
    typer.Option("--language", help="Descriptions in one language alone; both unless told."),
]
AsSubgraph = Annotated[
    bool,
    typer.Option(
        "--federation", help="Print it as an Apollo Federation 2 subgraph, for a composer."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as one line.")]


def schema(*, language: Language = None, federation: AsSubgraph = False) -> None:
    """Print the GraphQL schema, as it is committed in schema.graphql."""
    # asking for help must not wait a second for the GraphQL libraries
    from graph_store.model import MODEL  # noqa: PLC0415
    from schema.root import hub_schema, in_one_language, printed  # noqa: PLC0415
    from schema.subgraph import subgraph  # noqa: PLC0415

    made = hub_schema()
    text = subgraph(made, MODEL) if federation else printed(made)
    sys.stdout.write(in_one_language(text, language) if language else text)


def query(
    file: Document,
    *,
    variables: Variables = "{}",
    operation: Operation = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question; exit code 1 when the answer holds errors."""
    text, given = _text(file), _variables(variables)
    with store_in_use(read_settings()) as settings:
        answer = asyncio.run(_answer(settings, text, operation, given))
    print_line(orjson.dumps(answer, option=0 if as_json else orjson.OPT_INDENT_2).decode())
    if "errors" in answer:
        raise typer.Exit(1)


async def _answer(
    settings: Settings, text: str, operation: str | None, variables: dict[str, object]
) -> dict[str, object]:
    import app  # noqa: PLC0415 - see `schema`
    from auth.viewer import ANONYMOUS  # noqa: PLC0415
    from graph_store.commands.lanes import open_lane  # noqa: PLC0415
    from graph_store.reads import reader  # noqa: PLC0415
    from resolvers.answer import Asked  # noqa: PLC0415
    from web.limits import document_checks  # noqa: PLC0415

    seconds = settings.query_timeout.total_seconds()
    async with (
        driver_of(settings) as driver,
        open_lane(app.store_of(driver, settings)) as lane,
        reader(driver, settings.neo4j_database, seconds) as run,
    ):
        engine = app.open_answerer(settings, document_checks(introspection=True), lane, run, None)
        answer = await engine.answer(Asked(text, operation, variables), ANONYMOUS)
    found: dict[str, object] = orjson.loads(answer.body)
    return found


def _text(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandLineError(f"{file} cannot be read as a UTF-8 text: {error}") from error


def _variables(text: str) -> dict[str, object]:
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise CommandLineError(f"--variables is not JSON: {error}") from error
    if not isinstance(given, dict):
        raise CommandLineError('--variables must be a JSON object such as {"first": 3}.')
    return given
