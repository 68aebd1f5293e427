"""The two agencies of the demonstration, told to the provider (a plan) and to each hub (a file of agencies)."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from demo.facts.institutions import known
from demo.sample_people import SIDES, Sample, Side
from demo.sign_on.plan import HOST, AtProvider, Client, Plan, SignsIn, write_privately
from graph_store.kept_secret import kept_secret
from graph_store.rights import Role

_SUGGESTED = (Role.MEMBER, Role.INSTITUTION_ADMIN, Role.APPROVER)


class Named(NamedTuple):
    """A person's name in both scripts."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Hub:
    """A hub that signs people on: its base, and the address at which browsers reach it."""

    base: str
    address: str


def plan_of(
    folder: Path, hubs: Sequence[Hub], samples: Iterable[Sample], names: Mapping[str, Named]
) -> Plan:
    """The plan of a provider for these hubs, at the port it had before where that is free. People without a name are left out."""
    people = [(each.side, _signs_in(each, names[each.id])) for each in samples if each.id in names]
    institutions = {each.id: each for each in known()}
    agencies = tuple(
        AtProvider(
            side.key,
            institutions[side.association].name,
            institutions[side.association].english,
            tuple(person for at, person in people if at is side),
            tuple(_client(folder, side, hub) for hub in hubs),
        )
        for side in SIDES
    )
    return Plan(_port(folder), folder, agencies)


def agencies_file(plan: Plan, hub: Hub) -> Path:
    """The file of agencies for one of the hubs (`BASHU_AGENCIES`), written beside the plan."""
    place = plan.folder / f"agencies-{hub.base}.toml"
    write_privately(place, "\n".join(_table(plan, side, hub) for side in SIDES))
    return place


def _signs_in(sample: Sample, name: Named) -> SignsIn:
    institution = next(each for each in known() if each.id == sample.institution)
    return SignsIn(
        subject=sample.subject,
        name=name.zh,
        name_en=name.en,
        email=str(sample.properties["email"]),
        roles=(sample.seat.role.value,),
        role=sample.seat.zh,
        role_en=sample.seat.en,
        institution=sample.institution,
        institution_name=institution.name,
        institution_name_en=institution.english,
    )


def _client(folder: Path, side: Side, hub: Hub) -> Client:
    return Client(
        id=_client_id(hub),
        secret=kept_secret(folder / _secret_file(side, hub)),
        redirect_uris=(f"{hub.address}/auth/{side.key}/callback",),
        resources=(f"{hub.address}/graphql",),
        post_logout_redirect_uris=(f"{hub.address}/",),
        backchannel_logout_uri=f"{hub.address}/auth/{side.key}/backchannel-logout",
    )


def _client_id(hub: Hub) -> str:
    return f"bashu-hub-{hub.base}"


def _secret_file(side: Side, hub: Hub) -> str:
    return f"{side.key}-{hub.base}.secret"


def _table(plan: Plan, side: Side, hub: Hub) -> str:
    """One agency in TOML, whose strings and lists are written as JSON writes them."""
    at_provider = plan.agency(side.key)
    words = {
        "issuer": plan.issuer(side.key),
        "client_id": _client_id(hub),
        "client_secret_file": _secret_file(side, hub),
        "speaks_for": list(side.speaks_for),
        "name": f"{at_provider.name}（演示）",
        "name_en": f"{at_provider.name_en} (demonstration)",
        "domains": [side.domain],
        "demonstration": True,
    }
    claims = {"institution": "institution", "roles": "roles"}
    roles = {role.value: role.value for role in _SUGGESTED}
    return "".join(
        [
            _lines(f"agencies.{side.key}", words),
            _lines(f"agencies.{side.key}.claims", claims),
            _lines(f"agencies.{side.key}.roles", roles),
        ]
    )


def _lines(table: str, words: Mapping[str, object]) -> str:
    told = (f"{word} = {json.dumps(value, ensure_ascii=False)}\n" for word, value in words.items())
    return f"[{table}]\n{''.join(told)}"


def _port(folder: Path) -> int:
    """The port of the plan before, so that bookmarks and sessions stay good; another where somebody has taken it."""
    try:
        before = int(json.loads((folder / "plan.json").read_text(encoding="utf-8"))["port"])
    except (OSError, ValueError, KeyError):
        before = 0
    for port in (before, 0):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((HOST, port))
            except OSError:
                continue
            free: int = trial.getsockname()[1]
            return free
    raise OSError(f"no port of {HOST} is free")
