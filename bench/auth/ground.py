"""What is measured on: the demonstration, somebody with a session and tokens, a provider, and two workers of one hub."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from joserfc.jwk import RSAKey
from neo4j import AsyncDriver

from auth.rights import RightsKept
from auth.sessions import Opening, Sessions
from auth.token_deeds import Made, TokenDeeds, Wish
from auth.viewer import Scope
from auth.watch import Watch
from bench.auth import issuer
from bench.questions.servers import started
from bench.questions.store import kept_store
from graph_store.audit import Entry
from graph_store.clock import day, instant, system_clock
from graph_store.driver import open_driver
from graph_store.local_server.bolt import free_port
from graph_store.reads import reader
from graph_store.sessions import SessionStore
from graph_store.tokens import Token, Tokens
from graph_store.writes import writer

DATABASE = "neo4j"
SCALE = "0.005"
STATEMENT_SECONDS = 60.0
PERSON, SUBJECT, AGENCY = "cd-person-bench", "bench", "bench"
HOME, OTHER = "cd-institution-bench", "cq-institution-bench"
SHARED, INNER = "cq-instrument-bench", "cq-institution-bench-inner"

# a person at home on one side of an agreement; on the other side an instrument that it shares, and something of the network
LAID_OUT = """\
MERGE (home:Institution:Record {id: $home}) SET home += $stamp, home.name = '甲', home.kind = 'institute',
  home.status = 'active', home.visibility = 'public'
MERGE (other:Institution:Record {id: $other}) SET other += $stamp, other.name = '乙', other.kind = 'institute',
  other.status = 'active', other.visibility = 'public'
MERGE (inner:Institution:Record {id: $inner}) SET inner += $stamp, inner.name = '内部', inner.kind = 'institute',
  inner.status = 'active', inner.visibility = 'network'
MERGE (p:Person:Record {id: $person}) SET p += $stamp, p.name = '测', p.visibility = 'public'
MERGE (p)-[h:HOLDS {role: 'member'}]->(home) REMOVE h.until
MERGE (i:Identity {issuer: $issuer, subject: $subject}) SET i.agency = $agency
MERGE (i)-[:IDENTIFIES]->(p)
MERGE (x:Instrument:Record {id: $shared}) SET x += $stamp, x.name = '共享仪器', x.category = 'analytical',
  x.status = 'available', x.measuredVariables = [], x.visibility = 'agreement'
MERGE (x)-[:OWNED_BY]->(other)
MERGE (a:Agreement:Record {id: 'cd-agreement-bench'}) SET a += $stamp, a.name = '协议', a.kind = 'resource_sharing',
  a.status = 'signed', a.effectiveOn = '2020-04-15', a.visibility = 'public'
MERGE (home)-[:PARTY_TO]->(a) MERGE (other)-[:PARTY_TO]->(a)
MERGE (c:Clause:Record {id: 'cd-clause-bench'}) SET c += $stamp, c.name = '条款', c.kind = 'share_instruments',
  c.scopeKinds = [], c.visibility = 'public'
MERGE (a)-[:GRANTS]->(c)
RETURN p.id AS person"""


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything started; the second worker hears of what is done here only through the graph."""

    uri: str
    store_pid: int
    key: RSAKey
    issuer: str
    agencies: Path
    ports: tuple[int, int]
    pids: tuple[int, int]

    @property
    def public_url(self) -> str:
        """Of both workers."""
        return f"http://127.0.0.1:{self.ports[0]}"

    @property
    def access_token(self) -> str:
        """A new one of the provider."""
        return issuer.token(self.key, self.issuer, f"{self.public_url}/graphql", SUBJECT)

    def cookie(self, secret: str) -> str:
        """The header's value."""
        return f"bashu-{self.ports[0]}={secret}"


