"""All settings of the hub: typed, read once from the environment or a file, never changed after.

The table for people is docs/settings.md; a test keeps it equal to this file.
"""

import difflib
import os
import re
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "BASHU_"
FILE_SETTING = "BASHU_SETTINGS_FILE"
DEFAULT_FILE = Path("bashu.env")

_STORE_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


class SettingsError(Exception):
    """A setting cannot be used; one line for each, naming it, its value and what is accepted."""


@dataclass(frozen=True, slots=True)
class Accepts:
    """What a setting accepts, as the sentence that tells so goes on."""

    text: str


def _check(is_fine: bool) -> None:  # noqa: FBT001 - an assertion that `python -O` keeps
    if not is_fine:
        raise ValueError


def _host(host: str) -> str:
    _check(host == "localhost" or bool(ip_address(host)))
    return host


def _store_uri(uri: str) -> str:
    parts = urlsplit(uri)
    _check(
        not uri
        or (parts.scheme in _STORE_SCHEMES and bool(parts.hostname) and "@" not in parts.netloc)
    )
    return uri


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    _check(
        not url or (parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query)
    )
    return url.rstrip("/")


def _memory(size: str) -> str:
    _check(re.fullmatch(r"[1-9]\d*[mMgG]", size) is not None)
    return size.lower()


def _long_enough(secret: SecretStr) -> SecretStr:
    _check(len(secret.get_secret_value()) in (0, *range(32, 1025)))
    return secret


def _there(place: str) -> str:
    _check(not place or Path(place).exists())
    return place


def _rate(value: object) -> object:
    return 0 if value == "none" else value


def _seconds(value: object) -> object:
    if not isinstance(value, (str, int, float)):
        return value
    seconds = float(value)
    _check(abs(seconds) < 1e9)  # beyond what a timedelta holds, and no number at all
    return timedelta(seconds=seconds)


Port = Annotated[int, Field(ge=1, le=65535), Accepts("a port number from 1 to 65535")]
Memory = Annotated[str, AfterValidator(_memory), Accepts("a size such as 512m or 2g")]
Switch = Annotated[bool, Accepts("on or off")]


