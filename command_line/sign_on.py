"""How people sign on while `bashu serve` runs: by the file of agencies, else, with --demo, by a provider started for it."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from auth.agencies import Agencies, AgenciesAreFaulty
from auth.demonstration import agencies_for, is_at_home, of_a_demonstration
from command_line.children import kept_running
from command_line.errors import CommandLineError
from command_line.output import print_error
from command_line.store import driver_of
from demo.sample_people import SIDES, Sample
from demo.sign_on.agencies import Hub, Named, agencies_file, plan_of
from demo.sign_on.identities import link, names_in, samples_in
from demo.sign_on.plan import Plan
from demo.sign_on.process import SignOnFailed, start
from settings import Settings


@dataclass(frozen=True, slots=True)
class SignOn:
    """The settings with the agencies in use, and what the console tells of them."""

    settings: Settings
    told: str = ""


def refuse_demonstration_elsewhere(settings: Settings, *, with_demo: bool) -> None:
    """Raises CommandLineError where strangers could sign on as sample people, or the agencies cannot be used."""
    if settings.agencies:
        _agencies(settings)
    elif with_demo and not is_at_home(settings.host, settings.public_url):
        raise CommandLineError(
            f"BASHU_HOST is {settings.host!r} and BASHU_PUBLIC_URL is {settings.public_url!r}: the demonstration's sign-on, where"
            " everybody may be anybody without a password, serves localhost only. Take the two settings away, or set BASHU_AGENCIES"
            " to your agencies (docs/guides/connect-a-provider.md), or serve without --demo."
        )


@contextmanager
def sign_on_in_use(settings: Settings, *, with_demo: bool) -> Iterator[SignOn]:
    """The sign-on of a hub whose graph is ready; what is started for it ends with the block."""
    if not with_demo:
        yield SignOn(settings)
        return
    if settings.agencies:
        asyncio.run(_link(settings, _agencies(settings)))
        yield SignOn(settings)
        return
    people, names = asyncio.run(_sample_people(settings))
    if not names:
        print_error("Nobody can sign on: the graph holds no demonstration with sample people.")
        yield SignOn(settings)
        return
    with _demonstration(settings, people, names) as sign_on:
        yield sign_on


def hub_of(settings: Settings) -> Hub:
    """The hub as browsers reach it."""
    return Hub(settings.base, settings.public_url or address(settings.host, settings.port))


def address(host: str, port: int) -> str:
    """http://127.0.0.1:8000; an IPv6 address goes in brackets."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


@contextmanager
def _demonstration(
    settings: Settings, people: list[Sample], names: dict[str, Named]
) -> Iterator[SignOn]:
    hub = hub_of(settings)
    plan = plan_of(settings.data_dir.resolve() / "sign-on", [hub], people, names)
    plan.write()
    completed = settings.model_copy(update={"agencies": str(agencies_file(plan, hub))})
    asyncio.run(_link(settings, _agencies(completed)))
    with ExitStack() as stack:
        sign_on = SignOn(completed, told(hub))
        try:
            stack.enter_context(provider_kept_running(plan))
        except SignOnFailed as failed:
            print_error(f"Nobody can sign on. {failed}")
            sign_on = SignOn(settings)
        yield sign_on


def provider_kept_running(plan: Plan) -> AbstractContextManager[None]:
    """The demonstration's provider, until the block ends. Raises SignOnFailed where it cannot be started the first time."""
    log_file = plan.folder / "provider.log"
    return kept_running("sign-on", lambda: start(plan.file, log_file).popen)


def told(hub: Hub) -> str:
    """Where to sign on, and as whom."""
    agencies = " / ".join(side.domain.partition(".")[0].capitalize() for side in SIDES)
    return f"Sign on          {hub.address}/auth/login  (演示 demonstration: {agencies}, a sample person of each role, no password)"


def _agencies(settings: Settings) -> Agencies:
    place = Path(settings.agencies)
    try:
        return agencies_for(place, os.environ, settings.host, settings.public_url)
    except AgenciesAreFaulty as fault:
        raise CommandLineError(str(fault)) from fault


async def _sample_people(settings: Settings) -> tuple[list[Sample], dict[str, Named]]:
    async with driver_of(settings) as driver:
        people = await samples_in(driver, settings.neo4j_database)
        return people, await names_in(driver, settings.neo4j_database, people)


async def _link(settings: Settings, agencies: Agencies) -> None:
    issuers = {key: agencies[key].issuer for key in of_a_demonstration(agencies)}
    async with driver_of(settings) as driver:
        people = await samples_in(driver, settings.neo4j_database)
        await link(driver, settings.neo4j_database, people, issuers)
