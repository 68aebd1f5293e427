"""Fetches the jars of Neo4j by Maven and believes none that is not on the committed list."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from graph_store.local_server.errors import JarsAreNotThere
from graph_store.local_server.progress import Progress, silent

VERSION = "5.26.30"
MENDED_BY = "apt-get install -y maven"
_HERE = Path(__file__).parent
_DOWNLOADED = re.compile(r"Downloaded from \S+: \S+/(?P<name>[^/ ]+\.jar)\b")


def ensure_jars(folder: Path, progress: Progress = silent) -> Path:
    """`folder`, holding exactly the pinned jars; fetched, checked and put there whole if it is not there yet.

    A folder of that name is always a checked one: what is half done has another name and is thrown away.
    Raises JarsAreNotThere.
    """
    if folder.exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with one_at_a_time(folder.with_name(f"{folder.name}.lock")):
        if not folder.exists():
            _fetch(folder, progress)
    return folder


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Waits for whoever holds the file, then holds it; the lock ends with its process, however that ends."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def pinned_jars() -> Mapping[str, str]:
    """Name to SHA-256 of each jar, from the committed list."""
    lines = (_HERE / "jars.sha256").read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def check_jars(folder: Path, pinned: Mapping[str, str]) -> None:
    """Raises JarsAreNotThere naming every jar that is missing, was not asked for, or differs."""
    found = {jar.name: _sha256(jar) for jar in folder.iterdir()}
    wrong = [f"{name} is missing" for name in pinned.keys() - found.keys()]
    wrong += [f"{name} is not on the list" for name in found.keys() - pinned.keys()]
    wrong += [
        f"{name} differs" for name in found.keys() & pinned.keys() if found[name] != pinned[name]
    ]
    if wrong:
        raise JarsAreNotThere(
            f"What Maven brought is not the Neo4j {VERSION} of the committed list: {'; '.join(sorted(wrong)[:10])};"
            " remove org/neo4j (and the jars named) from Maven's local repository and try again"
        )


def _fetch(folder: Path, progress: Progress) -> None:
    for unfinished in folder.parent.glob(f"{folder.name}.part-*"):
        shutil.rmtree(unfinished)
    part = Path(tempfile.mkdtemp(prefix=f"{folder.name}.part-", dir=folder.parent))
    try:
        _copy_by_maven(part, progress)
        check_jars(part, pinned_jars())
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _copy_by_maven(part: Path, progress: Progress) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise JarsAreNotThere(
            f"Maven, which fetches Neo4j, is not there; install it with: {MENDED_BY}"
        )
    command = [
        maven,
        "--batch-mode",
        "--strict-checksums",
        "--file",
        str(_HERE / "pom.xml"),
        "dependency:copy-dependencies",
        "-DincludeScope=runtime",
        f"-DoutputDirectory={part.resolve()}",
    ]
    with subprocess.Popen(  # noqa: S603 - Maven with our own arguments
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    ) as run:
        try:
            last_lines = _follow(run.stdout or iter(()), progress)
        except BaseException:
            run.kill()  # an interrupted hub leaves no Maven behind
            raise
    if run.returncode != 0:
        raise JarsAreNotThere(
            f"Maven could not fetch Neo4j {VERSION} (is Maven Central reachable?); run the same again to go on"
            " where it stopped. Its last lines:\n" + "\n".join(last_lines)
        )


def _follow(lines: Iterator[str], progress: Progress) -> list[str]:
    """Counts the pinned jars as they come; gives back the last lines that say what went wrong."""
    wanted = set(pinned_jars())
    total = len(wanted)
    errors: deque[str] = deque(maxlen=8)
    progress(f"Fetching Neo4j {VERSION}", 0, total)
    for line in lines:
        if "ERROR" in line:
            errors.append(line.rstrip())
        jar = _DOWNLOADED.search(line)
        if jar and jar["name"] in wanted:
            wanted.discard(jar["name"])
            progress(f"Fetching Neo4j {VERSION}", total - len(wanted), total)
    progress(f"Fetching Neo4j {VERSION}", total, total)
    return list(errors)


def _sha256(jar: Path) -> str:
    with jar.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
