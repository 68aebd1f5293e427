"""What each kind of file means, a row at a time; no graph is needed for it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.sources.connectors.agreements import AGREEMENTS
from flows.sources.connectors.cerif import CERIF
from flows.sources.connectors.courses import COURSES
from flows.sources.connectors.divisions import DIVISIONS
from flows.sources.connectors.instruments import uniquip
from flows.sources.connectors.nemo import NEMO
from flows.sources.connectors.pidinst import PIDINST
from flows.sources.connectors.ror import ROR
from flows.sources.drafts import Connector, Draft, PassedOver
from flows.sources.mapping_files import FOLDER, read_mapping
from flows.sources.portions import portions
from flows.sources.rows import Rejection, Row, SourceError
from graph_store.model.words import NETWORK

FileOf = Callable[[str, str | bytes], Path]


def draft_of(connector: Connector, values: Any) -> Draft:
    draft = connector.map(Row(1, values))
    assert isinstance(draft, Draft)
    return draft


def drafts(connector: Connector, path: Path) -> list[Draft]:
    every = list(portions(connector, connector.read(connector.inspect(path))))
    assert [each for portion in every for each in portion.told if isinstance(each, Rejection)] == []
    return [each.draft for portion in every for each in portion.records]


def edges(draft: Draft) -> set[tuple[str, str, str]]:
    return {(link.start.value, link.name, link.end.value) for link in draft.links}


V1 = {
    "id": "https://ror.org/03yrm5c26",
    "name": "Institute of Optics",
    "types": ["Facility"],
    "status": "active",
    "established": 1970,
    "labels": [{"label": "光电技术研究所", "iso639": "zh"}, {"label": "Institut", "iso639": "fr"}],
    "aliases": ["IOE CAS"],
    "acronyms": ["IOE"],
    "links": ["http://www.ioe.ac.cn"],
    "country": {"country_code": "CN"},
    "addresses": [{"city": "Chengdu", "geonames_city": {"geonames_admin1": {"code": "CN.32"}}}],
    "relationships": [
        {"type": "Parent", "id": "https://ror.org/01k4yrm29"},
        {"type": "Child", "id": "https://ror.org/042nb2s44"},
    ],
}
V2 = {
    "id": "https://ror.org/03yrm5c26",
    "types": ["education", "funder"],
    "status": "withdrawn",
    "established": None,
    "names": [
        {"value": "Chongqing U", "types": ["alias"], "lang": None},
        {"value": "Chongqing University", "types": ["ror_display", "label"], "lang": "en"},
        {"value": "重庆大学", "types": ["label"], "lang": "zh"},
        {"value": "CQU", "types": ["acronym"], "lang": None},
    ],
    "links": [
        {"type": "wikipedia", "value": "w"},
        {"type": "website", "value": "https://cqu.edu.cn"},
    ],
    "locations": [
        {
            "geonames_details": {
                "country_code": "CN",
                "country_subdivision_code": "CQ",
                "name": "Chongqing",
            }
        }
    ],
    "relationships": [
        {"type": "successor", "id": "https://ror.org/01k4yrm29"},
        {"type": "predecessor", "id": "https://ror.org/042nb2s44"},
        {"type": "related", "id": "https://ror.org/01k4yrm29"},
        {"type": "related", "id": "https://ror.org/03yrm5c26"},
    ],
}


def test_ror_of_the_first_schema() -> None:
    draft = draft_of(ROR, V1)
    assert draft.key == "ror:03yrm5c26"
    assert draft.properties == {
        "ror": "03yrm5c26",
        "name": "光电技术研究所",
        "nameEn": "Institute of Optics",
        "aliases": ["Institut", "IOE CAS", "IOE"],
        "kind": "institute",
        "status": "active",
        "country": "CN",
        "city": "Chengdu",
        "website": "http://www.ioe.ac.cn",
        "establishedYear": 1970,
    }
    assert edges(draft) == {
        ("ror:03yrm5c26", "division", "510000"),
        ("03yrm5c26", "parents", "01k4yrm29"),
        ("042nb2s44", "parents", "03yrm5c26"),
    }


def test_ror_of_the_second_schema_keeps_the_status_and_is_not_called_a_funder() -> None:
    draft = draft_of(ROR, V2)
    told = draft.properties
    assert (told["name"], told["nameEn"], told["aliases"]) == (
        "重庆大学",
        "Chongqing University",
        ["Chongqing U", "CQU"],
    )
    assert (told["kind"], told["status"], told["website"]) == (
        "university",
        "withdrawn",
        "https://cqu.edu.cn",
    )
    assert edges(draft) == {
        ("ror:03yrm5c26", "division", "500000"),
        ("01k4yrm29", "predecessors", "03yrm5c26"),
        ("03yrm5c26", "predecessors", "042nb2s44"),
        ("01k4yrm29", "related", "03yrm5c26"),
    }


def test_a_city_of_the_two_regions_says_the_province_where_the_record_does_not() -> None:
    location = {"geonames_details": {"country_code": "CN", "name": "Mianyang"}}
    draft = draft_of(ROR, V2 | {"locations": [location], "relationships": []})
    assert edges(draft) == {("ror:03yrm5c26", "division", "510000")}


@pytest.mark.parametrize(
    "broken",
    [
        {"id": 5},
        {"types": None},
        {"names": []},
        {"names": "x"},
        {"locations": 3},
        {"relationships": [{}]},
    ],
)
def test_a_record_of_another_shape_is_rejected_not_stumbled_over(
    file_of: FileOf, broken: dict[str, Any]
) -> None:
    path = file_of("r.json", json.dumps([V2 | broken, V2]))
    [portion] = portions(ROR, ROR.read(ROR.inspect(path)))
    assert len(portion.records) == portion.rejected == 1


def test_divisions_lie_in_cities_or_where_there_is_but_a_heading_in_provinces(
    file_of: FileOf,
) -> None:
    path = file_of(
        "areas.csv",
        "code,name,cityCode,provinceCode\n510104,锦江区,5101,51\n500103,渝中区,5001,50\n500242,酉阳县,5002,50\n429004,仙桃市,4290,42\n",
    )
    assert {key for draft in drafts(DIVISIONS, path) for key in edges(draft)} == {
        ("gbt2260:510104", "parent", "510100"),
        ("gbt2260:500103", "parent", "500000"),
        ("gbt2260:500242", "parent", "500000"),
        ("gbt2260:429004", "parent", "420000"),
    }


def test_headings_are_no_divisions(file_of: FileOf) -> None:
    path = file_of(
        "c.csv",
        "code,name,provinceCode\n5001,市辖区,50\n5002,县,50\n4190,省直辖县级行政区划,41\n5101,成都市,51\n",
    )
    [portion] = portions(DIVISIONS, DIVISIONS.read(DIVISIONS.inspect(path)))
    assert portion.passed_over == 3
    assert [each.draft.properties for each in portion.records] == [
        {"code": "510100", "name": "成都市", "level": "city"}
    ]


def test_a_tool_of_nemo_is_a_component_of_its_parent() -> None:
    tool = {
        "name": "Loader",
        "_category": "Metrology",
        "_operational": False,
        "parent_tool": ["Etcher"],
    }
    draft = draft_of(NEMO, {"model": "NEMO.tool", "fields": tool})
    assert (draft.properties["category"], draft.properties["status"]) == (
        "metrology",
        "maintenance",
    )
    assert edges(draft) == {("nemo:Loader", "componentOf", "nemo:Etcher")}


def test_what_is_no_tool_is_passed_over() -> None:
    assert isinstance(NEMO.map(Row(1, {"model": "NEMO.user", "fields": {}})), PassedOver)


def test_uniquip_names_equipment_by_its_description_where_it_has_no_name(file_of: FileOf) -> None:
    path = file_of(
        "u.csv",
        "Type,Name,Description,Related Facility ID,Technique,ID,Manufacturer,Building\n"
        "facility,X-ray lab,,,Diffraction,F1,,Main\n"
        'equipment,,"Diffractometer, 4-circle","F1, F2",Diffraction,E1,Bruker,\n',
    )
    lab, instrument = drafts(uniquip(), path)
    assert (lab.properties["name"], lab.properties["location"]) == ("X-ray lab", "Main")
    assert (instrument.properties["name"], instrument.properties["manufacturer"]) == (
        "Diffractometer, 4-circle",
        "Bruker",
    )
    assert edges(instrument) == {("uniquip:E1", "componentOf", "uniquip:F1")}


PIDINST_RECORD = """<instrument xmlns="urn:any"><identifier identifierType="Handle">21.T11998/0000-001A-3905-F</identifier>
<name>Trap</name><owners><owner><ownerName>HZB</ownerName>{owner}</owner></owners>
<manufacturers><manufacturer><manufacturerName>A</manufacturerName></manufacturer><manufacturer><manufacturerName>B</manufacturerName></manufacturer></manufacturers>
<model><modelName>M1</modelName></model><measuredVariables><measuredVariable>X-ray</measuredVariable></measuredVariables>
<relatedIdentifiers><relatedIdentifier relationType="HasComponent">21.T11998/part</relatedIdentifier></relatedIdentifiers>
<alternateIdentifiers><alternateIdentifier alternateIdentifierType="SerialNumber">77</alternateIdentifier></alternateIdentifiers></instrument>"""


def test_pidinst_takes_the_owner_by_ror_and_turns_components_round(file_of: FileOf) -> None:
    owner = '<ownerIdentifier ownerIdentifierType="ROR">https://ror.org/02aj13c28</ownerIdentifier>'
    [draft] = drafts(PIDINST, file_of("i.xml", PIDINST_RECORD.format(owner=owner)))
    told = draft.properties
    assert (told["pid"], told["manufacturer"], told["model"], told["serialNumber"]) == (
        "21.T11998/0000-001A-3905-F",
        "A; B",
        "M1",
        "77",
    )
    assert [each.key for each in draft.companions] == ["ror:02aj13c28"]
    assert edges(draft) == {
        ("pidinst:21.T11998/0000-001A-3905-F", "owner", "02aj13c28"),
        ("21.T11998/part", "componentOf", "21.T11998/0000-001A-3905-F"),
    }


def test_an_owner_without_a_good_ror_is_known_by_name(file_of: FileOf) -> None:
    owner = '<ownerIdentifier ownerIdentifierType="ROR">02aj13c29</ownerIdentifier>'
    [draft] = drafts(PIDINST, file_of("i.xml", PIDINST_RECORD.format(owner=owner)))
    assert [each.key for each in draft.companions] == ["pidinst:owner:HZB"]


def oai(repository: str, record: str) -> str:
    return (
        f"<OAI-PMH><ListRecords><record><header><identifier>oai:{repository}:1</identifier></header>"
        f"<metadata>{record}</metadata></record></ListRecords></OAI-PMH>"
    )


def test_ids_of_two_research_information_systems_do_not_meet(file_of: FileOf) -> None:
    person = '<Person id="Persons/1"><PersonName><FamilyNames>王</FamilyNames><FirstNames>小明</FirstNames></PersonName></Person>'
    [here] = drafts(CERIF, file_of("a.xml", oai("cris.a.cn", person)))
    [there] = drafts(CERIF, file_of("b.xml", oai("cris.b.cn", person)))
    assert (here.key, there.key) == ("cerif:cris.a.cn:Persons/1", "cerif:cris.b.cn:Persons/1")
    assert here.properties["name"] == "王小明"


def test_cerif_authors_without_an_id_are_left_out(file_of: FileOf) -> None:
    paper = (
        '<Publication id="P/1"><Title>Paper</Title><PublicationDate>2013</PublicationDate><Authors>'
        "<Author><Person><PersonName><FamilyNames>Nobody</FamilyNames></PersonName></Person></Author>"
        '<Author><Person id="Persons/1"><PersonName><FamilyNames>Manghi</FamilyNames></PersonName></Person></Author>'
        "</Authors></Publication>"
    )
    [draft] = drafts(CERIF, file_of("p.xml", paper))
    assert draft.properties["publishedOn"] is None
    assert edges(draft) == {("cerif:Persons/1", "achievements", "cerif:P/1")}


def test_a_course_is_kept_word_for_word_for_the_network() -> None:
    course = {
        "@type": "CourseInstance",
        "@id": "",
        "url": "",
        "name": "绘图",
        "startDate": "2021-09-08",
    }
    draft = draft_of(COURSES, course)
    assert draft.key == "courses:绘图 2021-09-08"
    assert json.loads(draft.properties["payload"]) == course
    assert draft.visibility is NETWORK


def test_sister_cities_are_bound_by_their_governments_without_dates() -> None:
    draft = draft_of(
        AGREEMENTS, {"local_city": "Dujiangyan", "partner_city": "Kai", "partner_country": "Japan"}
    )
    assert draft.properties["status"] == "signed"
    assert not [name for name in draft.properties if name.endswith("On")]
    assert [
        (each.properties["name"], each.properties["kind"], each.properties["country"])
        for each in draft.companions
    ] == [
        ("都江堰市人民政府", "government", "CN"),
        ("Government of Kai, Japan", "government", "JP"),
    ]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_mapping_file_of_ours_can_be_read(path: Path) -> None:
    assert read_mapping(path).columns


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('status = "status"', 'status = "condition"'), "unknown properties: condition"),
        (('key = "instrument_id"', ""), "cannot be used"),
        (("[columns]", "[columns"), "cannot be used"),
    ],
)
def test_a_wrong_mapping_file_is_refused(
    file_of: FileOf, change: tuple[str, str], reason: str
) -> None:
    text = (FOLDER / "pnnl_instruments.toml").read_text("utf-8")
    with pytest.raises(SourceError, match=reason):
        read_mapping(file_of("m.toml", text.replace(*change)))
