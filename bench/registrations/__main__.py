"""10,000 registrations for 500 seats from 32 clients: what is in the books after workers were killed, and the rate beside the floor."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median

import uvloop
from neo4j import AsyncDriver

from bench.kept import keep, machine, versions
from bench.load import cpu_ms
from bench.questions.store import kept_store
from bench.registrations import books, clients, floor, ground
from bench.registrations.killing import Workers, api_workers, await_plans, flow_worker
from bench.registrations.report import table
from graph_store.clock import system_clock
from graph_store.commands.lanes import open_lane
from graph_store.commands.transactions import Store
from graph_store.constraints import apply
from graph_store.driver import open_driver
from graph_store.model import MODEL
from settings import read_settings

REQUESTS, API_WORKERS = 10_000, 2
KILLS, ROUNDS = 5, 5
FLOOR_SECONDS = 3.0
SLICE, SLICE_SECONDS = 2_000, 12.0
WARM_SECONDS = 15.0
WRONG = ("lost", "doubled", "splitGroups", "quotaBreaches", "misordered")


@dataclass(frozen=True, slots=True)
class Ground:
    """An own Neo4j with all that is registered in both runs."""

    uri: str
    pid: int
    folder: Path
    driver: AsyncDriver
    secrets: dict[str, str]
    killed: ground.Course
    calm: ground.Course


@dataclass(frozen=True, slots=True)
class Round:
    """A second's transactions of the floor and requests answered; CPU milliseconds of one of each, of all that took part."""

    floor: float
    rate: float
    floor_cpu: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Ran:
    """Of one run: the books, how many requests there were, how often one was sent again, kills."""

    books: dict[str, int]
    requests: int
    again: int
    kills: int
    rounds: tuple[Round, ...] = ()


def main() -> int:
    """Exit code 0 when all is measured and no rule is broken."""
    began = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    asked = _arguments()
    data_folder = read_settings().data_dir.resolve()
    killed, calm = uvloop.run(_both(data_folder, asked.requests))
    result = killed.books | {
        "registrationsPerSecond": round(median(each.rate for each in calm.rounds), 1),
        "ratioToFloor": round(median(each.rate / each.floor for each in calm.rounds), 2),
    }
    figures = {
        "result": result,
        "requests": killed.requests,
        "kills": killed.kills,
        "sentAgain": killed.again,
        "calmRequests": calm.requests,
        "calmBooks": calm.books,
        "cpuRatioToFloor": round(median(each.floor_cpu / each.cpu for each in calm.rounds), 2),
        "rounds": [
            {name: round(value, 2) for name, value in asdict(each).items()} for each in calm.rounds
        ],
        "minutes": round((time.monotonic() - began) / 60, 1),
        "loadAverage": round(os.getloadavg()[0], 1),
        "machine": machine(),
        "versions": versions(),
    }
    text = table(figures)
    whole = asked.requests == REQUESTS and killed.kills == KILLS
    keep("registrations", figures, text, "", None if whole else data_folder / "bench")
    print(text)
    print(f"RESULT {json.dumps(result)}", flush=True)
    wrong = any(each[name] for each in (killed.books, calm.books) for name in WRONG)
    return int(wrong or killed.books["confirmed"] != ground.SEATS or killed.kills < KILLS)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.registrations", description=__doc__)
    parser.add_argument("--requests", type=int, default=REQUESTS, help="while workers are killed")
    return parser.parse_args()


async def _both(data_folder: Path, number: int) -> tuple[Ran, Ran]:
    async with _ground(data_folder, number) as on:
        return await _killed(on), await _calm(on)


async def _killed(on: Ground) -> Ran:
    """All requests, while workers die."""
    requests = _requests(on.killed, on.secrets)
    with (
        api_workers(on.uri, on.folder, API_WORKERS) as api,
        flow_worker(on.uri, on.folder) as flows,
    ):
        workers = Workers(api, [flows])
        _say("workers listen, requests begin")
        killing = asyncio.create_task(workers.killed(KILLS))
        told = await clients.register(workers.ports, _counted(requests, workers))
        await killing
    found = await books.rows(on.driver, on.killed)
    ran = Ran(books.told_of(on.killed, told, found), len(requests), told.again, workers.kills)
    _say(f"killed {workers.kills} times: {ran.books}, sent again {told.again}")
    return ran


async def _calm(on: Ground) -> Ran:
    """Slices of requests, each beside the floor, after both are warm."""
    await floor.prepared(on.driver)
    waiting = iter(_requests(on.calm, on.secrets))
    told, rounds = clients.Told(), []
    with api_workers(on.uri, on.folder, API_WORKERS) as api:
        ports = list(api)
        hubs = [each.pid for each in api.values()]
        for port in ports:
            await_plans(port)
        await floor.rate(on.driver, FLOOR_SECONDS)
        told.add(await clients.register(ports, _slice(waiting, WARM_SECONDS)))
        for _ in range(ROUNDS):
            before = _spent(on.pid)
            bare = await floor.rate(on.driver, FLOOR_SECONDS)
            floor_cpu = (_spent(on.pid) - before) / (bare * FLOOR_SECONDS)
            before = _spent(on.pid, *hubs)
            part = await clients.register(ports, _slice(waiting, SLICE_SECONDS))
            cpu = (_spent(on.pid, *hubs) - before) / len(part.states)
            told.add(part)
            rounds.append(Round(bare, part.rate, floor_cpu, cpu))
            _say(f"{rounds[-1]}")
    number = len(told.states) + len(told.odd)
    asked = replace(on.calm, parties=on.calm.parties[:number])
    found = await books.rows(on.driver, asked)
    return Ran(books.told_of(asked, told, found), number, told.again, 0, tuple(rounds))


def _spent(*pids: int) -> float:
    """CPU milliseconds of these processes and of the bench itself."""
    return sum(map(cpu_ms, (os.getpid(), *pids)))


def _requests(course: ground.Course, secrets: dict[str, str]) -> list[tuple[int, bytes]]:
    return [
        (party.number, clients.request(course, party, secrets[party.home]))
        for party in course.parties
    ]


def _slice(waiting: Iterator[tuple[int, bytes]], seconds: float) -> Iterator[tuple[int, bytes]]:
    """The next requests, so many or for so long."""
    end = time.monotonic() + seconds
    for _ in range(SLICE):
        if time.monotonic() > end:
            return
        yield next(waiting)


def _counted(requests: list[tuple[int, bytes]], running: Workers) -> Iterator[tuple[int, bytes]]:
    for number, each in enumerate(requests):
        running.progress = number / len(requests)
        yield each
    running.progress = 1.0


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


@asynccontextmanager
async def _ground(data_folder: Path, number: int) -> AsyncIterator[Ground]:
    """An empty Neo4j, filled."""
    folder = data_folder / "bench" / "registrations"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    killed = ground.parties(number, "x")
    calm = ground.parties((ROUNDS + 1) * SLICE, "y")
    with kept_store(data_folder, folder / "server", folder / "none") as over:
        async with open_driver(over.uri, "", None) as driver:
            await apply(driver, ground.DATABASE, MODEL)
            await ground.lay_out(driver, killed + calm)
            store = Store(driver, ground.DATABASE, MODEL, "cd", system_clock)
            async with open_lane(store) as lane:
                courses = [await ground.opened(lane, each) for each in (killed, calm)]
            secrets = await ground.tokens(driver)
            _say("the ground is laid")
            yield Ground(over.uri, over.pid, folder, driver, secrets, *courses)


if __name__ == "__main__":
    sys.exit(main())