@dataclass(frozen=True, slots=True)
class Desk:
    """Does what people and administrators do, in the bench's own process."""

    driver: AsyncDriver
    sessions: Sessions
    tokens: TokenDeeds

    async def session(self, issued_by: str) -> str:
        """The secret of a new session."""
        now = datetime.now(UTC)
        mark = f"{now.timestamp()}"
        opening = Opening(
            PERSON, "测", issued_by, SUBJECT, mark, AGENCY, "none", f"bench {mark}", now + timedelta(hours=1)
        )  # fmt: skip
        secret = await self.sessions.open(opening)
        if secret is None:
            raise SystemExit("No session could be opened: is the graph laid out?")
        return secret

    async def token(self) -> tuple[str, Token]:
        """A new hub token: its secret, and the token."""
        wish = Wish("bench", frozenset({Scope.READ}), 1)
        key = str(datetime.now(UTC).timestamp())
        made = await self.tokens.issue(self.tokens.drawn_up(wish, PERSON, "bench", key), wish, key)
        if not isinstance(made, Made) or made.secret is None:
            raise SystemExit("No token could be made: is the graph laid out?")
        return made.secret, made.token

    async def change(self, statement: str, noun: str, node_id: str) -> None:
        """Change a record and write it into the log, in one transaction as a command does."""
        logged = (
            "CALL () { MATCH (s:Sequence {id: 'changes'}) SET s.last = s.last + 1"
            " CREATE (:Change {seq: s.last, at: $at, actor: 'bench', command: 'bench', requestKey: $at,"
            " noun: $noun, nodeId: $id, before: '{}', after: '{}'}) }"
        )
        await self.driver.execute_query(
            f"{statement} WITH count(*) AS changed {logged} RETURN changed",
            at=instant(datetime.now(UTC)), noun=noun, id=node_id, database_=DATABASE,
        )  # fmt: skip

    async def lay_out(self, issued_by: str) -> None:
        """The person, their agreement and what it shares."""
        at = instant(datetime.now(UTC))
        stamp: dict[str, Any] = {"synthetic": True, "version": 1, "createdAt": at, "updatedAt": at, "aliases": []}  # fmt: skip
        await self.driver.execute_query(
            LAID_OUT, stamp=stamp, home=HOME, other=OTHER, inner=INNER, person=PERSON, issuer=issued_by,
            subject=SUBJECT, agency=AGENCY, shared=SHARED, database_=DATABASE,
        )  # fmt: skip


async def unnoted(_entry: Entry) -> None:
    """What the bench does is in nobody's audit log."""


@asynccontextmanager
async def open_desk(uri: str) -> AsyncIterator[Desk]:
    """The desk over a graph."""
    async with (
        open_driver(uri, "", None) as driver,
        reader(driver, DATABASE, STATEMENT_SECONDS) as run,
    ):
        write = writer(driver, DATABASE, STATEMENT_SECONDS)
        watch = Watch(run)
        rights = RightsKept(run, watch, lambda: day(system_clock()))
        sessions = Sessions(SessionStore(run, write), watch, rights, system_clock)
        yield Desk(driver, sessions, TokenDeeds(Tokens(run, write), unnoted, system_clock, "cd"))


@contextmanager
def ground(data_folder: Path, lay_out: Any) -> Iterator[Ground]:
    """Everything started, in order; stopped in reverse. `lay_out(uri, issuer)` writes what is asked for."""
    folder = data_folder / "bench" / "auth"
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        over = stack.enter_context(kept_store(data_folder, folder / "server", folder / "none"))
        load_demonstration(over.uri, folder)
        key = issuer.new_key(folder / "key.json")
        port, *ports = (free_port() for _ in range(3))
        issued_by = issuer.address(port)
        words = ["-m", "bench.auth.issuer", str(port), str(folder / "key.json")]
        stack.enter_context(started([sys.executable, *words], port, {}, folder / "issuer.log"))
        lay_out(over.uri, issued_by)
        agencies = agencies_file(folder, issued_by)
        pids = [stack.enter_context(_worker(over.uri, each, ports[0], agencies)) for each in ports]
        first, second = ports
        yield Ground(
            over.uri, over.pid, key, issued_by, agencies, (first, second), (pids[0], pids[1])
        )


def load_demonstration(uri: str, folder: Path) -> None:
    """Into the bench's own graph, where it stays."""
    given = {"BASHU_NEO4J_URI": uri, "BASHU_DATA_DIR": str(folder)}
    command = [sys.executable, "cli.py", "demo", "load", "--scale", SCALE, "--force"]
    subprocess.run(command, check=True, env=os.environ | given, stdin=subprocess.DEVNULL)  # noqa: S603 - the hub's own command


def agencies_file(folder: Path, issued_by: str) -> Path:
    """The provider's agency, as an administrator writes it down."""
    (folder / "secret").write_text("not asked for by this bench", encoding="utf-8")
    file = folder / "agencies.toml"
    file.write_text(
        f'[agencies.{AGENCY}]\nissuer = "{issued_by}"\nclient_id = "hub"\nclient_secret_file = "secret"\n'
        f'speaks_for = ["{HOME}"]\nname = "甲"\nname_en = "Bench"\n',
        encoding="utf-8",
    )
    return file


def _worker(uri: str, port: int, public_port: int, agencies: Path) -> Any:
    words = [uri, str(port), f"http://127.0.0.1:{public_port}", str(agencies)]
    command = [sys.executable, "-m", "bench.auth.hub", *words]
    return started(command, port, {}, agencies.parent / f"hub-{port}.log")
