"""`bashu work`, `bashu reconcile`, and the Prefect and the workers that `bashu serve` keeps running."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from command_line.children import kept_running
from command_line.errors import CommandLineError
from command_line.output import print_line, print_object
from command_line.store import store_in_use
from flows.lifelines import hold_on
from flows.prefect_site import BEHIND, Prefect, PrefectSite, client_environment
from settings import Settings, environment_name, read_settings

CLI = Path(__file__).parent.parent / "cli.py"
HANDED_ON = ("neo4j_uri", "neo4j_user", "neo4j_password", "prefect_api_url", "prefect_auth")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
UntilInputEnds = Annotated[
    bool,
    typer.Option("--until-input-ends", hidden=True, help="Stop when standard input ends."),
]


def work(*, until_input_ends: UntilInputEnds = False) -> None:
    """Run flows: what follows commands, and what the clock says; Ctrl-C ends it.

    `bashu serve` keeps BASHU_WORKERS of these; more of them, also on other machines, share the work.
    """
    settings = read_settings()
    if not settings.prefect_api_url:
        raise CommandLineError(
            "BASHU_PREFECT_API_URL names no Prefect: `bashu serve` starts one with its workers; set it to run more of them."
        )
    if until_input_ends:
        hold_on()
    _ready_prefect(settings)
    # Prefect takes two seconds to import and reads its settings then
    from flows.worker import run_worker  # noqa: PLC0415
    from web.logs import set_up_logs  # noqa: PLC0415

    set_up_logs(settings.log_format, settings.log_level)
    # each look at Prefect is a request
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with store_in_use(settings) as in_use:
        run_worker(in_use)


def reconcile(*, as_json: AsJson = False) -> None:
    """Find and repair whatever a crash left behind, now; prints what was found."""
    settings = read_settings()
    _ready_prefect(settings)
    from flows.reconciling import reconciled  # noqa: PLC0415 - see `work`

    with store_in_use(settings) as in_use:
        report = asyncio.run(reconciled(in_use))
    if as_json:
        print_object({"effects": report.effects, "report": report.zh, "reportEn": report.en})
    else:
        print_line(report.zh)
        print_line(report.en)


@contextmanager
def prefect_in_use(settings: Settings) -> Iterator[Settings]:
    """The settings, completed by the address of a Prefect: the managed one, begun to be started, unless one is named.

    Nobody waits for it here: the hub serves without, and workers wait. Without workers none is started.
    """
    if settings.prefect_api_url or not settings.workers:
        yield settings
        return
    reserved = PrefectSite.under(settings.data_dir).reserved()
    sign_in = {
        "prefect_api_url": reserved.prefect.api_url,
        "prefect_auth": SecretStr(reserved.prefect.auth),
    }
    with reserved.listener, kept_running("Prefect", reserved.start):
        yield settings.model_copy(update=sign_in)


@contextmanager
def workers_in_use(settings: Settings) -> Iterator[None]:
    """BASHU_WORKERS workers, while the block lasts."""
    with ExitStack() as stack:
        for number in range(1, settings.workers + 1):
            stack.enter_context(kept_running(f"worker {number}", lambda: _worker(settings)))
        yield


def _worker(settings: Settings) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own command
        [*BEHIND, sys.executable, str(CLI), "work", "--until-input-ends"],
        env=os.environ | _handed_on(settings),
        stdin=subprocess.PIPE,
        stdout=sys.stderr.fileno(),  # standard output is the hub's, which says there when it is ready
        start_new_session=True,  # Ctrl-C reaches the hub, which ends it
    )


def _handed_on(settings: Settings) -> Mapping[str, str]:
    """What was completed since the settings were read."""
    values = {name: getattr(settings, name) for name in HANDED_ON}
    return {
        environment_name(name): each.get_secret_value() if isinstance(each, SecretStr) else each
        for name, each in values.items()
    }


def _ready_prefect(settings: Settings) -> None:
    """Tell Prefect's library where its server is, before it is imported."""
    prefect = Prefect(settings.prefect_api_url, settings.prefect_auth.get_secret_value())
    home = PrefectSite.under(settings.data_dir).folder / "client"
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(client_environment(prefect, home))
