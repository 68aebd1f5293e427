"""What it costs to know who asks, and how soon another worker hears that they may no more; see bench/README.md."""

import argparse
import asyncio
import json
import os
import signal
import sys
import time
from contextlib import ExitStack

from bench.auth import plans, revoking
from bench.auth.ground import Ground, ground, open_desk
from bench.auth.report import Figures, result, table
from bench.kept import keep, machine, versions
from bench.load import Cell, Load, measured
from settings import read_settings

MOST_SECONDS = 560
ROUNDS = 21
BY_ID = (
    "query byId($id: ID!) { instrument(id: $id) { id name category valueCny owner { id name } } }"
)


def main() -> int:
    """Exit code 0 when all is measured."""
    began = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    asked = _arguments()
    data_folder = read_settings().data_dir.resolve()
    with ExitStack() as stack:
        over = stack.enter_context(ground(data_folder, _laid_out))
        figures = asyncio.run(_prepared(over))
        _rounds(over, figures, 1, asked.warm)
        figures.rounds = _rounds(over, figures, asked.rounds, asked.seconds, began)
        figures.trips = _trips(over, figures)
        figures.checks = plans.checks(over)
        figures.plan = asyncio.run(plans.profiled(over, figures.ids))
        figures.revocations = asyncio.run(revoking.measured(over))
    found = result(figures)
    kept = {
        "result": found,
        "minutes": round((time.monotonic() - began) / 60, 1),
        "loadAverage": os.getloadavg()[0],
        "machine": machine(),
        "versions": versions(),
    }
    text = table(figures, found)
    is_whole = figures.rounds >= ROUNDS
    keep("auth", kept, text, "", None if is_whole else data_folder / "bench")
    print(text)
    print(f"RESULT {json.dumps(found)}", flush=True)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.auth", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=0.4, help="of a cell")
    parser.add_argument("--warm", type=float, default=3.0, help="seconds a kind of viewer")
    return parser.parse_args()


def _laid_out(uri: str, issued_by: str) -> None:
    async def lay_out() -> None:
        async with open_desk(uri) as desk:
            await desk.lay_out(issued_by)

    asyncio.run(lay_out())


async def _prepared(over: Ground) -> Figures:
    """Who asks, by every way to be known, and what."""
    async with open_desk(over.uri) as desk:
        found = await desk.driver.execute_query(
            "MATCH (n:Instrument) WHERE n.visibility = 'public' RETURN n.id ORDER BY n.id LIMIT 1000"
        )
        session, (token, _) = await desk.session(over.issuer), await desk.token()
    headers = {
        "anonymous": "",
        "session": f"cookie: {over.cookie(session)}\r\n",
        "bearer": f"authorization: Bearer {over.access_token}\r\n",
        "hubToken": f"authorization: Bearer {token}\r\n",
    }
    ids = [record[0] for record in found.records]
    requests = {who: [_request(over, each, head) for each in ids] for who, head in headers.items()}
    return Figures(ids, requests)


def _request(over: Ground, id_: str, head: str) -> bytes:
    body = json.dumps({"query": BY_ID, "variables": {"id": id_}}).encode()
    port = over.ports[0]
    first = (
        f"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-type: application/json\r\n"
    )
    return f"{first}{head}content-length: {len(body)}\r\n\r\n".encode() + body


def _rounds(
    over: Ground, figures: Figures, rounds: int, seconds: float, began: float | None = None
) -> int:
    """Cells of one connection, in turning order; how many rounds there was time for."""
    is_measured = began is not None
    for number in range(rounds):
        if began is not None and number and time.monotonic() - began > MOST_SECONDS - 60:
            return number
        kinds = list(figures.requests)
        for who in kinds[:: -1 if number % 2 else 1]:
            cell = _cell(over, figures.requests[who], seconds, number)
            if is_measured:
                figures.cells.setdefault(who, []).append(cell)
    return rounds


def _cell(over: Ground, requests: list[bytes], seconds: float, number: int) -> Cell:
    load = Load(over.ports[0], requests, 1, seconds, number * 997)
    return measured(load, over.pids[0], over.store_pid)


def _trips(over: Ground, figures: Figures) -> dict[str, float]:
    """Statements a request, of each kind of viewer: the polls of the watch are counted for everybody alike."""
    found: dict[str, float] = {}
    for who, requests in figures.requests.items():
        before = plans.statements(over)
        cell = _cell(over, requests, 1.0, 0)
        found[who] = (plans.statements(over) - before) / len(cell.took)
    return found


if __name__ == "__main__":
    sys.exit(main())
