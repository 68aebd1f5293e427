"""Sign on once, use both bases: two hubs, the demonstration's provider and sample people, a browser."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from neo4j import AsyncDriver
from starlette.types import ASGIApp

import app
from demo.sample_people import SIDES
from demo.sign_on import process
from demo.sign_on.agencies import Hub, agencies_file, plan_of
from demo.sign_on.identities import link, names_in, samples_in
from graph_store.local_server import server
from graph_store.local_server.site import Site
from settings import Settings
from tests.auth import provider as browsers
from tests.auth.provider import SICHUAN, free_port
from tests.conftest import CHECKOUT, JARS
from tests.graph import DATABASE
from tests.serving import listening, settings_over

RESEARCHER = "sichuan-researcher"
ASKED = """{
  viewer { isSignedOn agency person { id email } roles { role institution { id } } }
  datasets(first: 100) { totalCount nodes { visibility } }
}"""
SECONDS = 20.0  # the machine may be busy


@dataclass(frozen=True, slots=True)
class Bases:
    """The addresses of both hubs."""

    one: str
    two: str


@pytest_asyncio.fixture(scope="module")
async def bases(
    driver: AsyncDriver,
    neo4j_server: server.Running,
    demonstration: object,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Bases]:
    """Two hubs over the demonstration; what is a session at one is none at the other."""
    assert demonstration
    folder = tmp_path_factory.mktemp("bases")
    hubs = [Hub(base, f"http://127.0.0.1:{free_port()}") for base in ("cd", "cq")]
    people = await samples_in(driver, DATABASE)
    plan = plan_of(folder / "sign-on", hubs, people, await names_in(driver, DATABASE, people))
    plan.write()
    await link(driver, DATABASE, people, {side.key: plan.issuer(side.key) for side in SIDES})
    started = process.start(plan.file, folder / "provider.log")
    try:
        async with AsyncExitStack() as stack:
            for hub in hubs:
                port = int(hub.address.rpartition(":")[2])
                agencies = str(agencies_file(plan, hub))
                settings = settings_over(
                    neo4j_server, port, folder / hub.base, base=hub.base, agencies=agencies
                )
                await stack.enter_async_context(listening(built(settings), port))
            yield Bases(*(hub.address for hub in hubs))
    finally:
        started.stop()
        await driver.execute_query("MATCH (n:Identity|Session) DETACH DELETE n", database_=DATABASE)


def built(settings: Settings) -> Callable[[int], ASGIApp]:
    """The hub, whose port stands in its settings already."""
    return lambda _port: app.build(settings)


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[httpx2.AsyncClient]:
    """A browser without any cookie."""
    async with browsers.browser() as opened:
        yield opened


def from_page(hub: str) -> dict[str, str]:
    """What a browser says of a request that a page of the hub makes."""
    return {"origin": hub, "sec-fetch-site": "same-origin"}


async def seen(browser: httpx2.AsyncClient, hub: str) -> dict[str, Any]:
    answer = await browser.post(f"{hub}/graphql", json={"query": ASKED}, headers=from_page(hub))
    assert answer.status_code == httpx2.codes.OK, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def is_signed_on(browser: httpx2.AsyncClient, hub: str) -> bool:
    return bool((await seen(browser, hub))["viewer"]["isSignedOn"])


async def silently(browser: httpx2.AsyncClient, hub: str) -> httpx2.Response:
    """As the second base's page does it: a round trip without a question."""
    address = f"{hub}/auth/login?agency={SICHUAN}&silent=1&next=/"
    return await browsers.travel(browser, await browser.get(address))


async def sign_on(
    browser: httpx2.AsyncClient, hub: str, subject: str = RESEARCHER
) -> httpx2.Response:
    return await browsers.sign_in(browser, f"{hub}/auth/login?agency={SICHUAN}&next=/", subject)


async def sign_off(browser: httpx2.AsyncClient, hub: str) -> httpx2.Response:
    left = await browser.post(f"{hub}/auth/logout", headers=from_page(hub))
    return await browsers.confirm_sign_off(browser, await browsers.travel(browser, left))


