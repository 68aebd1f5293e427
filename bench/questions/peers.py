"""What `../shared/peers/neo4j-graphql` brings: the graph, its reference operations, the load generator, the servers to compare with."""

import importlib.util
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

PEERS = Path(__file__).parents[3] / "shared" / "peers" / "neo4j-graphql"


@cache
def module(name: str) -> ModuleType:
    """`bench` or `raw` of the peers' folder, which is not a package."""
    spec = importlib.util.spec_from_file_location(f"peer_{name}", PEERS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True  # the folder is not ours
    spec.loader.exec_module(loaded)
    return loaded


def variables() -> dict[str, dict[str, Any]]:
    """The variables of each reference operation."""
    found: dict[str, dict[str, Any]] = json.loads(
        (PEERS / "queries" / "variables.json").read_text(encoding="utf-8")
    )
    return found


def peer_operation(name: str) -> str:
    """The peer's text of an operation."""
    return (PEERS / "queries" / "neo4j-graphql" / f"{name}.graphql").read_text(encoding="utf-8")


def load(environment: dict[str, str], scale: int = 1) -> None:
    """Fill the empty graph."""
    command = [sys.executable, str(PEERS / "load.py"), "--scale", str(scale)]
    subprocess.run(command, check=True, env=environment)  # noqa: S603 - the peers' own program


def installed_peer(folder: Path) -> Path:
    """A copy of the peer with its locked packages; made once."""
    home = folder / "peer"
    lock = (PEERS / "package-lock.json").read_bytes()
    made_for = home / "made-for-package-lock.json"
    if not made_for.exists() or made_for.read_bytes() != lock:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        (home / "package-lock.json").write_bytes(lock)
        (home / "package.json").write_bytes((PEERS / "package.json").read_bytes())
        command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, check=True, cwd=home)  # noqa: S603 - our own arguments
        made_for.write_bytes(lock)
    (home / "server.mjs").write_bytes((PEERS / "server.mjs").read_bytes())
    return home
