"""`python -m tests.flows.running.crashing`: does a scenario's work in a child that is killed at its n-th step, then reconciles.

A step is a statement, a commit, a letter or a call; the kill comes just before it, so that step n leaves all steps before n done.
Prefect takes no part: it holds no truth, and what it does is tried with real kills elsewhere. One line of JSON for each step.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson

from flows.deployments import FLOWS
from flows.desk import Desk, Running, seated, under_way
from flows.mail import MailServer
from flows.outbox import Pump
from flows.reconcile import reconcile_now
from flows.webhooks import Caller
from flows.worker import open_desk
from settings import Settings
from tests.flows.running.scenarios import SCENARIOS, Around, Scenario, rows, run_by_the_clock
from tests.killer import Killer

LEASE = timedelta(seconds=1)
STEPS_MOST = 200
OTHERS = ((MailServer, "send"), (Caller, "call"))


class Alone:
    """An engine without Prefect: the body and nothing else."""

    flows = FLOWS

    async def linked(self, running: Running, _tags: Iterable[str]) -> None:
        """Run the flow."""
        with under_way(running):
            await self.flows[running.flow].fn()


async def work(desk: Desk, scenario: Scenario, name: str) -> None:
    """What the clock runs, then whatever the outbox holds until nothing is due."""
    if scenario.flow:
        await run_by_the_clock(scenario.flow, name)
    await pumped(desk)


async def pumped(desk: Desk) -> None:
    """Until nothing is due."""
    pump = Pump(desk, Alone(), timedelta(seconds=0.01))  # type: ignore[arg-type] # see the module's text
    while await pump.pump():
        await pump.settled()


async def recover(desk: Desk, scenario: Scenario, name: str) -> str:
    """What another worker does when the lease has run out: reconcile, then whatever is due, and what the clock alone does."""
    await asyncio.sleep(LEASE.total_seconds() * 1.1)
    with under_way(Running("reconcile", f"after {desk.worker}")):
        report = await reconcile_now()
    await pumped(desk)
    await rows(desk, "MATCH (o:Due) SET o.dueAt = '2000-01-01T00:00:00.000Z' RETURN 1")
    await pumped(desk)
    if scenario.by_the_clock_alone:
        await work(desk, scenario, name)
    return report.en


LEFT = "MATCH (r:FlowRun {state: 'running'}) RETURN r.flow AS flow"
DUE = "MATCH (o:Due|Failed) RETURN o.topic AS topic"


async def left(desk: Desk) -> list[Any]:
    """What should not be there any more."""
    return [*(await rows(desk, LEFT)), *(await rows(desk, DUE))]


# runs and imports that a crash cut are on record besides
LOG = """MATCH (c:Change) WHERE c.seq > $after AND NOT c.noun IN ['FlowRun', 'Import']
RETURN c.command AS command, c.noun AS noun, count(*) AS times ORDER BY command, noun"""


async def last_change(desk: Desk) -> int:
    """The number of the last change."""
    (found,) = await rows(desk, "MATCH (s:Sequence {id: 'changes'}) RETURN s.last AS last")
    return int(found["last"])


async def log_since(desk: Desk, after: int) -> list[Any]:
    """Which commands changed how many records of which noun."""
    return await rows(desk, LOG, after=after)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Kills of one scenario."""

    settings: Settings
    around: Around
    scenario: Scenario

    def at(self, deed: Callable[[Desk], Awaitable[Any]]) -> Any:
        """At a desk of its own."""

        async def seated_there() -> Any:
            async with open_desk(self.settings) as desk:
                await desk.plans.alive(desk.worker, desk.now)
                with seated(desk):
                    return await deed(desk)

        return asyncio.run(seated_there())

    def killed_at(self, step: int) -> dict[str, Any]:
        """How it stands after a kill at the step and the recovery."""
        name = self.at(lambda desk: self.scenario.lay_out(desk, self.around))
        began = self.at(last_change)
        child = os.fork()
        if child == 0:
            killer = Killer(step)
            self.at(lambda desk: self._killed(desk, name, killer))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        was_killed = os.WIFSIGNALED(status)
        report = self.at(lambda desk: recover(desk, self.scenario, name)) if was_killed else ""
        return {
            "step": step,
            "killed": was_killed,
            "name": name,
            "state": self.at(lambda desk: self.scenario.state(desk, name)),
            "log": self.at(lambda desk: log_since(desk, began)),
            "left": self.at(left),
            "report": report,
        }

    async def _killed(self, desk: Desk, name: str, killer: Killer) -> None:
        killer.arm(*OTHERS)
        await work(desk, self.scenario, name)


def main(words: list[str]) -> None:
    """The undisturbed run first, then a kill at each step, or at each `every`-th; the words are those of `test_crashes.py`."""
    uri, password, smtp_port, url, name, every = words
    settings = Settings(
        _env_file=None,
        data_dir=Path(os.environ["BASHU_DATA_DIR"]),
        neo4j_uri=uri,
        neo4j_password=password,
        lease=LEASE,
        webhook_private=True,
        smtp_host="127.0.0.1",
        smtp_port=int(smtp_port),
        smtp_security="none",
    )
    matrix = Matrix(settings, Around(int(smtp_port), url), SCENARIOS[name])
    _say(matrix.killed_at(0))
    for step in range(1, STEPS_MOST, int(every)):
        told = matrix.killed_at(step)
        _say(told)
        if not told["killed"]:
            return


def _say(told: dict[str, Any]) -> None:
    sys.stdout.write(orjson.dumps(told).decode() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
