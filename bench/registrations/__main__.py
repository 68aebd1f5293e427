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
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import uvloop
from neo4j import AsyncDriver

from bench.kept import keep, machine, versions
from bench.questions.store import Store as Server
from bench.questions.store import kept_store
from bench.registrations import books, clients, floor, ground
from bench.registrations.killing import Workers
from bench.registrations.report import table
from graph_store.clock import system_clock
from graph_store.commands.lanes import open_lane
from graph_store.commands.transactions import Store
from graph_store.constraints import apply
from graph_store.driver import open_driver
from graph_store.model import MODEL
from settings import read_settings

ROUNDS = 5
KILLS = 5
FLOOR_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Ran:
    """Of one run: the books, what the clients were told, and by round the rates of floor and registrations."""

    books: dict[str, int]
    again: int
    floors: list[float]
    rates: list[float]


def main() -> int:
    """Exit code 0 when all is measured and no rule is broken."""
    began = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    asked = _arguments()
    data_folder = read_settings().data_dir.resolve()
    folder = data_folder / "bench" / "registrations"
    if asked.only_calm:
        print(uvloop.run(_calm(data_folder, folder, asked.calm_workers, asked.requests)))
        return 0
    killed = uvloop.run(_killed(data_folder, folder, asked.workers, asked.requests))
    print(f"killed {KILLS} times: {killed.books}, sent again {killed.again}", flush=True)
    calm = uvloop.run(_calm(data_folder, folder, asked.calm_workers, asked.requests))
    ratios = [rate / bare for rate, bare in zip(calm.rates, calm.floors, strict=True)]
    result = killed.books | {
        "registrationsPerSecond": round(median(calm.rates), 1),
        "ratioToFloor": round(median(ratios), 2),
    }
    figures = {
        "result": result,
        "calmBooks": calm.books,
        "floors": [round(each, 1) for each in calm.floors],
        "rates": [round(each, 1) for each in calm.rates],
        "sentAgain": killed.again,
        "minutes": round((time.monotonic() - began) / 60, 1),
        "loadAverage": os.getloadavg()[0],
        "machine": machine(),
        "versions": versions(),
    }
    text = table(figures)
    keep("registrations", figures, text, "", None if asked.keep else data_folder / "bench")
    print(text)
    print(f"RESULT {json.dumps(result)}", flush=True)
    wrong = ("lost", "doubled", "splitGroups", "quotaBreaches", "misordered")
    return int(any(each[name] for each in (killed.books, calm.books) for name in wrong))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.registrations", description=__doc__)
    parser.add_argument("--workers", type=int, default=2, help="while some are killed")
    parser.add_argument("--calm-workers", type=int, default=1, help="while the rate is measured")
    parser.add_argument("--requests", type=int, default=ground.REQUESTS)
    parser.add_argument("--only-calm", action="store_true", help="the rate alone")
    parser.add_argument("--keep", action="store_true", help="in bench/results.json")
    return parser.parse_args()


async def _killed(data_folder: Path, folder: Path, workers: int, number: int) -> Ran:
    """All requests, while workers die."""
    async with _ground(data_folder, folder, workers, number) as (driver, course, requests, running):
        killing = asyncio.create_task(running.killed(KILLS))
        told = await clients.register(running.ports, _counted(requests, running))
        await killing
        found = await books.rows(driver, course)
    return Ran(books.told_of(course, told, found), told.again, [], [])


async def _calm(data_folder: Path, folder: Path, workers: int, number: int) -> Ran:
    """The same requests in five slices, each beside the floor."""
    async with _ground(data_folder, folder, workers, number) as (driver, course, requests, running):
        await floor.prepared(driver)
        await floor.rate(driver, FLOOR_SECONDS)
        told, floors, rates = clients.Told(), [], []
        size = len(requests) // ROUNDS
        for turn in range(ROUNDS):
            floors.append(await floor.rate(driver, FLOOR_SECONDS))
            part = await clients.register(running.ports, requests[turn * size : (turn + 1) * size])
            rates.append(part.rate)
            told.states |= part.states
            told.odd |= part.odd
            told.again += part.again
            print(f"floor {floors[-1]:.0f}/s, registrations {rates[-1]:.0f}/s", flush=True)
        found = await books.rows(driver, course)
    return Ran(books.told_of(course, told, found), told.again, floors, rates)


def _counted(requests: list[tuple[int, bytes]], running: Workers) -> Iterator[tuple[int, bytes]]:
    for number, each in enumerate(requests):
        running.progress = number / len(requests)
        yield each
    running.progress = 1.0


def _emptied(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


@asynccontextmanager
async def _ground(
    data_folder: Path, folder: Path, workers: int, number: int
) -> AsyncIterator[tuple[AsyncDriver, ground.Course, list[tuple[int, bytes]], Workers]]:
    """An empty Neo4j with what is registered, and the hub's workers over it."""
    _emptied(folder)
    with ExitStack() as stack:
        over: Server = stack.enter_context(
            kept_store(data_folder, folder / "server", folder / "none")
        )
        async with open_driver(over.uri, "", None) as driver:
            await apply(driver, ground.DATABASE, MODEL)
            await ground.lay_out(driver, number)
            async with open_lane(Store(driver, ground.DATABASE, MODEL, "cd", system_clock)) as lane:
                course = await ground.opened(lane, number)
            secrets = await ground.tokens(driver)
            requests = [
                (party.number, clients.request(course, party, secrets[party.home]))
                for party in course.parties
            ]
            running = stack.enter_context(Workers(over.uri, folder, workers))
            yield driver, course, requests, running


if __name__ == "__main__":
    sys.exit(main())
