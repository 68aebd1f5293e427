"""What is not generated, compared with what others keep."""

import csv
import json
from pathlib import Path

from demo.facts import agreements, divisions, institutions, topics
from demo.facts.institutions import CHONGQING_BUREAU, CQAST, SCAST, SICHUAN_DEPARTMENT
from demo.generator import known_records


def test_divisions_are_those_of_the_national_list(shared_data: Path) -> None:
    own = {each.properties["code"]: each.properties["name"] for each in divisions.records()}
    listed = {"500000": "重庆市", "510000": "四川省"}
    for name, width in (("cities.csv", 4), ("areas.csv", 6)):
        with (shared_data / "divisions" / name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                is_heading = width == 4 and row["code"].startswith("50")
                if row["code"][:2] in {"50", "51"} and not is_heading:
                    listed[row["code"].ljust(6, "0")] = row["name"]
    assert own == listed


def test_the_two_headings_of_chongqing_are_no_divisions() -> None:
    codes = {each.properties["code"] for each in divisions.records()}
    assert not codes & {"500100", "500200"}
    parents = {
        tie.end for each in divisions.records() for tie in each.ties if tie.type == "PART_OF"
    }
    assert "cq-division-500000" in parents


def test_every_ror_identifier_is_rors_own_for_an_institution_there(shared_data: Path) -> None:
    listed = json.loads((shared_data / "ror" / "ror-cn.json").read_text(encoding="utf-8"))
    texts = {each["id"].rsplit("/", 1)[1]: json.dumps(each) for each in listed}
    for each in institutions.known():
        if each.ror:
            region = "Sichuan" if each.id.startswith("cd") else "Chongqing"
            assert region in texts[each.ror] or "Chengdu" in texts[each.ror], each


def test_the_standard_has_62_subjects_of_the_first_level() -> None:
    codes = topics.codes()
    assert sum(len(code) == 3 for code in codes) == 62
    assert {code[:3] for code in codes if len(code) == 5} <= set(codes)


def test_the_two_main_agreements_are_signed_as_the_origin_tells() -> None:
    found = {each.id: each for each in agreements.records() if each.noun == "Agreement"}
    framework, sharing = found[agreements.FRAMEWORK], found[agreements.SHARING]
    assert framework.properties["signedOn"] == "2020-04-15"
    assert sharing.properties["signedOn"] == "2020-04-14"
    signed = {tie.start: tie.properties.get("signedBy") for tie in framework.ties}
    assert (signed[SCAST], signed[CQAST]) == ("经戈", "陈昌明")
    assert {tie.start for tie in sharing.ties} >= {SICHUAN_DEPARTMENT, CHONGQING_BUREAU}


def test_three_agreements_carry_out_the_framework() -> None:
    under = [tie for each in agreements.records() for tie in each.ties if tie.type == "UNDER"]
    assert [tie.end for tie in under] == [agreements.FRAMEWORK] * 3


def test_facts_are_not_synthetic_but_for_clauses_with_more_than_is_told() -> None:
    synthetic = [each for each in known_records() if each.properties["synthetic"]]
    assert {each.noun for each in synthetic} == {"Clause"}
    assert all(
        each.id.startswith("cd-clause-framework")
        or "percent" in each.properties
        or not each.id.startswith("cd-clause-sharing")
        for each in synthetic
    )