async def until_signed_off(browser: httpx2.AsyncClient, hub: str) -> None:
    async with asyncio.timeout(SECONDS):
        while True:
            if not await is_signed_on(browser, hub):
                return
            await asyncio.sleep(0.05)


async def one_sign_on_serves_both(browser: httpx2.AsyncClient, bases: Bases) -> None:
    """The story that `make demo-two-bases` shows."""
    page = await sign_on(browser, bases.one)
    assert str(page.url) == f"{bases.one}/"
    assert not await is_signed_on(browser, bases.two)
    page = await silently(browser, bases.two)
    assert str(page.url) == f"{bases.two}/"
    one, two = await seen(browser, bases.one), await seen(browser, bases.two)
    assert one["viewer"]["isSignedOn"]
    assert one["viewer"] == two["viewer"]
    page = await sign_off(browser, bases.one)
    assert str(page.url).startswith(f"{bases.one}/")
    assert not await is_signed_on(browser, bases.one)
    await until_signed_off(browser, bases.two)


async def test_one_sign_on_serves_both_bases_and_one_sign_off_ends_both(
    browser: httpx2.AsyncClient, bases: Bases
) -> None:
    await one_sign_on_serves_both(browser, bases)


async def test_who_is_signed_on_nowhere_comes_back_to_the_page_signed_out(
    browser: httpx2.AsyncClient, bases: Bases
) -> None:
    page = await silently(browser, bases.two)
    assert (page.status_code, str(page.url)) == (httpx2.codes.OK, f"{bases.two}/")
    assert not await is_signed_on(browser, bases.two)


async def test_a_sample_person_is_the_one_of_the_demonstration_with_the_role_held_there(
    browser: httpx2.AsyncClient, bases: Bases
) -> None:
    await sign_on(browser, bases.one, "sichuan-auditor")
    viewer = (await seen(browser, bases.one))["viewer"]
    assert viewer["person"]["email"] == "auditor@sichuan.example"
    assert viewer["agency"] == SICHUAN
    roles = {(each["role"], each["institution"]["id"]) for each in viewer["roles"]}
    assert ("AUDITOR", "cd-institution-kjt") in roles


async def test_signing_on_shows_what_the_network_and_the_agreement_of_ones_university_share(
    browser: httpx2.AsyncClient, bases: Bases
) -> None:
    levels = levels_of(await seen(browser, bases.one))
    assert levels == {"PUBLIC"}
    await sign_on(browser, bases.one, RESEARCHER)
    levels = levels_of(await seen(browser, bases.one))
    assert levels == {"PUBLIC", "NETWORK", "AGREEMENT"}


def levels_of(data: Mapping[str, Any]) -> set[str]:
    return {each["visibility"] for each in data["datasets"]["nodes"]}


@pytest.mark.deep
async def test_make_demo_two_bases_serves_two_hubs_on_two_graphs_and_ends_without_a_trace(
    browser: httpx2.AsyncClient, tmp_path: Path
) -> None:
    port = free_port()
    async with AsyncExitStack() as stack:
        started = stack.enter_context(two_bases(tmp_path, port))
        assert await asyncio.to_thread(heard, started, "Two bases, one sign-on")
        both = Bases(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}")
        await one_sign_on_serves_both(browser, both)
    assert started.returncode == 0
    assert [each for each in commands() if str(tmp_path) in each] == []


@contextmanager
def two_bases(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The command, on data of its own but for the jars; ended as by Ctrl-C."""
    jars = Site.under(folder).jars
    jars.parent.mkdir(parents=True)
    jars.symlink_to(JARS)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BASHU_")}
    with subprocess.Popen(
        [sys.executable, CHECKOUT / "cli.py", "demo", "two-bases"],
        env=kept | {"BASHU_DATA_DIR": str(folder), "BASHU_PORT": str(port)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as started:
        try:
            yield started
        finally:
            started.send_signal(signal.SIGINT)
            started.communicate(timeout=120)


def heard(started: subprocess.Popen[str], word: str) -> bool:
    assert started.stdout is not None
    return any(word in line for line in started.stdout)


def commands() -> list[str]:
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(each.read_bytes().decode(errors="replace"))
        except OSError:
            continue
    return found
