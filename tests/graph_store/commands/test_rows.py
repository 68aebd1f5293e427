"""A record before and after becomes its writes and one Change."""

import orjson

from graph_store.commands.close import Batch
from graph_store.commands.rows import Deed, State, record_rows, tie
from graph_store.model import MODEL

DEED = Deed("2026-11-25T01:30:00.000Z", "anonymous-local", "editInstrument", "k1")
INSTRUMENT = MODEL["Instrument"]
STORED = {
    "id": "cd-instrument-1",
    "name": "质谱仪",
    "valueCny": 900000.0,
    "aliases": [],
    "measuredVariables": [],
    "synthetic": False,
    "visibility": "agreement",
    "version": 4,
    "createdAt": "2020-04-15T00:00:00.000Z",
    "updatedAt": "2020-04-15T00:00:00.000Z",
}


def test_a_new_record_is_at_version_one_with_its_nouns_visibility() -> None:
    batch = record_rows(
        MODEL,
        INSTRUMENT,
        None,
        State({"id": "cd-instrument-1", "name": "质谱仪", "valueCny": 900000, "model": None}),
        DEED,
    )
    assert batch.creates == [
        {
            "labels": ["Instrument", "Record"],
            "properties": {
                "id": "cd-instrument-1",
                "name": "质谱仪",
                "valueCny": 900000.0,
                "aliases": [],
                "measuredVariables": [],
                "synthetic": False,
                "visibility": "agreement",
                "version": 1,
                "createdAt": DEED.at,
                "updatedAt": DEED.at,
            },
        }
    ]
    assert isinstance(batch.creates[0]["properties"]["valueCny"], float)


def test_nothing_that_differs_is_nothing_to_write() -> None:
    same = State(dict(STORED), frozenset({tie("owner", "cd-institution-1")}))
    assert record_rows(MODEL, INSTRUMENT, same, same, DEED) == Batch()


def test_a_change_tells_only_what_differs_edges_included() -> None:
    before = State(STORED, frozenset({tie("owner", "cd-institution-1")}))
    after = State({**STORED, "name": "串联质谱仪"}, frozenset({tie("owner", "cd-institution-2")}))
    batch = record_rows(MODEL, INSTRUMENT, before, after, DEED)
    [change] = batch.changes
    assert orjson.loads(change["before"]) == {
        "name": "质谱仪",
        "version": 4,
        "owner": [{"id": "cd-institution-1"}],
    }
    assert orjson.loads(change["after"]) == {
        "name": "串联质谱仪",
        "version": 5,
        "owner": [{"id": "cd-institution-2"}],
    }
    assert batch.sets == [
        {
            "id": "cd-instrument-1",
            "properties": {"name": "串联质谱仪", "version": 5, "updatedAt": DEED.at},
        }
    ]


def test_an_edge_alone_makes_a_new_version_too() -> None:
    before, after = State(STORED), State(STORED, frozenset({tie("owner", "cd-institution-1")}))
    batch = record_rows(MODEL, INSTRUMENT, before, after, DEED)
    assert batch.sets[0]["properties"] == {"version": 5, "updatedAt": DEED.at}
    assert len(batch.changes) == 1


def test_a_tie_seen_from_its_end_is_written_from_its_start() -> None:
    agreement = State({"id": "cd-agreement-1", "name": "协议", "kind": "framework"})
    parties = frozenset({tie("parties", "cd-institution-1", {"role": "lead", "signedBy": None})})
    batch = record_rows(MODEL, MODEL["Agreement"], None, State(agreement.properties, parties), DEED)
    assert batch.links == [
        {
            "type": "PARTY_TO",
            "start": "cd-institution-1",
            "end": "cd-agreement-1",
            "properties": {"role": "lead"},
        }
    ]
