"""Every file of real records goes in, its books balance, and a second run finds it unchanged."""

import gzip
import itertools
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from tests.flows.sources.conftest import Import, ask

# kind, file, and records: new, rejected, passed over
FILES = [
    ("divisions", "divisions/provinces.csv", 31, 0, 0),
    ("divisions", "divisions/cities.csv", 333, 0, 9),
    # three cities without counties stand in both files under one code
    ("divisions", "divisions/areas.csv", 2_975, 0, 0),
    ("ror", "ror/ror-cn.json", 2_263, 0, 0),
    ("nemo", "instruments/nemo_splash_pad.json", 137, 0, 264),
    ("instruments", "instruments/pnnl_instruments.csv", 263, 0, 0),
    ("instruments", "instruments/pnnl_emsl_instruments.csv", 149, 0, 0),
    ("pidinst", "pidinst/hzb-mx-14-1-pilatus.xml", 1, 0, 0),
    ("pidinst", "pidinst/hzb-nanocluster.xml", 1, 0, 0),
    ("cerif", "cerif/openaire_cerif_xml_example_orgunits.xml", 13, 0, 0),
    ("cerif", "cerif/openaire_cerif_xml_example_equipments.xml", 2, 0, 0),
    # two examples carry an ORCID that is none
    ("cerif", "cerif/openaire_cerif_xml_example_persons.xml", 17, 2, 0),
    ("cerif", "cerif/openaire_cerif_xml_example_projects.xml", 4, 0, 0),
    ("cerif", "cerif/openaire_cerif_xml_example_events.xml", 1, 0, 0),
    ("cerif", "cerif/openaire_cerif_xml_example_publications.xml", 7, 0, 0),
    ("courses", "training/nbis-course-instances.json", 32, 0, 0),
    ("agreements", "agreements/twin_cities_sichuan_chongqing.csv", 98, 0, 0),
]


@pytest.mark.parametrize(
    ("kind", "name", "new", "rejected", "passed_over"), FILES, ids=[each[1] for each in FILES]
)
async def test_the_file_goes_in_and_a_second_run_changes_nothing(  # noqa: PLR0913, PLR0917 - a table
    importing: Import,
    shared_data: Path,
    kind: str,
    name: str,
    new: int,
    rejected: int,
    passed_over: int,
) -> None:
    first = await importing(kind, shared_data / name)
    assert (first.books.new, first.books.changed, first.books.rejected) == (new, 0, rejected)
    assert first.books.passed_over == passed_over
    assert first.books.balanced
    second = await importing(kind, shared_data / name)
    assert second.counts == (0, 0, first.books.read - rejected, rejected)
    assert (second.books.links, second.books.companions) == (0, 0)


async def test_sichuan_and_chongqing_hold_the_institutions_that_ror_has_of_them(
    graph: AsyncDriver,
) -> None:
    counts = await ask(
        graph,
        "MATCH (n:Institution)-[:LOCATED_IN]->(d:Division) WHERE n.originKey STARTS WITH 'ror:' AND d.code IN ['500000', '510000']"
        " RETURN d.code, count(n) ORDER BY d.code",
    )
    assert counts == [["500000", 48], ["510000", 81]]


async def test_every_division_but_the_provinces_lies_in_one(graph: AsyncDriver) -> None:
    assert await ask(
        graph,
        "MATCH (d:Division) WHERE NOT (d)-[:PART_OF]->(:Division) RETURN DISTINCT d.level, count(d)",
    ) == [["province", 31]]
    assert (
        await ask(
            graph,
            "MATCH (d:Division)-[:PART_OF]->(p) WITH d, count(p) AS parents WHERE parents > 1 RETURN d.code",
        )
        == []
    )


async def test_agreements_of_sister_cities_have_two_parties_and_no_dates(
    graph: AsyncDriver,
) -> None:
    assert await ask(
        graph,
        "MATCH (a:Agreement) RETURN DISTINCT COUNT { (:Institution {kind: 'government'})-[:PARTY_TO]->(a) } AS parties,"
        " a.status, a.kind, a.effectiveOn, count(a)",
    ) == [[2, "signed", "bilateral", None, 98]]


async def test_cerif_records_are_woven_together(graph: AsyncDriver) -> None:
    [[authored, produced, takes_part]] = await ask(
        graph,
        "RETURN COUNT { (:Person)-[:AUTHORED]->(:Achievement) }, COUNT { (:Project)-[:PRODUCED]->(:Achievement) },"
        " COUNT { (:Institution)-[:PARTICIPATES_IN]->(:Project) }",
    )
    assert (authored, produced, takes_part) == (14, 3, 12)


async def test_the_first_two_thousand_of_all_ror_records_go_in(
    graph: AsyncDriver, importing: Import, shared_data: Path, tmp_path: Path
) -> None:
    part = tmp_path / "part.jsonl.gz"
    with (
        gzip.open(shared_data / "ror" / "ror-records.jsonl.gz") as whole,
        gzip.open(part, "wb") as out,
    ):
        out.writelines(itertools.islice(whole, 2_000))
    first = await importing("ror", part)
    assert (
        first.books.read == first.books.new + first.books.changed + first.books.unchanged == 2_000
    )
    assert (await importing("ror", part)).counts == (0, 0, 2_000, 0)
    withdrawn = await ask(graph, "MATCH (n:Institution {status: 'withdrawn'}) RETURN count(n) > 0")
    assert withdrawn == [[True]]
