"""The provider's process: started, heard to be ready, told to read its plan anew, stopped; it never outlives this one."""

from __future__ import annotations

import select
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO

FOLDER = Path(__file__).parent
START_SECONDS = 60.0  # the machine may be busy
STOP_SECONDS = 5.0


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
        why = f"it was not ready after {START_SECONDS:.0f} s"
        while (seconds := deadline - monotonic()) > 0:
            if not select.select([output], [], [], seconds)[0]:
                break
            line = output.readline()
            if line.strip() == b"ready":
                return
            if not line:
                why = self._how_it_ended()
                break
        self.stop()
        raise SignOnFailed(
            f"The demonstration's sign-on did not start, {why}: {_last_words(self.log)} Its log is {self.log}."
        )

    def _how_it_ended(self) -> str:
        try:
            code = self.popen.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            return "it closed its output"
        return f"signal {-code} ended it" if code < 0 else f"it ended with exit code {code}"

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


def _output(popen: subprocess.Popen[bytes]) -> IO[bytes]:
    if popen.stdout is None:
        raise SignOnFailed(
            "The demonstration's sign-on was started without an output to listen to."
        )
    return popen.stdout


def _last_words(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing."
