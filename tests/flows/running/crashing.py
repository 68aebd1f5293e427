"""`python -m tests.flows.running.crashing`: does a scenario's work in a child that is killed at its n-th step, then reconciles.

A step is a statement, a commit, a letter or a call; the kill comes just before it, so that step n leaves all steps before n done.
Prefect takes no part: it holds no truth, and what it does is tried with real kills elsewhere. One line of JSON for each step.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import neo4j
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

LEASE = timedelta(seconds=1)
STEPS_MOST = 200
BOUNDARIES: tuple[tuple[type[Any], str], ...] = (
    (neo4j.AsyncTransaction, "run"),
    (neo4j.AsyncTransaction, "commit"),
    (neo4j.AsyncSession, "run"),
    (neo4j.AsyncDriver, "execute_query"),
    (MailServer, "send"),
    (Caller, "call"),
)


@dataclass(slots=True)
class Killer:
    """Ends this process without a word before its n-th step."""

    step: int
    taken: int = 0

    def arm(self) -> None:
        """From now on steps count."""
        for kind, name in BOUNDARIES:
            setattr(kind, name, self._counted(getattr(kind, name)))

    def _counted(self, deed: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def counted(*args: Any, **kwargs: Any) -> Any:
            self.taken += 1
            if self.taken == self.step:
                os.kill(os.getpid(), signal.SIGKILL)
            return await deed(*args, **kwargs)

        return counted


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


async def recover(desk: Desk) -> str:
    """What another worker does when the lease has run out: reconcile, then whatever is due."""
    await asyncio.sleep(LEASE.total_seconds() * 1.1)
    with under_way(Running("reconcile", f"after {desk.worker}")):
        report = await reconcile_now()
    await pumped(desk)
    await rows(desk, "MATCH (o:Due) SET o.dueAt = '2000-01-01T00:00:00.000Z' RETURN 1")
    await pumped(desk)
    return report.en


LEFT = "MATCH (r:FlowRun {state: 'running'}) RETURN r.flow AS flow"
DUE = "MATCH (o:Due|Failed) RETURN o.topic AS topic"


async def left(desk: Desk) -> list[Any]:
    """What should not be there any more."""
    return [*(await rows(desk, LEFT)), *(await rows(desk, DUE))]


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
        child = os.fork()
        if child == 0:
            killer = Killer(step)
            self.at(lambda desk: self._killed(desk, name, killer))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        was_killed = os.WIFSIGNALED(status)
        report = self.at(recover) if was_killed else ""
        return {
            "step": step,
            "killed": was_killed,
            "name": name,
            "state": self.at(lambda desk: self.scenario.state(desk, name)),
            "left": self.at(left),
            "report": report,
        }

    async def _killed(self, desk: Desk, name: str, killer: Killer) -> None:
        killer.arm()
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
