"""Access tokens that a real provider has signed, taken by a real hub."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.auth import provider as providers
from tests.auth.provider import CHONGQING, SICHUAN, Provider
from tests.auth.whom import ADMIN, HOME, ZHANG, Base, Hub, base

__all__ = ["base"]

PEOPLE = {(SICHUAN, "sichuan-member"): ZHANG, (CHONGQING, "chongqing-member"): ADMIN}


@contextlib.asynccontextmanager
async def trusting(base: Base, provider: Provider, folder: Path) -> AsyncIterator[Hub]:
    """A hub that trusts both agencies of the provider, and knows one person of each."""
    (folder / "secret").write_text("not asked for here")
    file = folder / "agencies.toml"
    tables = [
        f'[agencies.{agency}]\nissuer = "{provider.issuer(agency)}"\nclient_id = "hub"\n'
        f'client_secret_file = "secret"\nspeaks_for = ["{HOME}"]\nname = "{agency}"\nname_en = "{agency}"\n'
        for agency in (SICHUAN, CHONGQING)
    ]
    file.write_text("\n".join(tables))
    rows = [[provider.issuer(agency), subject, id_] for (agency, subject), id_ in PEOPLE.items()]
    await base.run(
        "UNWIND $rows AS row MATCH (p:Person {id: row[2]})"
        " MERGE (i:Identity {issuer: row[0], subject: row[1]}) MERGE (i)-[:IDENTIFIES]->(p) RETURN p.id",
        rows=rows,
    )
    async with base.hub(agencies=str(file)) as opened:
        yield opened


@pytest.mark.parametrize(("agency", "subject"), list(PEOPLE))
async def test_an_access_token_of_either_agency_opens_the_hub(
    base: Base, provider: Provider, tmp_path: Path, agency: str, subject: str
) -> None:
    async with trusting(base, provider, tmp_path) as hub:
        token = await providers.access_token(provider, agency, subject, hub.resource)
        assert await hub.who(token=token) == PEOPLE[agency, subject]
        elsewhere = await providers.access_token(
            provider, agency, subject, "https://other.example/graphql"
        )
        assert await hub.refusal(token=elsewhere) == (401, "audience")


async def test_the_scopes_that_the_provider_gave_are_those_of_the_token(
    base: Base, provider: Provider, tmp_path: Path
) -> None:
    async with trusting(base, provider, tmp_path) as hub:
        token = await providers.access_token(
            provider, SICHUAN, "sichuan-member", hub.resource, "graph:read"
        )
        data = await hub.data("{ viewer { scopes agency } }", token=token)
    assert data["viewer"] == {"scopes": ["GRAPH_READ"], "agency": SICHUAN}


@pytest.mark.parametrize("same_kid", [False, True], ids=["new kid", "same kid"])
async def test_the_first_token_of_a_rotated_key_is_taken(
    base: Base, tmp_path: Path, *, same_kid: bool
) -> None:
    subject = "sichuan-member"
    with providers.opened(tmp_path) as own:
        async with trusting(base, own, tmp_path) as hub:
            before = await providers.access_token(own, SICHUAN, subject, hub.resource)
            assert await hub.who(token=before) == ZHANG
            own.rotate(SICHUAN, same_kid=same_kid)
            after = await providers.access_token(own, SICHUAN, subject, hub.resource)
            assert await hub.who(token=after) == ZHANG
            assert await hub.refusal(token=before) == (401, "signature")
