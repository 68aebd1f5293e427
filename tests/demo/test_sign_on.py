"""The demonstration's sign-on beside its hub: told the same on both sides, kept running, never for strangers."""

import asyncio
import os
import socket
from pathlib import Path

import httpx2
import pytest
from neo4j import AsyncDriver

from auth.agencies import read_agencies
from command_line.errors import CommandLineError
from command_line.sign_on import provider_kept_running, refuse_demonstration_elsewhere
from demo.generated import people
from demo.sample_people import SEATS, SIDES, samples
from demo.sign_on.agencies import Hub, Named, agencies_file, plan_of
from demo.sign_on.identities import link, names_in, samples_in
from demo.sign_on.plan import Plan
from demo.world import build
from settings import Settings
from tests.graph import DATABASE

HUB = Hub("cd", "http://127.0.0.1:8000")
SAMPLES = list(samples(build(0.02, 20200415)).values())
NAMES = {each.id: Named("某人", "Somebody") for each in SAMPLES}


def plan_in(folder: Path) -> Plan:
    plan = plan_of(folder, [HUB], SAMPLES, NAMES)
    plan.write()
    return plan


def test_hub_and_provider_are_told_the_same(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    agencies = read_agencies(agencies_file(plan, HUB), {})
    assert list(agencies) == [side.key for side in SIDES]
    for key, agency in agencies.items():
        (client,) = plan.agency(key).clients
        assert (agency.issuer, agency.client_id, agency.secret) == (
            plan.issuer(key),
            client.id,
            client.secret,
        )
        assert client.redirect_uris == (f"{HUB.address}/auth/{key}/callback",)
        assert agency.demonstration
        assert {person.institution for person in plan.agency(key).people} <= {*agency.speaks_for}


def test_secrets_are_in_files_of_their_owner_and_nowhere_else(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    told = agencies_file(plan, HUB).read_text(encoding="utf-8") + repr(plan)
    secrets = {client.secret or "" for each in plan.agencies for client in each.clients}
    assert len(secrets) == len(SIDES)
    assert not any(secret in told for secret in secrets)
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


def test_the_port_stays_while_it_is_free_and_the_secrets_always(tmp_path: Path) -> None:
    first = plan_in(tmp_path)
    assert plan_in(tmp_path) == first
    with socket.create_server(("127.0.0.1", first.port)):
        second = plan_in(tmp_path)
    assert second.port != first.port
    assert second.agencies == first.agencies


def test_people_who_are_not_in_the_graph_have_no_button(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [HUB], SAMPLES, dict(list(NAMES.items())[:1]))
    assert [len(each.people) for each in plan.agencies] == [1, 0]


@pytest.mark.parametrize(
    ("host", "public_url"),
    [("127.0.0.1", "https://hub.example"), ("0.0.0.0", "")],  # noqa: S104 - refused, as the test says
)
def test_the_demonstration_serves_no_stranger(host: str, public_url: str) -> None:
    settings = Settings(_env_file=None, host=host, public_url=public_url)
    with pytest.raises(CommandLineError, match="localhost only"):
        refuse_demonstration_elsewhere(settings, with_demo=True)
    refuse_demonstration_elsewhere(settings, with_demo=False)


@pytest.mark.parametrize("with_demo", [True, False])
def test_its_agencies_are_refused_for_strangers_also_when_a_file_names_them(
    tmp_path: Path,
    with_demo: bool,  # noqa: FBT001 - a case
) -> None:
    file = str(agencies_file(plan_in(tmp_path), HUB))
    public = Settings(_env_file=None, agencies=file, public_url="https://hub.example")
    with pytest.raises(CommandLineError, match=r"sichuan.*chongqing.*localhost only"):
        refuse_demonstration_elsewhere(public, with_demo=with_demo)
    at_home = Settings(_env_file=None, agencies=file, public_url="http://localhost:8000")
    refuse_demonstration_elsewhere(at_home, with_demo=with_demo)


def test_a_faulty_file_of_agencies_is_told_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "agencies.toml").write_text("[agencies.x]\n", encoding="utf-8")
    settings = Settings(_env_file=None, agencies=str(tmp_path / "agencies.toml"))
    with pytest.raises(CommandLineError, match="`issuer` is missing"):
        refuse_demonstration_elsewhere(settings, with_demo=True)


async def test_a_provider_that_dies_is_started_again_with_the_same_keys(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    with provider_kept_running(plan):
        keys = await published(plan)
        os.kill(pid_of(plan), 9)
        assert await published(plan) == keys
    with pytest.raises(httpx2.ConnectError):
        await asked(plan)


def pid_of(plan: Plan) -> int:
    commands = Path("/proc").glob("[0-9]*/cmdline")
    return next(
        int(each.parts[2]) for each in commands if str(plan.file).encode() in each.read_bytes()
    )


async def published(plan: Plan) -> str:
    async with asyncio.timeout(60):
        while True:
            try:
                return await asked(plan)
            except httpx2.TransportError:
                await asyncio.sleep(0.1)


async def asked(plan: Plan) -> str:
    async with httpx2.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{plan.issuer('sichuan')}/jwks")
        return answer.text


ISSUERS = {side.key: f"http://127.0.0.1:1/{side.key}" for side in SIDES}


async def identified(driver: AsyncDriver) -> set[tuple[str, str, str]]:
    answer = await driver.execute_query(
        "MATCH (i:Identity)-[:IDENTIFIES]->(p:Person) RETURN i.issuer, i.subject, p.id",
        database_=DATABASE,
    )
    return {(row[0], row[1], row[2]) for row in answer.records}


@pytest.mark.usefixtures("demonstration")
async def test_the_graph_knows_the_providers_subjects_and_follows_it_to_another_port(
    driver: AsyncDriver,
) -> None:
    found = await samples_in(driver, DATABASE)
    assert len(found) == len(SIDES) * len(SEATS)
    try:
        for issuers in (
            ISSUERS,
            ISSUERS,
            {key: each.replace(":1/", ":2/") for key, each in ISSUERS.items()},
        ):
            await link(driver, DATABASE, found, issuers)
            assert await identified(driver) == {
                (issuers[each.side.key], each.subject, each.id) for each in found
            }
    finally:
        await driver.execute_query("MATCH (i:Identity) DETACH DELETE i", database_=DATABASE)


@pytest.mark.usefixtures("demonstration")
async def test_sample_people_are_called_in_the_graph_what_the_generator_calls_them(
    driver: AsyncDriver,
) -> None:
    found = await names_in(driver, DATABASE, SAMPLES)
    generated = {each.id: each.properties for each in people.records(build(0.02, 20200415))}
    assert found == {
        each.id: Named(generated[each.id]["name"], generated[each.id]["nameEn"]) for each in SAMPLES
    }
