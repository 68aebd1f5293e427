"""`bashu`: every command of the hub, each a file of command_line/.

Exit codes: 0 done, 1 some records rejected, 2 could not run.
"""

import sys

import typer

from command_line import (
    audit,
    demo,
    doctor,
    documents,
    flows,
    import_,
    neo4j,
    questions,
    role,
    serve,
    token,
    two_bases,
)
from command_line.errors import CommandLineError
from command_line.output import print_error
from graph_store.errors import GraphStoreError
from settings import SettingsError
from web.trusted import DocumentsAreFaulty

commands = typer.Typer(
    name="bashu",
    help="Bashu Hub 巴蜀科技云数据枢纽.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
commands.command()(serve.serve)
commands.command()(doctor.doctor)
commands.command()(flows.work)
commands.command()(flows.reconcile)
commands.command("import")(import_.import_)
commands.command()(questions.schema)
commands.command()(questions.query)
commands.add_typer(audit.commands, name="audit")
demo.commands.command("two-bases")(two_bases.two_bases)
commands.add_typer(demo.commands, name="demo")
commands.add_typer(documents.commands, name="documents")
commands.add_typer(neo4j.commands, name="neo4j")
commands.add_typer(role.commands, name="role")
commands.add_typer(token.commands, name="token")


def main() -> None:
    """Run the command of `sys.argv`; what could not run is one message on standard error and exit code 2."""
    try:
        commands(prog_name="bashu")
    except (CommandLineError, SettingsError, GraphStoreError, DocumentsAreFaulty) as error:
        print_error(str(error))
        sys.exit(2)


if __name__ == "__main__":
    main()
