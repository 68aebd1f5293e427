"""The managed Neo4j: what is fetched is what was pinned, and who started it is who stops it."""

import dataclasses
import os
import re
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from graph_store.driver import is_new_enough, open_driver, ping
from graph_store.errors import StoreIsAway, StoreRefusedSignIn
from graph_store.kept_secret import kept_secret
from graph_store.local_server import server
from graph_store.local_server.bolt import answers_bolt, free_port
from graph_store.local_server.errors import (
    FolderIsInUse,
    JarsAreNotThere,
    JavaIsMissing,
    ServerDidNotStart,
)
from graph_store.local_server.jars import VERSION, check_jars, ensure_jars, pinned_jars
from graph_store.local_server.java import find_java
from graph_store.local_server.process import Process
from graph_store.local_server.site import Site
from graph_store.local_server.state import State

CHECKOUT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def site(neo4j_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A place for servers that come and go; none is left at the end."""
    ensure_jars(neo4j_site.jars)
    home = tmp_path_factory.mktemp("coming-and-going")
    place = Site(jars=neo4j_site.jars, home=home, heap="512m", pagecache="64m")
    yield place
    server.stop(place)


def start_and_die(site: Site) -> None:
    """A hub that starts the server of `site` and is killed."""
    hub = f"""
        import os, signal
        from pathlib import Path
        from graph_store.local_server import server
        from graph_store.local_server.site import Site
        site = Site(jars=Path({str(site.jars)!r}), home=Path({str(site.home)!r}), heap="512m", pagecache="64m")
        server.start(site, to_stay=False)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(hub)], cwd=CHECKOUT, check=False)
    assert done.returncode == -signal.SIGKILL


def test_the_pinned_list_is_of_the_version_in_the_pom() -> None:
    pom = (CHECKOUT / "graph_store" / "local_server" / "pom.xml").read_text(encoding="utf-8")
    pinned = pinned_jars()
    assert f"<neo4j.version>{VERSION}</neo4j.version>" in pom
    assert {f"neo4j-{VERSION}.jar", f"neo4j-server-{VERSION}.jar"} <= pinned.keys()
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in pinned.values())


def test_jars_that_are_missing_changed_or_unasked_for_are_named(tmp_path: Path) -> None:
    (tmp_path / "changed.jar").write_bytes(b"other")
    (tmp_path / "unasked.jar").write_bytes(b"")
    with pytest.raises(JarsAreNotThere) as refusal:
        check_jars(tmp_path, {"changed.jar": "00", "missing.jar": "00"})
    assert "changed.jar differs; missing.jar is missing; unasked.jar is not on the list" in str(
        refusal.value
    )


def test_without_maven_the_command_that_brings_it_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(JarsAreNotThere, match="apt-get install -y maven"):
        ensure_jars(tmp_path / "neo4j" / "lib")
    assert not (tmp_path / "neo4j" / "lib").exists()


def test_a_failing_maven_leaves_no_folder_that_looks_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    maven = tmp_path / "mvn"
    maven.write_text("#!/bin/sh\necho '[ERROR] Central is away'; exit 1\n")
    maven.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(JarsAreNotThere, match="Central is away"):
        ensure_jars(tmp_path / "neo4j" / "lib")
    assert [path.name for path in (tmp_path / "neo4j").iterdir()] == ["lib.lock"]


