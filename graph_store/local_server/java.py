"""Finds the Java that runs Neo4j."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from graph_store.local_server.errors import JavaIsMissing

OLDEST_JAVA = 17
MENDED_BY = "apt-get install -y openjdk-17-jdk-headless"


def find_java() -> Path:
    """The `java` of JAVA_HOME, else of PATH, of version 17 or newer; raises JavaIsMissing."""
    java = _candidate()
    if java is None:
        raise JavaIsMissing(f"There is no Java on this machine; install one with: {MENDED_BY}")
    version = java_version(java)
    if version < OLDEST_JAVA:
        raise JavaIsMissing(
            f"{java} is Java {version}, Neo4j needs {OLDEST_JAVA} or newer; install one with: {MENDED_BY}"
            " (and let JAVA_HOME point at it)"
        )
    return java


def java_version(java: Path) -> int:
    """17 for "17.0.15", 8 for "1.8.0_392", 0 for what does not say."""
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)  # noqa: S603 - the machine's own Java
    version = re.search(r'version "(?:1\.)?(\d+)', said.stderr)
    return int(version[1]) if version else 0


def _candidate() -> Path | None:
    home = os.environ.get("JAVA_HOME")
    if home and (Path(home) / "bin" / "java").exists():
        return Path(home) / "bin" / "java"
    on_path = shutil.which("java")
    return Path(on_path) if on_path else None
