"""What the provider is told: its port, its agencies, their people, their clients; a file that only its owner reads."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class SignsIn:
    """One who may sign in; `roles` and `institution` are the claims of those names, the rest is shown on the button."""

    subject: str
    name: str
    name_en: str
    email: str
    roles: tuple[str, ...]
    role: str
    role_en: str
    institution: str
    institution_name: str
    institution_name_en: str

    def told(self) -> dict[str, Any]:
        """As the provider reads it."""
        return {
            "subject": self.subject,
            "name": self.name,
            "nameEn": self.name_en,
            "email": self.email,
            "roles": list(self.roles),
            "role": self.role,
            "roleEn": self.role_en,
            "institution": self.institution,
            "institutionName": self.institution_name,
            "institutionNameEn": self.institution_name_en,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A hub, or a test's stand-in for one; it signs in by `secret`, or by the key of which `jwks` is the public half."""

    id: str
    redirect_uris: tuple[str, ...]
    resources: tuple[str, ...] = ()
    secret: str | None = None
    jwks: Mapping[str, Any] | None = None
    post_logout_redirect_uris: tuple[str, ...] = ()
    backchannel_logout_uri: str | None = None

    def __repr__(self) -> str:
        """The client without its secret."""
        return f"Client({self.id!r})"

    def told(self) -> dict[str, Any]:
        """As the provider reads it."""
        told = {
            "id": self.id,
            "secret": self.secret,
            "jwks": self.jwks,
            "redirectUris": list(self.redirect_uris),
            "resources": list(self.resources),
            "postLogoutRedirectUris": list(self.post_logout_redirect_uris),
            "backchannelLogoutUri": self.backchannel_logout_uri,
        }
        return {name: value for name, value in told.items() if value is not None}


@dataclass(frozen=True, slots=True)
class AtProvider:
    """One agency as its provider is told of it."""

    key: str
    name: str
    name_en: str
    people: tuple[SignsIn, ...]
    clients: tuple[Client, ...] = ()

    def told(self) -> dict[str, Any]:
        """As the provider reads it."""
        return {
            "key": self.key,
            "name": self.name,
            "nameEn": self.name_en,
            "people": [person.told() for person in self.people],
            "clients": [client.told() for client in self.clients],
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """One provider process; `folder` keeps the agencies' signing keys."""

    port: int
    folder: Path
    agencies: tuple[AtProvider, ...]

    def issuer(self, agency: str) -> str:
        """The issuer of the agency of that key."""
        return f"http://{HOST}:{self.port}/{agency}"

    def agency(self, key: str) -> AtProvider:
        """The agency of that key."""
        return next(each for each in self.agencies if each.key == key)

    def with_client(self, agency: str, client: Client) -> Plan:
        """The same with one more client of the agency, in place of the one of that id."""
        others = tuple(each for each in self.agency(agency).clients if each.id != client.id)
        agencies = tuple(
            replace(each, clients=(*others, client)) if each.key == agency else each
            for each in self.agencies
        )
        return replace(self, agencies=agencies)

    @property
    def file(self) -> Path:
        """Where the provider reads it."""
        return self.folder / "plan.json"

    def write(self) -> None:
        """Put it where the provider reads it, whole or not at all."""
        told = {
            "port": self.port,
            "folder": str(self.folder),
            "agencies": [each.told() for each in self.agencies],
        }
        write_privately(self.file, json.dumps(told, ensure_ascii=False, indent=1))


def write_privately(path: Path, text: str) -> None:
    """A file that only its owner reads; whoever reads it sees the old one or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
