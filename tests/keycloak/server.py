"""A real Keycloak for tests: fetched by Maven, checked, unpacked into a folder of its own, started on a free port."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from graph_store.local_server.jars import one_at_a_time
from tests.auth.provider import free_port

HERE = Path(__file__).parent
REALM = "sichuan"
PERSON, PASSWORD = "li.ming", "only-in-a-test"
START_SECONDS = 900.0  # about a minute alone; the machine may be busy
ANSWER_SECONDS = 60.0
HEAP = "-Xms64m -Xmx512m"


@dataclass(frozen=True, slots=True)
class Keycloak:
    """A server that answers."""

    address: str
    password: str = field(repr=False)

    @property
    def issuer(self) -> str:
        """Of the realm of the tests."""
        return f"{self.address}/realms/{REALM}"

    def administer(self, method: str, path: str, content: Any = None) -> Any:
        """Ask the admin API for something of the realm."""
        headers = {"authorization": f"Bearer {self._admin_token()}"}
        address = f"{self.address}/admin/realms/{REALM}{path}"
        answer = asked(method, address, json=content, headers=headers)
        assert answer.is_success, f"{answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def _admin_token(self) -> str:
        form = {"grant_type": "password", "client_id": "admin-cli", "username": "admin"}
        address = f"{self.address}/realms/master/protocol/openid-connect/token"
        answer = asked("POST", address, data=form | {"password": self.password})
        token: str = answer.json()["access_token"]
        return token

    def register_hub(self, client_id: str, hub: str, agency: str) -> str:
        """Make a hub known as the guide says (docs/guides/connect-a-provider.md); its secret."""
        secret = secrets.token_hex(32)
        client = {
            "clientId": client_id,
            "secret": secret,
            "publicClient": False,
            "standardFlowEnabled": True,
            "redirectUris": [f"{hub}/auth/{agency}/callback"],
            "defaultClientScopes": ["basic", "profile", "email"],
            "optionalClientScopes": ["graph:read", "graph:write"],
            "attributes": {
                "pkce.code.challenge.method": "S256",
                "post.logout.redirect.uris": f"{hub}/",
                "backchannel.logout.url": f"{hub}/auth/{agency}/backchannel-logout",
                "backchannel.logout.session.required": "true",
            },
        }
        self.administer("POST", "/clients", client)
        return secret

    def register_script(self, client_id: str, hub: str) -> None:
        """Make a program known that asks the hub's API in a person's name."""
        audience = {
            "included.custom.audience": f"{hub}/graphql",
            "access.token.claim": "true",
            "id.token.claim": "false",
        }
        own_name = {
            "claim.name": "client_id",
            "claim.value": client_id,
            "jsonType.label": "String",
            "access.token.claim": "true",
        }
        mappers = [
            ("audience", "oidc-audience-mapper", audience),
            ("client_id", "oidc-hardcoded-claim-mapper", own_name),
        ]
        client = {
            "clientId": client_id,
            "publicClient": True,
            "directAccessGrantsEnabled": True,
            "defaultClientScopes": ["basic"],
            "optionalClientScopes": ["graph:read", "graph:write"],
            "attributes": {"access.token.header.type.rfc9068": "true"},
            "protocolMappers": [
                {
                    "name": name,
                    "protocol": "openid-connect",
                    "protocolMapper": kind,
                    "config": config,
                }
                for name, kind, config in mappers
            ],
        }
        self.administer("POST", "/clients", client)

    def token(self, client_id: str, scope: str = "openid graph:read") -> dict[str, Any]:
        """What the token endpoint gives the script for the person."""
        form = {"grant_type": "password", "client_id": client_id, "scope": scope}
        form |= {"username": PERSON, "password": PASSWORD}
        address = f"{self.issuer}/protocol/openid-connect/token"
        answer = asked("POST", address, data=form)
        assert answer.is_success, answer.text
        tokens: dict[str, Any] = answer.json()
        return tokens

    def sign_off_everywhere(self) -> None:
        """What an administrator does with "Sign out" at the person's sessions."""
        (person,) = self.administer("GET", f"/users?username={PERSON}")
        self.administer("POST", f"/users/{person['id']}/logout")


def asked(method: str, address: str, **given: Any) -> httpx2.Response:
    """Keycloak's answer, for which it may take its time."""
    return httpx2.request(method, address, timeout=ANSWER_SECONDS, trust_env=False, **given)


def login_form(page: httpx2.Response) -> str:
    """Where the form of the sign-in page is sent."""
    found = re.search(r'<form id="kc-form-login"[^>]*action="([^"]+)"', page.text)
    assert found, f"no sign-in page: {page.status_code} at {page.url}: {page.text[:1000]}"
    return html.unescape(found[1])


def distribution(folder: Path) -> Path:
    """The zip in the folder, fetched once by Maven from its central repository, and believed by its checksum alone."""
    digest, name = (HERE / "keycloak.sha256").read_text(encoding="ascii").split()
    place = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    with one_at_a_time(folder / "lock"):
        if not place.is_file() or _sha256(place) != digest:
            _fetch(folder)
    assert _sha256(place) == digest, f"{place} is not the one of keycloak.sha256; remove it"
    return place


def _fetch(folder: Path) -> None:
    maven = shutil.which("mvn")
    assert maven, "Maven, which fetches Keycloak, is not there: apt-get install -y maven"
    command = [maven, "--batch-mode", "--strict-checksums", "--file", str(HERE / "pom.xml")]
    goal = ["dependency:copy-dependencies", f"-DoutputDirectory={folder.resolve()}"]
    done = subprocess.run(
        [*command, *goal], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:]


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@contextmanager
def running(zip_: Path, folder: Path) -> Iterator[Keycloak]:
    """A Keycloak with the realm of realm.json, which ends with the block."""
    home = _unpacked(zip_, folder)
    port, password = free_port(), secrets.token_hex(16)
    environment = os.environ | {
        "KC_BOOTSTRAP_ADMIN_USERNAME": "admin",
        "KC_BOOTSTRAP_ADMIN_PASSWORD": password,
        "JAVA_OPTS_KC_HEAP": HEAP,
    }
    command = [
        str(home / "bin" / "kc.sh"),
        "start-dev",
        "--http-host=127.0.0.1",
        f"--http-port={port}",
        "--import-realm",
    ]
    with (folder / "keycloak.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        keycloak = Keycloak(f"http://127.0.0.1:{port}", password)
        _wait(keycloak, process, folder / "keycloak.log")
        yield keycloak
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # its database is a temporary one
        process.wait()


def _unpacked(zip_: Path, folder: Path) -> Path:
    with zipfile.ZipFile(zip_) as archive:
        archive.extractall(folder)
    (home,) = folder.glob("keycloak-*/")
    (home / "bin" / "kc.sh").chmod(0o755)
    places = home / "data" / "import"
    places.mkdir(parents=True)
    realm = json.loads((HERE / "realm.json").read_text(encoding="utf-8"))
    (places / f"{REALM}-realm.json").write_text(json.dumps(realm), encoding="utf-8")
    return home


def _wait(keycloak: Keycloak, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            answer = asked("GET", f"{keycloak.issuer}/.well-known/openid-configuration")
        except httpx2.TransportError:
            time.sleep(0.5)
            continue
        if answer.is_success:
            return
        time.sleep(0.5)
    raise AssertionError(f"Keycloak did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")
