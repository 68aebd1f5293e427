"""`bashu serve`: the whole hub in the foreground, from nothing to `Bashu Hub ready`, and back to nothing."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Annotated

import typer

from command_line.errors import CommandLineError
from command_line.flows import prefect_in_use, workers_in_use
from command_line.output import print_line, progress_shown
from command_line.ports import listening
from command_line.prepare import prepare
from command_line.sign_on import SignOn, address, refuse_demonstration_elsewhere, sign_on_in_use
from command_line.store import store_in_use
from flows.lifelines import hold_on
from settings import read_settings

WithDemo = Annotated[
    bool,
    typer.Option("--demo", help="Load demonstration data (BASHU_DEMO_SCALE) into an empty graph."),
]
UntilInputEnds = Annotated[
    bool,
    typer.Option("--until-input-ends", hidden=True, help="Stop when standard input ends."),
]


def serve(*, demo: WithDemo = False, until_input_ends: UntilInputEnds = False) -> None:
    """Serve the hub; Ctrl-C stops it and everything it started, nothing else."""
    settings = read_settings()
    refuse_demonstration_elsewhere(settings, with_demo=demo)
    if until_input_ends:
        hold_on()
    with (
        listening(settings.host, settings.port) as listener,
        until_told_to_stop(),
        prefect_in_use(settings) as with_prefect,
        store_in_use(with_prefect) as in_use,
    ):
        with progress_shown() as progress:
            prepare(in_use, with_demo=demo, progress=progress)
        with sign_on_in_use(in_use, with_demo=demo) as sign_on, workers_in_use(sign_on.settings):
            _serve(sign_on, listener)


@contextmanager
def until_told_to_stop() -> Iterator[None]:
    """Ends quietly on Ctrl-C, SIGTERM or a closed terminal.

    A shell's background job has Ctrl-C ignored, which does not count here; `nohup` does.
    A second signal does not interrupt the stopping: what was started would be left behind.
    """
    told = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        told.append(signal.SIGHUP)

    def stop(_number: int, _frame: object) -> None:
        for one in told:
            signal.signal(one, signal.SIG_IGN)
        raise KeyboardInterrupt

    for one in told:
        signal.signal(one, stop)
    with suppress(KeyboardInterrupt):
        yield


def _serve(sign_on: SignOn, listener: socket.socket) -> None:
    # the other commands do without the web and GraphQL libraries, which take a second to import
    import app  # noqa: PLC0415
    from web.logs import set_up_logs  # noqa: PLC0415
    from web.server import HubServer  # noqa: PLC0415

    settings = sign_on.settings
    set_up_logs(settings.log_format, settings.log_level)
    ready = f"Bashu Hub ready  {address(settings.host, settings.port)}"
    told = "\n".join(line for line in (ready, sign_on.told) if line)
    server = HubServer(app.build(settings), settings.host, settings.port, lambda: print_line(told))
    try:
        server.run(sockets=[listener])
    except SystemExit as end:
        raise CommandLineError("The hub could not start; the log above says why.") from end
