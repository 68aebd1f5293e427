"""The provider's process: started, heard to be ready, told to read its plan anew, stopped; it never outlives this one."""

from __future__ import annotations

import select
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import IO

import structlog

log = structlog.get_logger("demo.sign_on")

FOLDER = Path(__file__).parent
START_SECONDS = 60.0  # the machine may be busy
STOP_SECONDS = 5.0
LONGEST_PAUSE = 60.0


class SignOnFailed(Exception):
    """The provider cannot be started; the text says why and what to do."""


@dataclass(slots=True)
class Process:
    """A provider that is ready; its standard input is its lifeline: closed when this process is gone, however it ends."""

    popen: subprocess.Popen[bytes]
    log: Path

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self.popen.poll() is None

    def read_again(self) -> None:
        """Have it read its plan and its keys anew; back when it has. Nobody is signed off by it."""
        self.popen.send_signal(signal.SIGHUP)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait for its word. Raises SignOnFailed."""
        deadline = monotonic() + START_SECONDS
        output = _output(self.popen)
        while (seconds := deadline - monotonic()) > 0:
            if not select.select([output], [], [], seconds)[0]:
                break
            line = output.readline()
            if line.strip() == b"ready":
                return
            if not line:
                break
        self.stop()
        raise SignOnFailed(
            f"The demonstration's sign-on did not start: {_last_words(self.log)} Its log is {self.log}."
        )

    def stop(self) -> None:
        """End it, and wait until it is gone."""
        if self.popen.stdin:
            self.popen.stdin.close()
        try:
            self.popen.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
        _output(self.popen).close()


def start(plan_file: Path, log: Path) -> Process:
    """A provider by that plan, ready. Raises SignOnFailed."""
    if not (FOLDER / "node_modules" / "oidc-provider").is_dir():
        raise SignOnFailed(
            "The demonstration's sign-on is not installed: run `make run`, or `bash .ci/set-up-node demo/sign_on`."
        )
    node = shutil.which("node")
    if node is None:
        raise SignOnFailed(
            "The demonstration's sign-on needs Node.js 20 or newer; install it, for example: apt-get install -y nodejs npm"
        )
    command = [node, str(FOLDER / "provider.mjs"), str(plan_file)]
    with log.open("ab") as errors:
        # a session of its own: Ctrl-C in the terminal reaches the hub, which then ends the provider itself
        popen = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            bufsize=0,
            start_new_session=True,
        )
    process = Process(popen, log)
    process.wait_until_ready()
    return process


@contextmanager
def kept_running(plan_file: Path, log_file: Path) -> Iterator[None]:
    """A provider that is started again whenever it ends, until the block does. Raises SignOnFailed."""
    keeper = _Keeper(plan_file, start(plan_file, log_file))
    watching = Thread(target=keeper.watch, name="sign-on", daemon=True)
    watching.start()
    try:
        yield
    finally:
        keeper.stop()
        watching.join()


class _Keeper:
    """Waits for the end of the provider, and makes it good."""

    def __init__(self, plan_file: Path, process: Process) -> None:
        self._plan_file, self._process = plan_file, process
        self._over = Event()

    def watch(self) -> None:
        """Until stopped: wait, and start again, after a pause that grows while it does not stay."""
        pause = 1.0
        while not self._over.is_set():
            started = monotonic()
            code = self._process.popen.wait()
            self._process.stop()  # its pipes
            if self._over.is_set():
                break
            pause = 1.0 if monotonic() - started > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
            log.warning("the demonstration's sign-on ended", code=code, again_in_seconds=pause)
            if self._over.wait(pause):
                break
            try:
                self._process = start(self._plan_file, self._process.log)
            except SignOnFailed as failed:
                log.warning("the demonstration's sign-on is away", reason=str(failed))
            else:
                log.info("the demonstration's sign-on is back")
        self._process.stop()

    def stop(self) -> None:
        """End the provider for good."""
        self._over.set()
        if stdin := self._process.popen.stdin:
            stdin.close()


def _output(popen: subprocess.Popen[bytes]) -> IO[bytes]:
    if popen.stdout is None:
        raise SignOnFailed(
            "The demonstration's sign-on was started without an output to listen to."
        )
    return popen.stdout


def _last_words(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing."
