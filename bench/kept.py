"""Where figures are kept: bench/results.json, the tables of bench/README.md and the charts of docs/, each part by its name."""

import json
import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from graph_store.local_server.jars import VERSION
from graph_store.local_server.java import find_java

CHECKOUT = Path(__file__).parents[1]
PACKAGES = (
    "neo4j",
    "neo4j-rust-ext",
    "orjson",
    "starlette",
    "uvicorn",
    "uvloop",
    "httptools",
    "graphql-core",
)


def keep(part: str, figures: dict[str, Any], table: str, chart: str, folder: Path | None) -> None:
    """Keep one bench's figures in the checkout, or in a folder when the run was none to be shown."""
    results = (folder or CHECKOUT / "bench") / "results.json"
    results.parent.mkdir(parents=True, exist_ok=True)
    known = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    known[part] = {"date": datetime.now(UTC).date().isoformat()} | figures
    results.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    readme = CHECKOUT / "bench" / "README.md"
    if folder is None:
        readme.write_text(
            between(readme.read_text(encoding="utf-8"), part, table), encoding="utf-8"
        )
    if chart:
        place = folder or CHECKOUT / "docs"
        (place / "bench.svg").write_text(chart, encoding="utf-8")


def between(text: str, part: str, table: str) -> str:
    r"""A document with what stands between the marks of a part replaced.

    >>> between("<!-- a -->old<!-- /a -->", "a", "new")
    '<!-- a -->\nnew\n<!-- /a -->'
    """
    marks = re.compile(f"(<!-- {part} -->).*?(<!-- /{part} -->)", re.DOTALL)
    return marks.sub(lambda found: f"{found[1]}\n{table}\n{found[2]}", text)


def machine() -> dict[str, Any]:
    """What it ran on."""
    models = re.findall(r"^model name\s*: (.*)$", _text("/proc/cpuinfo"), re.MULTILINE)
    total = re.search(r"^MemTotal:\s+(\d+)", _text("/proc/meminfo"), re.MULTILINE)
    return {
        "cpus": os.cpu_count(),
        "cpu": models[0] if models else platform.machine(),
        "memoryGiB": round(int(total[1]) / 2**20) if total else None,
        "kernel": platform.release(),
    }


def versions(package: Path | None = None) -> dict[str, str]:
    """Of everything that takes part; `package`: the peer's package.json."""
    found = {
        "Python": platform.python_version(),
        "Neo4j": VERSION,
        "Java": _said(str(find_java()), "-version"),
    }
    found |= {name: version(name) for name in PACKAGES}
    if package is not None:
        found |= {"Node": _said("node", "--version")}
        found |= json.loads(package.read_text(encoding="utf-8"))["dependencies"]
    return found


def _said(program: str, argument: str) -> str:
    done = subprocess.run([program, argument], capture_output=True, text=True, check=False)  # noqa: S603 - what the bench has just run
    text = done.stdout or done.stderr
    number = re.search(r"\d+(\.\d+)+", text)
    return number[0] if number else text.strip()


def _text(file: str) -> str:
    return Path(file).read_text(encoding="utf-8")