class Settings(BaseSettings):
    """One hub's settings; an environment variable is `BASHU_` and the field's name."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )

    data_dir: Annotated[Path, Accepts("a folder")] = Path(".data")
    """Folder of everything the hub keeps: the managed Neo4j, generated secrets, reports."""

    host: Annotated[
        str,
        AfterValidator(_host),
        Accepts(
            "localhost or a loopback address; another IP address only with BASHU_AGENCIES and an https BASHU_PUBLIC_URL: whoever reaches the hub must be able to sign on safely"
        ),
    ] = "127.0.0.1"
    """Address the hub listens on."""

    port: Port = 8000
    """Port the hub listens on."""

    public_url: Annotated[
        str, AfterValidator(_web_address), Accepts("an http or https address without a query")
    ] = ""
    """Address under which the outside reaches the hub; empty: the one it listens on."""

    agencies: Annotated[str, AfterValidator(_there), Accepts("a file that is there")] = ""
    """TOML file of the agencies whose OpenID providers sign people on; empty: nobody can sign on."""

    session_idle: Annotated[
        timedelta,
        BeforeValidator(_seconds),
        Field(ge=timedelta(minutes=5), le=timedelta(days=1)),
        Accepts("seconds, from 300 to 86400"),
    ] = timedelta(hours=8)
    """Seconds after which a session ends that nobody has used."""

    session_longest: Annotated[
        timedelta,
        BeforeValidator(_seconds),
        Field(ge=timedelta(minutes=5), le=timedelta(days=7)),
        Accepts("seconds, from 300 to 604800"),
    ] = timedelta(hours=24)
    """Seconds after which every session ends."""

    cookie_key: Annotated[
        SecretStr, AfterValidator(_long_enough), Accepts("32 to 1024 characters")
    ] = SecretStr("")
    """Key that seals the cookie of a sign-on under way, the same for all workers; empty: generated once into the data folder."""

    base: Annotated[Literal["cd", "cq"], Accepts("cd (Chengdu) or cq (Chongqing)")] = "cd"
    """The base whose records this hub writes; ids begin with it."""

    neo4j_uri: Annotated[
        str,
        AfterValidator(_store_uri),
        Accepts(f"an address without user or password, of scheme {', '.join(_STORE_SCHEMES)}"),
    ] = ""
    """Neo4j 5.26 or newer to use; empty: the one that the hub manages on this machine."""

    neo4j_user: Annotated[str, Field(min_length=1), Accepts("a user's name")] = "neo4j"
    """User at `BASHU_NEO4J_URI`."""

    neo4j_password: Annotated[SecretStr, Accepts("a password")] = SecretStr("")
    """Password at `BASHU_NEO4J_URI`; empty: nobody is signed in."""

    neo4j_database: Annotated[str, Field(min_length=1), Accepts("a database's name")] = "neo4j"
    """Database within that server."""

    neo4j_heap: Memory = "2g"
    """Heap of the managed Neo4j."""

    neo4j_pagecache: Memory = "512m"
    """Page cache of the managed Neo4j."""

    page_size_max: Annotated[int, Field(ge=1, le=100_000), Accepts("a number from 1 to 100000")] = (
        1000
    )
    """Most rows of one page."""

    introspection: Switch = True
    """Whether the GraphQL schema may be asked for."""

    trusted_documents: Annotated[
        str, AfterValidator(_there), Accepts("a folder or a manifest that is there")
    ] = ""
    """Folder of `<sha256>.graphql` files and `*.json` manifests, or one manifest: what `documentId` names; empty: none."""

    only_trusted: Switch = False
    """Whether trusted documents are the only ones that are answered."""

    metrics_token: Annotated[
        SecretStr, AfterValidator(_long_enough), Accepts("32 to 1024 characters")
    ] = SecretStr("")
    """Bearer token that opens `/metrics`; empty: it is answered on this machine only."""

    rate_limit: Annotated[
        int, BeforeValidator(_rate), Field(ge=0), Accepts("none or requests a minute")
    ] = 0
    """Requests a minute that one address may make; 0 and `none`: no limit."""

    streams_per_address: Annotated[
        int, BeforeValidator(_rate), Field(ge=0), Accepts("none or a number of streams")
    ] = 500
    """Connections for events, and subscriptions over them, that one address may hold at once; 0 and `none`: no limit."""

    change_poll: Annotated[
        timedelta,
        BeforeValidator(_seconds),
        Field(ge=timedelta(milliseconds=50), le=timedelta(minutes=1)),
        Accepts("seconds, from 0.05 to 60"),
    ] = timedelta(seconds=0.25)
    """Seconds between two looks into the change log while somebody subscribes to it."""

    query_timeout: Annotated[
        timedelta,
        BeforeValidator(_seconds),
        Field(gt=timedelta(0), le=timedelta(minutes=10)),
        Accepts("seconds, more than 0 and at most 600"),
    ] = timedelta(seconds=10)
    """Seconds that one question may take in Neo4j."""

    prefect_api_url: Annotated[
        str, AfterValidator(_web_address), Accepts("an http or https address without a query")
    ] = ""
    """API of the Prefect server to use, `http://host:4200/api`; empty: the one that the hub manages on this machine."""

    prefect_auth: Annotated[SecretStr, Accepts("user:password")] = SecretStr("")
    """Sign-in at `BASHU_PREFECT_API_URL`; empty: nobody is signed in."""

    workers: Annotated[int, Field(ge=0, le=16), Accepts("a number from 0 to 16")] = 1
    """Processes in which `bashu serve` runs flows; 0: none, and no managed Prefect: `bashu work` does it elsewhere."""

    outbox_poll: Annotated[
        timedelta,
        BeforeValidator(_seconds),
        Field(ge=timedelta(milliseconds=50), le=timedelta(minutes=1)),
        Accepts("seconds, from 0.05 to 60"),
    ] = timedelta(seconds=0.25)
    """Seconds between two looks of a worker for work that follows commands."""

    lease: Annotated[
        timedelta,
        BeforeValidator(_seconds),
        Field(ge=timedelta(seconds=1), le=timedelta(hours=1)),
        Accepts("seconds, from 1 to 3600"),
    ] = timedelta(minutes=1)
    """Seconds after which what a worker does is taken from it when it shows no life."""

    smtp_host: Annotated[str, Accepts("a host's name")] = ""
    """Mail server that takes what people are told; empty: nothing is sent by e-mail."""

    smtp_port: Port = 587
    """Port of the mail server."""

    smtp_security: Annotated[
        Literal["starttls", "tls", "none"], Accepts("starttls, tls or none")
    ] = "starttls"
    """How the connection to the mail server is secured; none is for one on this machine."""

    smtp_user: Annotated[str, Accepts("a user's name")] = ""
    """User at the mail server; empty: nobody is signed in."""

    smtp_password: Annotated[SecretStr, Accepts("a password")] = SecretStr("")
    """Password at the mail server."""

    smtp_from: Annotated[str, Accepts("an e-mail address")] = "hub@localhost"
    """Address from which e-mail is sent."""

    webhook_key: Annotated[
        SecretStr, AfterValidator(_long_enough), Accepts("32 to 1024 characters")
    ] = SecretStr("")
    """Key from which the secrets of webhooks are made, the same for all processes; empty: generated once into the data folder."""

    webhook_private: Switch = False
    """Whether webhooks may lead into private networks and, on this machine, go over http: for development."""

    cost_budget: Annotated[int, Field(ge=1_000), Accepts("dbHits, 1000 or more")] = 10_000_000
    """Database hits that one question may cost by estimate; what costs more is refused unasked."""

    explain: Switch = False
    """Whether a request may see the Cypher and the profile of its question."""

    coalesce: Switch = True
    """Whether the same question of several requests at once is asked of Neo4j in one statement."""

    warm_up: Switch = True
    """Whether the hub asks Neo4j a first question of each kind when it starts, so that nobody waits while those are planned."""

    demo_scale: Annotated[float, Field(ge=0.001, le=20), Accepts("a number from 0.001 to 20")] = (
        0.05
    )
    """Size of the demonstration data that `make run` loads; 1 is the whole."""

    log_format: Annotated[Literal["json", "console"], Accepts("json or console")] = "console"
    """How log lines are written."""

    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Accepts("debug, info, warning or error")
    ] = "info"
    """The least severe log lines that are written."""

    cursor_key: Annotated[
        SecretStr, AfterValidator(_long_enough), Accepts("32 to 1024 characters")
    ] = SecretStr("")
    """Key that signs cursors, the same for all workers; empty: generated once into the data folder."""


def read_settings() -> Settings:
    """The settings of this process: environment first, then the file, then defaults.

    The file is `BASHU_SETTINGS_FILE`, else `bashu.env` in the working folder when it is there.
    Raises SettingsError.
    """
    named = os.environ.get(FILE_SETTING)
    if named and not Path(named).is_file():
        raise SettingsError(
            f"{FILE_SETTING} is {named!r}: it must be a file of settings, NAME=value a line."
        )
    try:
        settings = Settings(_env_file=named or DEFAULT_FILE, _env_file_encoding="utf-8")
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(dict(one)) for one in error.errors())) from None
    except UnicodeDecodeError:
        raise SettingsError(
            f"{named or DEFAULT_FILE} is not a UTF-8 text file of settings."
        ) from None
    if settings.only_trusted and not settings.trusted_documents:
        raise SettingsError(
            "BASHU_ONLY_TRUSTED is on, but BASHU_TRUSTED_DOCUMENTS names no documents: nothing would be answered. Set it."
        )
    if not (_is_this_machine(settings.host) or _signs_on_safely(settings)):
        raise SettingsError(f"BASHU_HOST is {settings.host!r}: it must be {accepted('host')}.")
    return settings


def _is_this_machine(host: str) -> bool:
    return host == "localhost" or ip_address(host).is_loopback


def _signs_on_safely(settings: Settings) -> bool:
    return bool(settings.agencies) and settings.public_url.startswith("https://")


def environment_name(field: str) -> str:
    """BASHU_PORT for port."""
    return PREFIX + field.upper()


def accepted(field: str) -> str:
    """What the field accepts, in words."""
    texts = [one.text for one in Settings.model_fields[field].metadata if isinstance(one, Accepts)]
    return " ".join(texts)


def _sentence(error: dict[str, Any]) -> str:
    field = str(error["loc"][0])
    if error["type"] == "extra_forbidden":
        return _unknown(field.upper())
    if Settings.model_fields[field].annotation is SecretStr:
        return f"{environment_name(field)} cannot be used: it must be {accepted(field)}."
    shown = re.sub(r"//.*@", "//…@", str(error["input"]))  # an address may hold a password
    return f"{environment_name(field)} is {shown!r}: it must be {accepted(field)}."


def _unknown(name: str) -> str:
    known = [environment_name(field) for field in Settings.model_fields]
    near = difflib.get_close_matches(name, known, n=1)
    return f"{name} is not a setting" + (
        f"; is {near[0]} meant?" if near else "; docs/settings.md has all of them."
    )