@pytest.mark.parametrize(
    ("said", "sentence"), [('version "1.8.0_392"', "is Java 8"), ("what?", "is Java 0")]
)
def test_an_old_java_is_refused_with_the_command_that_brings_a_new_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str, sentence: str
) -> None:
    (tmp_path / "bin").mkdir()
    java = tmp_path / "bin" / "java"
    java.write_text(f"#!/bin/sh\necho '{said}' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(JavaIsMissing, match=sentence) as refusal:
        find_java()
    assert "apt-get install -y openjdk-17-jdk-headless" in str(refusal.value)


def test_a_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "secret"
    assert kept_secret(path) == kept_secret(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["secret"]


def test_a_process_is_not_taken_for_a_later_one_with_its_number() -> None:
    me = Process.of(os.getpid())
    assert me is not None
    assert me.lives
    assert not dataclasses.replace(me, born=me.born - 1).lives
    assert not dataclasses.replace(me, boot="another").lives
    assert dataclasses.replace(me, born=me.born - 1).end(patience=timedelta(0))  # and I live on


def test_a_process_that_ended_uncollected_does_not_live() -> None:
    pid = os.posix_spawn("/bin/true", ["true"], {})
    time.sleep(0.2)
    try:
        assert Process.of(pid) is None
    finally:
        os.waitpid(pid, 0)


def test_a_port_that_somebody_has_is_not_given_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = listener.getsockname()[1]
        assert free_port(taken) != taken
        assert not answers_bolt(taken)
    assert free_port(taken) == taken


async def test_the_server_is_new_enough_and_says_so(driver: AsyncDriver) -> None:
    agent = await ping(driver)
    assert agent == f"Neo4j/{VERSION}"
    assert is_new_enough(agent)


@pytest.mark.parametrize("agent", ["Neo4j/5.25.1", "Neo4j/4.4.30", "SomethingElse"])
def test_an_older_server_is_not_new_enough(agent: str) -> None:
    assert not is_new_enough(agent)


async def test_a_wrong_password_is_refused_and_not_shown(neo4j_server: server.Running) -> None:
    with pytest.raises(StoreRefusedSignIn) as refusal:
        async with open_driver(neo4j_server.uri, neo4j_server.user, "wrong-word"):
            pass
    assert "wrong-word" not in str(refusal.value)
    assert neo4j_server.password not in repr(neo4j_server)


async def test_a_database_that_is_not_there_is_away(neo4j_server: server.Running) -> None:
    with pytest.raises(StoreIsAway, match="nowhere"):
        async with open_driver(
            neo4j_server.uri, neo4j_server.user, neo4j_server.password, database="nowhere"
        ):
            pass


async def test_nobody_at_the_address_is_away() -> None:
    with pytest.raises(StoreIsAway):
        async with open_driver(f"bolt://127.0.0.1:{free_port()}", "neo4j", None):
            pass


async def test_the_configuration_is_taken_by_the_server(driver: AsyncDriver) -> None:
    names = [
        "db.transaction.monitor.check.interval",
        "server.http.enabled",
        "dbms.usage_report.enabled",
    ]
    answer = await driver.execute_query(
        "SHOW SETTINGS YIELD name, value WHERE name IN $names RETURN name, value", names=names
    )
    assert {row["name"]: row["value"] for row in answer.records} == {
        "db.transaction.monitor.check.interval": "200ms",
        "dbms.usage_report.enabled": "false",
        "server.http.enabled": "false",
    }


def test_a_server_whose_hub_was_killed_is_taken_over_and_stopped_with_the_next(site: Site) -> None:
    start_and_die(site)
    orphan = server.status(site)
    assert orphan is not None
    assert server.start(site, to_stay=False) == orphan
    assert server.stop_if_kept(site)
    assert server.status(site) is None
    assert not answers_bolt(orphan.port)


def test_a_server_that_was_to_stay_is_not_stopped_by_a_hub_that_used_it(site: Site) -> None:
    staying = server.start(site, to_stay=True)
    assert server.start(site, to_stay=False) == staying
    assert not server.stop_if_kept(site)
    assert server.status(site) == staying


def test_a_running_server_is_found_when_the_state_was_lost(site: Site) -> None:
    running = server.start(site, to_stay=True)
    site.state.unlink()
    assert server.status(site) == running
    assert server.stop(site)
    assert not server.stop(site)


def test_a_killed_server_is_started_again_with_what_it_had(site: Site) -> None:
    first = server.start(site, to_stay=True)
    os.kill(first.pid, signal.SIGKILL)
    second = server.start(site, to_stay=True)
    assert second.pid != first.pid
    assert (second.port, second.password) == (first.port, first.password)
    server.stop(site)


def test_a_remembered_number_that_is_somebody_elses_now_is_left_alone(site: Site) -> None:
    me = Process.of(os.getpid())
    assert me is not None
    site.home.mkdir(exist_ok=True)
    State(server=me, port=1, keeper=None).write(site)
    assert server.status(site) is None
    assert not server.stop(site)
    assert me.lives


def test_a_server_that_is_only_just_being_started_is_not_taken_for_gone(site: Site) -> None:
    # /proc shows no command line for a moment after the spawn, on a busy machine long enough to be seen
    with subprocess.Popen([""], executable="/bin/cat", stdin=subprocess.PIPE) as nameless:  # noqa: S607 - the name is left out on purpose
        server_process = Process.of(nameless.pid)
        assert server_process is not None
        kept_secret(site.password)
        State(server=server_process, port=1, keeper=None).write(site)
        found = server.status(site)
    assert found is not None
    assert found.pid == nameless.pid
    assert server.status(site) is None


def test_a_folder_that_another_server_holds_is_refused(
    neo4j_server: server.Running, neo4j_site: Site, tmp_path: Path
) -> None:
    site = dataclasses.replace(neo4j_site, home=tmp_path / "server")
    kept_secret(site.password)
    (site.data / "databases").mkdir(parents=True)
    (site.data / "databases" / "store_lock").hardlink_to(
        neo4j_site.data / "databases" / "store_lock"
    )
    with pytest.raises(FolderIsInUse, match=str(neo4j_server.pid)):
        server.start(site, to_stay=True)


def test_a_server_that_cannot_start_shows_its_last_lines(site: Site, tmp_path: Path) -> None:
    greedy = dataclasses.replace(site, home=tmp_path / "server", pagecache="2x")
    with pytest.raises(ServerDidNotStart, match=r"server\.memory\.pagecache\.size") as refusal:
        server.start(greedy, to_stay=False)
    assert "bashu doctor" in str(refusal.value)
    assert server.status(greedy) is None
