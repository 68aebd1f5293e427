"""The agencies whose OpenID providers vouch for people: what the hub was told of each.

A provider may speak for the institutions named here and for no other, whatever its claims say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from typing import Annotated
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, ValidationError

from graph_store.rights import Role

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
MAY_BE_SUGGESTED = frozenset({Role.MEMBER, Role.INSTITUTION_ADMIN, Role.APPROVER})
LEAST_RSA_BITS = 2048

_KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")
_PLAIN = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Claims:
    """Which claims tell what; empty: none does."""

    name: str = "name"
    email: str = "email"
    institution: str = ""
    roles: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency and its provider.

    `key`: its word in paths, `[a-z0-9-]+`. `secret` (client_secret_basic) or `private_key` (PEM, private_key_jwt) signs the hub
    in at the provider. `speaks_for`: ids of institutions, the first is where a person without the institution claim belongs.
    `domains`: of e-mail addresses, by which a person's agency is found. `roles`: the claim's value → the role it suggests.
    """

    key: str
    issuer: str
    client_id: str
    name: str
    name_en: str
    speaks_for: tuple[str, ...]
    secret: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    algorithms: tuple[str, ...] = ("RS256",)
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    claims: Claims = Claims()
    roles: Mapping[str, Role] = field(default_factory=dict)
    domains: tuple[str, ...] = ()
    demonstration: bool = False


Agencies = Mapping[str, Agency]
"""By key, in the order of the file."""


class AgenciesAreFaulty(Exception):
    """The file of agencies cannot be used; one line for each fault, naming the agency, the word and what is accepted."""

    def __init__(self, place: Path, faults: Sequence[str]) -> None:
        super().__init__("\n".join([f"{place} (BASHU_AGENCIES) cannot be used:", *faults]))


def read_agencies(place: Path, environment: Mapping[str, str]) -> Agencies:
    """The agencies of a TOML file, with their secrets. Files it names are sought beside it. Raises AgenciesAreFaulty."""
    try:
        content = tomllib.loads(place.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AgenciesAreFaulty(place, [f"It must be a TOML file in UTF-8: {error}."]) from None
    tables = content.get("agencies")
    if not isinstance(tables, dict) or not tables:
        raise AgenciesAreFaulty(place, ["It must hold a table [agencies.KEY] for each agency."])
    faults = [
        f"`{name}` is no part of it; tables are [agencies.KEY]."
        for name in content
        if name != "agencies"
    ]
    agencies: dict[str, Agency] = {}
    for key, table in tables.items():
        found = _agency(key, table, place.parent, environment)
        if isinstance(found, Agency):
            agencies[key] = found
        else:
            faults += [f"[agencies.{key}] {fault}" for fault in found]
    faults += _shared_issuers(agencies.values())
    if faults:
        raise AgenciesAreFaulty(place, faults)
    return MappingProxyType(agencies)


def is_loopback(host: str | None) -> bool:
    """Whether a host's name means this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("hub.example"), is_loopback(None)
    (True, True, False, False)
    """
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def is_safe_address(address: str) -> bool:
    """Whether secrets may be sent there: https, or this machine itself.

    >>> is_safe_address("https://id.example/realms/a"), is_safe_address("http://id.example")
    (True, False)
    """
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    if not parts.hostname or "@" in parts.netloc or not _PLAIN.fullmatch(address):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))


def _issuer(value: str) -> str:
    if not is_safe_address(value) or set("?#") & set(value):
        raise ValueError
    return value


