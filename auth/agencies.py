"""The agencies whose OpenID providers vouch for people: what the hub was told of each.

A provider may speak for the institutions named here and for no other, whatever its claims say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph_store.rights import Role

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
MAY_BE_SUGGESTED = frozenset({Role.MEMBER, Role.INSTITUTION_ADMIN, Role.APPROVER})


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
