"""Who may have an import tried again, and when; one that waits is one, however often and by how many it is asked for."""

from __future__ import annotations

import pytest

from graph_store.commands.actors import HUB
from graph_store.commands.facts import NotNow, NotYours, RecordNotFound, Written
from graph_store.commands.import_facts import ImportIsAtWork, NothingToRetry
from graph_store.commands.import_runs import (
    BURY_IMPORT,
    FAIL_IMPORT,
    RETRY_IMPORT,
    Retry,
    Silent,
    Unreadable,
)
from graph_store.commands.move_facts import OnlyTheHub
from tests.graph_store.commands.conftest import Appointed, Ask, By, written
from tests.graph_store.commands.importing import an_import

DUE = "MATCH (o:Due {topic: 'retry_import', subject: $id}) RETURN o.id"
AGAIN = "MATCH (i:Import {id: $id})-[:RETRIES]->(f) RETURN i {.*, former: f.id}"


async def test_an_administrator_of_the_platform_has_what_was_not_taken_tried_again(
    by: By, ask: Ask, appointed: Appointed
) -> None:
    platform, _ = await appointed("platform_admin")
    id_ = await an_import(ask)
    again = written(await by(platform, RETRY_IMPORT, Retry(id_))).id
    (found,) = await ask(AGAIN, id=again)
    assert (found["former"], found["state"], found["fates"]) == (id_, "waiting", ["rejected", "unresolved"])  # fmt: skip
    assert (found["digest"], found["connector"], found["actor"]) == ("d", "ror", platform.id)
    assert (found["read"], found["rejected"], found["synthetic"]) == (0, 0, False)
    assert await ask(DUE, id=again) == [f"retry_import/{again}"]


@pytest.mark.parametrize("role", ["institution_admin", "auditor", "member"])
async def test_nobody_else_has(by: By, ask: Ask, appointed: Appointed, role: str) -> None:
    somebody, _ = await appointed(role)
    id_ = await an_import(ask)
    for each in (id_, "cd-import-nowhere"):
        assert isinstance(await by(somebody, RETRY_IMPORT, Retry(each)), NotYours)


async def test_what_stands_in_its_way_is_told(by: By, ask: Ask) -> None:
    gone = "cd-import-nowhere"
    assert await by(HUB, RETRY_IMPORT, Retry(gone)) == RecordNotFound(gone, "Import")
    clean = await an_import(ask, rejected=0, unresolved=0)
    assert await by(HUB, RETRY_IMPORT, Retry(clean)) == NothingToRetry(clean)
    rejected = await an_import(ask, unresolved=0)
    assert await by(HUB, RETRY_IMPORT, Retry(rejected, ("unresolved",))) == NothingToRetry(rejected)
    assert await by(HUB, RETRY_IMPORT, Retry(rejected, ("new",))) == NothingToRetry(rejected)
    for state in ("running", "waiting"):
        at_work = await an_import(ask, state=state)
        assert await by(HUB, RETRY_IMPORT, Retry(at_work)) == ImportIsAtWork(at_work)


async def test_two_requests_for_one_that_waits_are_one(by: By, ask: Ask) -> None:
    id_ = await an_import(ask)
    first = written(await by(HUB, RETRY_IMPORT, Retry(id_, ("rejected",))))
    assert await by(HUB, RETRY_IMPORT, Retry(id_, ("rejected",))) == first
    assert await by(HUB, RETRY_IMPORT, Retry(id_)) == ImportIsAtWork(first.id)
    await ask("MATCH (i {id: $id}) SET i.state = 'running' RETURN 1", id=first.id)
    assert await by(HUB, RETRY_IMPORT, Retry(id_, ("rejected",))) == ImportIsAtWork(first.id)
    await ask("MATCH (i {id: $id}) SET i.state = 'finished' RETURN 1", id=first.id)
    assert written(await by(HUB, RETRY_IMPORT, Retry(id_))).id != first.id


async def test_one_that_cannot_be_carried_out_dies_by_the_hub_alone(
    by: By, ask: Ask, appointed: Appointed
) -> None:
    platform, _ = await appointed("platform_admin")
    again = written(await by(HUB, RETRY_IMPORT, Retry(await an_import(ask)))).id
    why = Unreadable(again, "没有文件", "no file")
    assert await by(platform, FAIL_IMPORT, why) == OnlyTheHub("failImport")
    assert isinstance(await by(HUB, FAIL_IMPORT, why), Written)
    (found,) = await ask(AGAIN, id=again)
    assert (found["state"], found["failure"], found["failureEn"]) == ("died", "没有文件", "no file")
    assert found["endedAt"]
    assert await by(HUB, FAIL_IMPORT, why) == NotNow(again, "failImport", "died")


async def test_one_that_shows_no_life_is_buried(by: By, ask: Ask) -> None:
    id_ = await an_import(ask, state="running")
    assert await by(HUB, BURY_IMPORT, Silent(id_, 7)) == NotNow(id_, "bury", "running")
    assert isinstance(await by(HUB, BURY_IMPORT, Silent(id_, 1)), Written)
    assert await ask("MATCH (i {id: $id}) RETURN i.state", id=id_) == ["died"]
