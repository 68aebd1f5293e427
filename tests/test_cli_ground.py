"""The command line's ground: exit codes, the doctor, the port, a start and a stop of the hub."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import pytest

from command_line.doctor import Finding, examine, java, tool
from command_line.ports import PortIsTaken, listening
from command_line.sign_on import address
from graph_store.local_server import server
from graph_store.local_server.bolt import answers_bolt, free_port

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A process's environment with no setting but a data folder, a port of its own, and no flows beside the hub."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BASHU_")}
    own = {"BASHU_DATA_DIR": str(tmp_path / "data"), "BASHU_PORT": str(free_port())}
    return kept | own | {"BASHU_WORKERS": "0"}


def bashu(
    *words: str, environment: Mapping[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, CHECKOUT / "cli.py", *words],
        env=environment, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_an_unusable_setting_is_one_sentence_and_ends_with_2(
    environment: dict[str, str], tmp_path: Path
) -> None:
    done = bashu("serve", environment=environment | {"BASHU_PORT": "none"}, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "BASHU_PORT is 'none': it must be a port number from 1 to 65535.\n"


def test_a_taken_port_is_named_with_its_holder_and_ends_with_2(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", int(environment["BASHU_PORT"]))):
        done = bashu("serve", environment=environment, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"is taken by pid {os.getpid()} (" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_hub_that_waits_for_its_graph_has_its_port_already() -> None:
    port = free_port()
    with listening("127.0.0.1", port), pytest.raises(PortIsTaken), listening("127.0.0.1", port):
        pass


def test_a_graph_that_is_away_is_one_sentence_and_ends_with_2(
    environment: dict[str, str], tmp_path: Path
) -> None:
    away = {"BASHU_NEO4J_URI": f"bolt://127.0.0.1:{free_port()}"}
    done = bashu("serve", environment=environment | away, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Neo4j does not answer: ")
    assert "Traceback" not in done.stderr


def test_the_last_line_of_a_status_is_one_object(
    environment: dict[str, str], tmp_path: Path
) -> None:
    done = bashu("neo4j", "status", "--json", environment=environment, folder=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout.splitlines()[-1])["running"] is False


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_the_hub_says_when_it_is_ready_and_stops_nothing_that_it_did_not_start(
    environment: dict[str, str], tmp_path: Path, neo4j_server: server.Running, word: signal.Signals
) -> None:
    sign_in = {
        "BASHU_NEO4J_URI": neo4j_server.uri,
        "BASHU_NEO4J_USER": neo4j_server.user,
        "BASHU_NEO4J_PASSWORD": neo4j_server.password,
    }
    command = [sys.executable, str(CHECKOUT / "cli.py"), "serve"]
    own = address("127.0.0.1", int(environment["BASHU_PORT"]))
    with subprocess.Popen(
        command, env=environment | sign_in, cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as hub:
        assert hub.stdout is not None
        try:
            assert hub.stdout.readline() == f"Bashu Hub ready  {own}\n"
            with urllib.request.urlopen(f"{own}/healthz", timeout=10) as answer:  # noqa: S310 - our own address
                assert answer.status == 200
            told = bashu("doctor", environment=environment | sign_in, folder=tmp_path).stdout
            assert f"is this hub's own: pid {hub.pid}" in told
        finally:
            hub.send_signal(word)
        assert hub.wait(timeout=30) == 0
    assert answers_bolt(neo4j_server.port)


def test_the_doctor_names_what_is_missing_and_what_mends_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert tool("mvn", "maven", asks="--version") == Finding(
        "mvn", "not found", "apt-get install -y maven"
    )
    assert java().mend == "apt-get install -y openjdk-17-jdk-headless"


def test_the_doctor_refuses_a_node_that_is_too_old(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\necho v18.19.0\n")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    found = tool("node", "nodejs", asks="--version", oldest=20)
    assert (found.is_well, found.found) == (False, "18.19.0, 20 or newer is needed")


def test_the_doctor_looks_at_everything_the_hub_needs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, neo4j_server: server.Running
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BASHU_PORT", str(free_port()))
    monkeypatch.setenv("BASHU_NEO4J_URI", neo4j_server.uri)
    monkeypatch.setenv("BASHU_NEO4J_PASSWORD", "wrong-word")
    findings = {finding.name: finding for finding in examine()}
    assert list(findings) == [
        "python", "java", "mvn", "node", "make", "git", "settings", "port", "data folder", "disk", "font", "neo4j",
    ]  # fmt: skip
    assert findings["port"].is_well
    assert "refused the user and password" in findings["neo4j"].found
    assert "BASHU_NEO4J_PASSWORD" in findings["neo4j"].mend
