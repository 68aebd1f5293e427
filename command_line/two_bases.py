"""`bashu demo two-bases`: two hubs, two Neo4j, the two agencies' providers, one sign-on, on this machine."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

from command_line.demo import SEED
from command_line.errors import CommandLineError
from command_line.output import print_line
from command_line.serve import until_told_to_stop
from command_line.sign_on import address, provider_kept_running
from demo.generated import people
from demo.sample_people import SIDES, samples
from demo.sign_on.agencies import Hub, Named, agencies_file, plan_of
from demo.sign_on.plan import HOST, Plan
from demo.sign_on.process import SignOnFailed
from demo.world import build
from graph_store.local_server.site import Site
from settings import Settings, read_settings

CLI = Path(__file__).parent.parent / "cli.py"
NAMES = {"cd": "成都 Chengdu", "cq": "重庆 Chongqing"}
SCALE = 0.01
HEAP, PAGECACHE = "384m", "64m"
READY = "Bashu Hub ready"
STOP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Base:
    """One base: its hub as a process of its own, whose data are in `folder`."""

    hub: Hub
    port: int
    folder: Path
    process: subprocess.Popen[str]

    @property
    def output(self) -> IO[str]:
        """What it says, both of its outputs in one."""
        if self.process.stdout is None:
            raise CommandLineError(f"The hub of {self.hub.base} was started without an output.")
        return self.process.stdout


def two_bases() -> None:
    """Serve two hubs, each on its own Neo4j, with one sign-on; Ctrl-C stops all of it."""
    settings = read_settings()
    folder = settings.data_dir.resolve() / "two-bases"
    ports = {"cd": settings.port, "cq": settings.port + 1}
    hubs = [Hub(base, address(HOST, port)) for base, port in ports.items()]
    with until_told_to_stop(), ExitStack() as stack:
        plan = _plan(folder / "sign-on", hubs)
        try:
            stack.enter_context(provider_kept_running(plan))
        except SignOnFailed as failed:
            raise CommandLineError(str(failed)) from failed
        bases = [
            stack.enter_context(_served(settings, plan, hub, ports[hub.base], folder / hub.base))
            for hub in hubs
        ]
        for base in bases:
            _wait(base)
        for line in told(hubs):
            print_line(line)
        _until_one_ends(bases)


def told(hubs: list[Hub]) -> list[str]:
    """What to open and what to click."""
    first, second = hubs
    side = SIDES[0]
    silently = f"{second.address}/auth/login?agency={side.key}&silent=1"
    return [
        "两个基地，一次登录 | Two bases, one sign-on",
        f"  1  {NAMES[first.base]}  {first.address}/auth/login?agency={side.key}",
        "     选择一位人员 | choose a person: one click, no password",
        f"  2  {NAMES[second.base]}  {silently}",
        "     已登录，无需再次登录 | you are signed on there too, without being asked",
        f"  3  {first.address}/auth/logout  全部退出 | sign off everywhere: both bases know it",
        "Ctrl-C 结束全部 | ends all of it",
    ]


def _plan(folder: Path, hubs: list[Hub]) -> Plan:
    world = build(SCALE, SEED)
    known = samples(world)
    names = {
        record.id: Named(record.properties["name"], record.properties["nameEn"])
        for record in people.records(world)
        if record.id in known
    }
    plan = plan_of(folder, hubs, known.values(), names)
    plan.write()
    return plan


@contextmanager
def _served(settings: Settings, plan: Plan, hub: Hub, port: int, folder: Path) -> Iterator[Base]:
    """A hub of its own; it ends with the block, or when this process is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    _share_jars(settings.data_dir, folder)
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, str(CLI), "serve", "--demo", "--until-input-ends"],
        cwd=folder,  # where no bashu.env is
        env=_environment(hub, port, folder, agencies_file(plan, hub)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,  # Ctrl-C reaches this process, which ends the hub
    )
    base = Base(hub, port, folder, process)
    try:
        yield base
    finally:
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment(hub: Hub, port: int, folder: Path, agencies: Path) -> Mapping[str, str]:
    """Nothing of another hub's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BASHU_")}
    own = {
        "BASHU_BASE": hub.base,
        "BASHU_PORT": str(port),
        "BASHU_DATA_DIR": str(folder),
        "BASHU_AGENCIES": str(agencies),
        "BASHU_DEMO_SCALE": str(SCALE),
        "BASHU_NEO4J_HEAP": HEAP,
        "BASHU_NEO4J_PAGECACHE": PAGECACHE,
        "BASHU_LOG_LEVEL": "warning",
        "BASHU_WORKERS": "0",  # it shows one sign-on for two hubs; two Prefects beside it would fill the machine
    }
    return kept | own


def _share_jars(data: Path, folder: Path) -> None:
    """The jars of Neo4j that are fetched already serve both bases."""
    jars, own = Site.under(data).jars, Site.under(folder).jars
    if jars.is_dir() and not own.exists():
        own.parent.mkdir(parents=True, exist_ok=True)
        own.symlink_to(jars)


def _wait(base: Base) -> None:
    """Until it is ready; what it says meanwhile, and afterwards, is shown under its name."""
    for line in base.output:
        _show(base, line)
        if line.startswith(READY):
            Thread(target=_show_all, args=[base], daemon=True).start()
            return
    raise CommandLineError(
        f"The hub of {base.hub.base} did not start; its last lines above say why."
    )


def _show_all(base: Base) -> None:
    for line in base.output:
        _show(base, line)


def _show(base: Base, line: str) -> None:
    print_line(f"{base.hub.base}  {line.rstrip()}")


def _until_one_ends(bases: list[Base]) -> None:
    handles = {os.pidfd_open(base.process.pid): base for base in bases}
    ended, _, _ = select.select(list(handles), [], [])
    raise CommandLineError(
        f"The hub of {handles[ended[0]].hub.base} ended; its last lines above say why."
    )