def _algorithms(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values or not set(values) <= set(ALGORITHMS):
        raise ValueError
    return values


def _scopes(values: tuple[str, ...]) -> tuple[str, ...]:
    if "openid" not in values:
        raise ValueError
    return values


def _may_be_suggested(roles: dict[str, Role]) -> dict[str, Role]:
    if not set(roles.values()) <= MAY_BE_SUGGESTED:
        raise ValueError
    return roles


Text = Annotated[str, Field(min_length=1, max_length=500)]
Domain = Annotated[str, Field(pattern=r"^[a-z0-9.-]+\.[a-z0-9-]+$")]
Institution = Annotated[str, Field(pattern=r"^[a-z]{2}-institution-[0-9A-Za-z_.-]{1,100}$")]


_UNLESS_SAID = Claims()


class _ClaimsTable(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str = _UNLESS_SAID.name
    email: str = _UNLESS_SAID.email
    institution: str = _UNLESS_SAID.institution
    roles: str = _UNLESS_SAID.roles


class _AgencyTable(BaseModel):
    """One agency as the file has it; strict but for lists, which TOML has and tuples, which it has not."""

    model_config = ConfigDict(extra="forbid")

    issuer: Annotated[str, AfterValidator(_issuer)]
    client_id: Text
    client_secret_env: Text | None = None
    client_secret_file: Text | None = None
    private_key_file: Text | None = None
    algorithms: Annotated[tuple[str, ...], AfterValidator(_algorithms)] = ("RS256",)
    speaks_for: Annotated[tuple[Institution, ...], Field(min_length=1)]
    name: Text
    name_en: Text
    domains: tuple[Domain, ...] = ()
    scopes: Annotated[tuple[str, ...], AfterValidator(_scopes)] = ("openid", "profile", "email")
    demonstration: StrictBool = False
    claims: _ClaimsTable = _ClaimsTable()
    roles: Annotated[dict[str, Role], AfterValidator(_may_be_suggested)] = {}


_ACCEPTED = {
    "issuer": "an https address without ?, # or user, or an http one of this machine",
    "client_id": "the name under which the provider knows the hub",
    "algorithms": f"a list of some of {', '.join(ALGORITHMS)}",
    "speaks_for": 'a list of ids of institutions, such as ["cd-institution-sast"]',
    "name": "the agency's name in Chinese",
    "name_en": "the agency's name in English",
    "domains": 'a list of domains of e-mail addresses in lower case, such as ["sast.example.cn"]',
    "scopes": 'a list of scopes, "openid" among them',
    "demonstration": "true or false",
    "claims": "a table of claims' names; of name, email, institution, roles",
    "roles": f"a table: the claim's value = one of {', '.join(sorted(role.value for role in MAY_BE_SUGGESTED))}",
    "client_secret_env": "the name of an environment variable",
    "client_secret_file": "the name of a file",
    "private_key_file": "the name of a file",
}


def _agency(
    key: str, table: object, folder: Path, environment: Mapping[str, str]
) -> Agency | list[str]:
    """The agency, or what is wrong with its table."""
    if not _KEY.fullmatch(key):
        return ["is no key: 1 to 40 of a-z, 0-9 and -, beginning with a letter."]
    try:
        given = _AgencyTable.model_validate(table)
    except ValidationError as error:
        return list(dict.fromkeys(_sentence(one["loc"], one["type"]) for one in error.errors()))
    try:
        secret, private_key = _secrets(given, folder, environment)
    except _NoSecret as error:
        return [str(error)]
    values = given.model_dump(
        exclude={"client_secret_env", "client_secret_file", "private_key_file", "claims"}
    )
    claims = Claims(**given.claims.model_dump())
    return Agency(key=key, secret=secret, private_key=private_key, claims=claims, **values)


def _sentence(place: tuple[int | str, ...], kind: str) -> str:
    if not place:
        return "must be a table."
    word = str(place[0])
    if kind == "extra_forbidden":
        whole = ".".join(map(str, place))
        near = get_close_matches(whole, _ACCEPTED, n=1)
        return f"`{whole}` is not a word of it{f'; is `{near[0]}` meant?' if near else '.'}"
    if kind == "missing":
        return f"`{word}` is missing: give {_ACCEPTED[word]}."
    return f"`{word}` cannot be used: it must be {_ACCEPTED[word]}."


class _NoSecret(Exception):
    """Why the hub would have nothing to sign in with at the provider."""


def _secrets(given: _AgencyTable, folder: Path, environment: Mapping[str, str]) -> tuple[str, str]:
    """The client's secret and its private key, one of which is empty. Raises _NoSecret."""
    ways = ("client_secret_env", "client_secret_file", "private_key_file")
    named = [way for way in ways if getattr(given, way)]
    if len(named) != 1:
        raise _NoSecret(f"must have exactly one of {', '.join(f'`{way}`' for way in ways)}.")
    if given.client_secret_env:
        name = given.client_secret_env
        if not (secret := environment.get(name, "")):
            raise _NoSecret(
                f"`client_secret_env` names {name}, which is not set: set it, or use `client_secret_file`."
            )
        return secret, ""
    way, file = named[0], folder / str(getattr(given, named[0]))
    try:
        content = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        content = ""
    if not content:
        raise _NoSecret(
            f"`{way}` names {file.name}, which is no readable file with a text beside the file of agencies."
        )
    if given.private_key_file is None:
        return content, ""
    if not is_signing_key(content):
        raise _NoSecret(
            f"`{way}` names {file.name}, which must be a private key in PEM without a password: RSA of 2048 bits or more, EC P-256 or Ed25519."
        )
    return "", content


def is_signing_key(pem: str) -> bool:
    """Whether it is a private key that the hub can sign with."""
    try:
        key = load_pem_private_key(pem.encode(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
    match key:
        case RSAPrivateKey():
            return key.key_size >= LEAST_RSA_BITS
        case EllipticCurvePrivateKey():
            return isinstance(key.curve, SECP256R1)
    return isinstance(key, Ed25519PrivateKey)


def _shared_issuers(agencies: Iterable[Agency]) -> list[str]:
    """A person is known by issuer and subject: two agencies of one issuer could speak for each other's people."""
    by_issuer: dict[str, list[str]] = {}
    for agency in agencies:
        by_issuer.setdefault(agency.issuer.rstrip("/"), []).append(agency.key)
    return [
        f"[agencies.{'], [agencies.'.join(keys)}] have one `issuer`: each agency needs an issuer of its own (a realm)."
        for keys in by_issuer.values()
        if len(keys) > 1
    ]
