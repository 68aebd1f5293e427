"""Nobody may ask so often that others wait; who asks within the rate never notices it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as some

import app
from settings import Settings
from tests.web.small_hub import HOST, SmallAnswerer, served, small_checks, small_site
from web.rates import Rate

HERE, THERE = "192.0.2.1", "192.0.2.2"
QUESTION = {"query": "{ thing { name } }"}


@dataclass(slots=True)
class Clock:
    """Stands still until it is moved."""

    seconds: float = 1_000.0

    def __call__(self) -> float:
        """The reading."""
        return self.seconds


@asynccontextmanager
async def client_at(address: str, rate: Rate) -> AsyncIterator[httpx2.AsyncClient]:
    """Asks a small hub from that address."""
    async with served(small_site(SmallAnswerer(small_checks()), rate=rate)) as hub:
        transport = httpx2.ASGITransport(app=hub, client=(address, 4711))
        async with httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            yield client


@pytest.mark.parametrize("a_minute", [1, 7, 60, 601])
def test_a_minutes_requests_pass_at_once_and_not_one_more(a_minute: int) -> None:
    rate = Rate(a_minute, clock=Clock())
    assert [rate.seconds_to_wait(HERE) for _ in range(a_minute)] == [0] * a_minute
    assert rate.seconds_to_wait(HERE) > 0


@pytest.mark.parametrize("a_minute", [1, 7, 60])
def test_who_waits_as_long_as_told_passes(a_minute: int) -> None:
    clock = Clock()
    rate = Rate(a_minute, clock=clock)
    while not (wait := rate.seconds_to_wait(HERE)):
        pass
    clock.seconds += wait - 1
    assert rate.seconds_to_wait(HERE) == 1
    clock.seconds += 1
    assert rate.seconds_to_wait(HERE) == 0


@given(pauses=some.lists(some.floats(0, 20), max_size=60), a_minute=some.integers(1, 20))
def test_no_stretch_of_time_holds_more_than_a_bucket_and_its_refill(
    pauses: list[float], a_minute: int
) -> None:
    clock = Clock()
    rate, passed = Rate(a_minute, clock=clock), []
    for pause in pauses:
        clock.seconds += pause
        if not rate.seconds_to_wait(HERE):
            passed.append(clock.seconds)
    for first, began in enumerate(passed):
        for last, ended in enumerate(passed[first:], start=first):
            assert last - first + 1 <= a_minute * (1 + (ended - began) / 60) + 0.001


def test_a_refused_request_costs_nothing() -> None:
    clock = Clock()
    rate = Rate(1, clock=clock)
    waits = {rate.seconds_to_wait(HERE) for _ in range(100)}
    assert waits == {0, 60}


def test_each_address_has_a_bucket_of_its_own() -> None:
    rate = Rate(1, clock=Clock())
    assert [rate.seconds_to_wait(address) for address in (HERE, THERE, HERE)] == [0, 0, 60]


def test_the_addresses_of_one_ipv6_network_share_a_bucket() -> None:
    rate = Rate(1, clock=Clock())
    addresses = ["2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1"]
    assert [rate.seconds_to_wait(address) for address in addresses] == [0, 60, 0]


def test_of_too_many_addresses_the_longest_silent_is_forgotten() -> None:
    rate = Rate(1, clock=Clock(), most=2)
    assert [rate.seconds_to_wait(each) for each in ("a", "b", "a", "c")] == [0, 0, 60, 0]
    assert len(rate._full_at) == 2
    assert [rate.seconds_to_wait(each) for each in ("a", "b")] == [60, 0]


async def test_a_client_beyond_the_rate_is_told_when_to_come_again() -> None:
    clock = Clock()
    rate = Rate(2, clock=clock)
    async with client_at(HERE, rate) as client:
        answers = [await client.post("/graphql", json=QUESTION) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        refused = answers[-1]
        assert refused.headers["retry-after"] == "30"
        assert refused.headers["cache-control"] == "no-store"
        (error,) = refused.json()["errors"]
        assert error["extensions"]["code"] == "TOO_MANY_REQUESTS"
        assert "30" in error["message"]
        assert "30" in error["extensions"]["messageZh"]
        clock.seconds += 30
        assert (await client.post("/graphql", json=QUESTION)).status_code == 200


async def test_a_forwarded_address_buys_no_other_bucket() -> None:
    async with client_at(HERE, Rate(1, clock=Clock())) as client:
        forwarded = {"x-forwarded-for": THERE, "forwarded": f"for={THERE}"}
        answers = [await client.post("/graphql", json=QUESTION, headers=forwarded) for _ in "12"]
    assert [answer.status_code for answer in answers] == [200, 429]


async def test_a_watchdog_is_never_refused() -> None:
    async with client_at(HERE, Rate(1, clock=Clock())) as client:
        assert (await client.get("/")).status_code == 200
        assert (await client.get("/")).status_code == 429
        watched = [(await client.get(path)).status_code for path in ("/healthz", "/readyz") * 3]
    assert watched == [200] * 6


async def test_a_foreign_host_uses_nobodys_requests_up() -> None:
    async with client_at(HERE, Rate(1, clock=Clock())) as client:
        foreign = await client.get("/", headers={"host": "evil.example"})
        assert (foreign.status_code, (await client.get("/")).status_code) == (421, 200)


@pytest.mark.parametrize(("rate_limit", "last"), [("2", 429), ("none", 404)])
async def test_the_setting_is_the_rate_of_the_whole_hub(
    rate_limit: str, last: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BASHU_RATE_LIMIT", rate_limit)
    hub = app.build(Settings(_env_file=None, port=8000))
    transport = httpx2.ASGITransport(app=hub)
    async with httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
        statuses = [(await client.get("/nowhere")).status_code for _ in range(3)]
    assert statuses == [404, 404, last]
