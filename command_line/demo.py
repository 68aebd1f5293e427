"""`bashu demo load`: the generated demonstration, at any scale, into the Neo4j that the hub uses."""

import asyncio
from typing import Annotated

import typer

from command_line.errors import CommandLineError
from command_line.output import print_line, print_object, progress_shown
from command_line.store import driver_of, store_in_use
from demo.figures import EIGHTHS, LARGEST_SCALE, SMALLEST_SCALE, Figures, figures_at
from demo.loading import Loaded, load
from demo.standing import LoadRefused, Wanted
from graph_store.local_server.progress import Progress
from settings import Settings, read_settings

SEED = 20200415  # the day the framework agreement was signed

Scale = Annotated[
    float,
    typer.Option(
        min=SMALLEST_SCALE,
        max=LARGEST_SCALE,
        help="1 is the origin's figures exactly; others are rounded to whole records and whole yuan.",
    ),
]
Seed = Annotated[int, typer.Option(help="The same seed gives the same records.")]
Force = Annotated[
    bool,
    typer.Option("--force", help="Load beside other records, or replace another demonstration."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

commands = typer.Typer(no_args_is_help=True, help="The generated demonstration.")


@commands.callback()
def demo() -> None:
    """The generated demonstration."""


@commands.command("load")
def load_command(
    *, scale: Scale = 0.05, seed: Seed = SEED, force: Force = False, as_json: AsJson = False
) -> None:
    """Load real divisions, subjects, institutions and agreements, and everything else generated."""
    with store_in_use(read_settings()) as settings, progress_shown() as progress:
        wanted = Wanted(scale, seed, force, settings.data_dir)
        loaded = asyncio.run(_load(settings, wanted, progress))
    if as_json:
        print_object(_facts(wanted, loaded))
    else:
        for line in _told(wanted, loaded):
            print_line(line)


async def _load(settings: Settings, wanted: Wanted, progress: Progress) -> Loaded:
    async with driver_of(settings) as driver:
        try:
            return await load(driver, settings.neo4j_database, wanted, progress)
        except LoadRefused as refusal:
            raise CommandLineError(str(refusal)) from refusal


def _facts(wanted: Wanted, loaded: Loaded) -> dict[str, object]:
    return {
        "scale": wanted.scale,
        "seed": wanted.seed,
        "wasThere": loaded.was_there,
        "records": sum(loaded.counts.values()),
        "edges": loaded.edges,
        "removed": loaded.removed,
        "byNoun": loaded.counts,
        "seconds": round(loaded.seconds, 1),
    }


def _told(wanted: Wanted, loaded: Loaded) -> list[str]:
    if loaded.was_there:
        return [f"The demonstration of scale {wanted.scale:g} and seed {wanted.seed} is there."]
    records = sum(loaded.counts.values())
    return [
        f"{records:,} records and {loaded.edges:,} edges in {loaded.seconds:.1f} s",
        *_rounding(figures_at(wanted.scale)),
    ]


def _rounding(figures: Figures) -> list[str]:
    sichuan, chongqing = figures.sichuan, figures.chongqing
    manner = "the origin's figures"
    if figures.scale != 1:
        manner += (
            " times the scale, counts to the nearest whole, values to a whole yuan, sizes to 1/8 TB"
        )
    in_sichuan = (
        f"  Sichuan    {sichuan.instruments:,} instruments worth CNY {sichuan.value_yuan:,},"
        f" {figures.managing_institutions:,} managing institutions, {figures.experts:,} experts"
    )
    in_chongqing = (
        f"  Chongqing  {chongqing.instruments:,} instruments worth CNY {chongqing.value_yuan:,},"
        f" {figures.people:,} people, {figures.enterprises:,} enterprises, {figures.projects:,} projects,"
        f" {figures.achievements:,} achievements, {figures.terabyte_eighths / EIGHTHS:g} TB"
    )
    return [f"Scale {figures.scale:g}: {manner}", in_sichuan, in_chongqing]
