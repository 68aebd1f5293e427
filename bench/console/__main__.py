"""How fast the console is in Chromium beside the whole hub, with an inbox of 5,000; what it loads; see bench/README.md."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvloop

from bench.console import ground
from bench.console.report import table
from bench.kept import CHECKOUT, keep, machine, versions
from bench.questions.store import kept_store
from graph_store.local_server.bolt import free_port
from settings import read_settings

SCALE = 0.05
READY = "Bashu Hub ready"
BUDGETS = ("home", "entity", "all", "api")
RESULT = ("homeUsableMs", "routeMs", "responseMs", "graph200Ms", "panFrameMs", "inbox5000Ms")


def main() -> int:
    """Exit code 0 when all is measured."""
    began = time.monotonic()
    budgets = json.loads((CHECKOUT / "console/made/budgets.json").read_text(encoding="utf-8"))
    data_folder = read_settings().data_dir.resolve()
    _run("bash", ".ci/set-up-browser")
    folder = data_folder / "bench" / "console"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with (
        kept_store(data_folder, folder / "server", folder / "none") as store,
        _hub(store.uri, folder) as address,
    ):
        _say("the hub is ready")
        uvloop.run(ground.lay_out(store.uri))
        _say(f"{ground.DECISIONS} decisions are owed")
        found = _bars(address, folder)
    shutil.rmtree(folder)
    result: dict[str, Any] = {name: found[name] for name in RESULT}
    result["budgetsKb"] = {name: budgets[name] for name in BUDGETS}
    figures = {
        "result": result,
        "found": found,
        "budgetsKb": budgets,
        "scale": SCALE,
        "minutes": round((time.monotonic() - began) / 60, 1),
        "loadAverage": round(os.getloadavg()[0], 1),
        "machine": machine(),
        "versions": versions(),
    }
    text = table(figures)
    keep("console", figures, text, "", None)
    print(text)
    print(f"RESULT {json.dumps(result)}", flush=True)
    return 0


@contextmanager
def _hub(uri: str, folder: Path) -> Iterator[str]:
    """The whole hub with the demonstration, at its address."""
    port = free_port()
    own = {
        "BASHU_NEO4J_URI": uri,
        "BASHU_DATA_DIR": str(folder),
        "BASHU_PORT": str(port),
        "BASHU_DEMO_SCALE": str(SCALE),
        "BASHU_LOG_LEVEL": "warning",
    }
    with (
        (folder / "hub.log").open("w") as log,
        subprocess.Popen(  # noqa: S603 - the hub's own command
            [sys.executable, str(CHECKOUT / "cli.py"), "serve", "--demo", "--until-input-ends"],
            env=os.environ | own,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as hub,
    ):
        if not any(line.startswith(READY) for line in hub.stdout or ()):
            raise SystemExit(f"The hub did not start; see {folder / 'hub.log'}")
        yield f"http://127.0.0.1:{port}"


def _bars(address: str, folder: Path) -> dict[str, float]:
    """Milliseconds by name, as the browser tells them."""
    with tempfile.NamedTemporaryFile(suffix=".json") as told:
        own = {
            "BASHU_CONSOLE_AT": address,
            "BASHU_CONSOLE_DATA": str(folder),
            "BASHU_BARS": told.name,
        }
        _run("npm", "--prefix", "console", "run", "--silent", "bars", **own)
        found: dict[str, float] = json.loads(Path(told.name).read_text(encoding="utf-8"))
        return found


def _run(*command: str, **environment: Any) -> None:
    done = subprocess.run(command, cwd=CHECKOUT, env=os.environ | environment, check=False)  # noqa: S603 - our own scripts
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed; its lines above say why")


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
