"""What the managed server is told: neo4j.conf, the command that runs it, its first password."""

import os
import re
import subprocess
from pathlib import Path

from graph_store.kept_secret import kept_secret
from graph_store.local_server.errors import ServerDidNotStart
from graph_store.local_server.site import Site

USER = "neo4j"

# the openings and flags are those of Neo4j's own launcher, which the jars from Maven do not bring
_JVM_FLAGS = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "-XX:+UseG1GC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+ExitOnOutOfMemoryError",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
)


def write_configuration(site: Site, port: int) -> None:
    """Writes neo4j.conf for a server that answers Bolt at 127.0.0.1:`port` and nothing else."""
    for folder in (site.configuration, site.logs, site.data):
        folder.mkdir(parents=True, exist_ok=True)
    text = f"""\
# written anew at each start
server.directories.data={site.data}
server.directories.logs={site.logs}
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
dbms.security.auth_enabled=true
server.memory.pagecache.size={site.pagecache}
# a runaway statement fails alone instead of starving the others
db.memory.transaction.max=512m
# time limits hold to a fifth of a second instead of two seconds
db.transaction.monitor.check.interval=200ms
# the databases are closed within a second; Bolt would then wait twice five seconds for nobody
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
internal.server.bolt.thread_pool_shutdown_wait_time=1s
"""
    (site.configuration / "neo4j.conf").write_text(text, encoding="utf-8")


def configured_port(site: Site) -> int | None:
    """The port in neo4j.conf, that of the server which last started here."""
    try:
        text = (site.configuration / "neo4j.conf").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    port = re.search(r"^server\.bolt\.listen_address=127\.0\.0\.1:(\d+)$", text, re.MULTILINE)
    return int(port[1]) if port else None


def server_command(site: Site, java: Path) -> list[str]:
    """The command that runs the server in the foreground."""
    return [
        str(java),
        f"-Xms{site.heap}",
        f"-Xmx{site.heap}",
        *_JVM_FLAGS,
        "-cp",
        f"{site.jars}/*",
        "org.neo4j.server.CommunityEntryPoint",
        home_argument(site),
        f"--config-dir={site.configuration}",
    ]


def home_argument(site: Site) -> str:
    """The argument by which a process is known to serve this site."""
    return f"--home-dir={site.home}"


def ensure_password(site: Site, java: Path) -> str:
    """The password of user `neo4j`: made and told to the server before its first start, kept ever after."""
    password = kept_secret(site.password)
    if not (site.data / "databases").exists():
        _set_initial_password(site, java)
    return password


def _set_initial_password(site: Site, java: Path) -> None:
    """Hands the password over in its file: an argument could be read by everybody on the machine."""
    command = [str(java), "-XX:TieredStopAtLevel=1", "-cp", f"{site.jars}/*"]
    command += ["org.neo4j.cli.AdminTool", "dbms", "set-initial-password", f"@{site.password}"]
    environment = os.environ | {"NEO4J_HOME": str(site.home), "NEO4J_CONF": str(site.configuration)}
    run = subprocess.run(  # noqa: S603 - the pinned jars with our own arguments
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode != 0:
        lines = (run.stderr.strip() or run.stdout.strip()).splitlines()
        raise ServerDidNotStart(
            "Neo4j's first password could not be set; `bashu doctor` checks what it needs. It said:\n"
            + "\n".join(lines[:6])
        )
