"""Mutations through the whole engine: input → command → lane → the record as the client selected it, or a fact."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import pytest
from graphql import GraphQLSchema, GraphQLUnionType, assert_valid_schema, print_schema

from auth.viewer import Viewer
from resolvers.variables import Inspected
from schema.mutations.affiliations import AFFILIATIONS
from schema.mutations.agreements import AGREEMENTS
from schema.mutations.clauses import CLAUSES
from schema.mutations.institutions import INSTITUTIONS
from schema.mutations.instruments import INSTRUMENTS
from schema.mutations.people import PEOPLE
from schema.mutations.projects import PROJECTS
from schema.mutations.roles import ROLES
from tests.network import Network
from tests.schema.conftest import Hub

Mutate = Callable[..., Awaitable[Any]]

CREATE = """
mutation ($key: ID!, $input: CreateInstitutionInput!, $dryRun: Boolean = false) {
  createInstitution(requestKey: $key, input: $input, dryRun: $dryRun) {
    __typename
    ... on InstitutionCreated { dryRun institution { id name kind version visibility } }
    ... on IdentifierIsInvalid { field problem problemEn }
    ... on IdentifierIsTaken { field by }
    ... on Fact { message messageEn whatNext whatNextEn }
  }
}"""

BESIDE_THE_LANE = {
    "createToken",
    "revokeToken",
    "endSession",
    "endOtherSessions",
    "createCalendarFeed",
}
"""What people do with their own tokens and sessions: it writes no record, so no command and no lane."""

ONE_RESULT_EACH = {"decideTasks", "acceptProposals", "declineProposals"}
"""Whose answer lists a result for each record, a union of its own."""

OF_THE_STORY = (
    INSTITUTIONS,
    PEOPLE,
    AFFILIATIONS,
    INSTRUMENTS,
    PROJECTS,
    AGREEMENTS,
    CLAUSES,
    ROLES,
)
"""Nouns whose mutations one story tells; those of exchange, training and inbox have tests of their own."""


@pytest.fixture(scope="module")
async def mutate(hub: Hub) -> Mutate:
    """Runs an operation as an administrator of the platform and gives its data, or its errors."""
    network = Network()
    admin = network.person("root", "platform_admin", network.institution("centre"))
    await network.write(hub.driver)
    viewer = await hub.viewer(admin)

    async def mutated(text: str, by: Viewer = viewer, **variables: Any) -> Any:
        return await hub.ask(text, by, **variables)

    return mutated


async def test_the_record_is_read_back_as_it_was_selected(mutate: Mutate) -> None:
    given = {"name": "重庆科技馆", "kind": "MUSEUM"}
    answer = await mutate(CREATE, key="m1", input=given)
    institution = answer["createInstitution"].pop("institution")
    assert answer == {"createInstitution": {"__typename": "InstitutionCreated", "dryRun": False}}
    assert institution.pop("id").startswith("cd-institution-")
    assert institution == {
        "name": "重庆科技馆",
        "kind": "MUSEUM",
        "version": 1,
        "visibility": "PUBLIC",
    }


async def test_requests_of_one_document_share_a_plan_and_may_travel_together(
    mutate: Mutate, hub: Hub
) -> None:
    before = len(hub.engine.selections)
    text = CREATE.replace("createInstitution(", "createInstitution (")  # another document
    for number in range(3):
        answer = await mutate(
            text, key=f"plan{number}", input={"name": f"{number}", "kind": "MUSEUM"}
        )
        assert answer["createInstitution"]["institution"]["name"] == f"{number}"
    assert len(hub.engine.selections) == before + 1
    (*_, selected) = hub.engine.selections.values()
    plan = selected.plans.find(Inspected({"dryRun": False}, hub.engine.mint.nulls))
    assert selected.plans.size == 1
    assert plan is not None
    assert plan.joinable is not None
    assert plan.joinable.shared == ()


async def test_the_same_request_key_answers_with_the_same_record(mutate: Mutate) -> None:
    given = {"name": "四川科技馆", "kind": "MUSEUM"}
    first = await mutate(CREATE, key="m2", input=given)
    assert await mutate(CREATE, key="m2", input=given) == first
    other = await mutate(CREATE, key="m2", input={**given, "name": "另一馆"})
    assert other["createInstitution"]["__typename"] == "RequestKeyReused"


async def test_a_dry_run_has_no_record_to_show(mutate: Mutate) -> None:
    given = {"name": "只是试试", "kind": "OTHER"}
    answer = await mutate(CREATE, key="m3", input=given, dryRun=True)
    assert answer["createInstitution"] == {
        "__typename": "InstitutionCreated",
        "dryRun": True,
        "institution": None,
    }
    found = await mutate('{ institutions(where: {name: {eq: "只是试试"}}) { totalCount } }')
    assert found == {"institutions": {"totalCount": 0}}


async def test_a_record_that_the_viewer_may_not_see_is_written_but_not_shown(
    mutate: Mutate,
) -> None:
    given = {"name": "内部机构", "kind": "OTHER", "visibility": "INSTITUTION"}
    text = """mutation ($input: CreateInstitutionInput!) {
      createInstitution(requestKey: "hidden", input: $input) {
        ... on InstitutionCreated { id version institution { name } }
      }
    }"""
    done = (await mutate(text, input=given))["createInstitution"]
    assert done.pop("id").startswith("cd-institution-")
    assert done == {"version": 1, "institution": None}


async def test_a_fact_says_in_both_languages_what_happened_and_what_to_do(mutate: Mutate) -> None:
    given = {"name": "甲", "kind": "OTHER", "uscc": "91350100M000100Y44"}
    fact = (await mutate(CREATE, key="m4", input=given))["createInstitution"]
    assert (fact["__typename"], fact["field"]) == ("IdentifierIsInvalid", "uscc")
    assert fact["problem"] in fact["message"]
    assert fact["problemEn"] in fact["messageEn"]
    assert fact["whatNext"] == "请对照原件核对 uscc。"
    assert fact["whatNextEn"] == "Compare uscc with its source."


async def test_a_taken_identifier_names_its_holder(mutate: Mutate) -> None:
    given = {"name": "乙", "kind": "OTHER", "ror": "042nb2s44"}
    done = (await mutate(CREATE, key="m5", input=given))["createInstitution"]
    fact = (await mutate(CREATE, key="m6", input=given))["createInstitution"]
    assert fact["__typename"] == "IdentifierIsTaken"
    assert fact["by"] == done["institution"]["id"]


async def test_an_edit_of_an_old_version_is_refused_and_null_takes_away(mutate: Mutate) -> None:
    given = {"name": "丙", "kind": "OTHER", "city": "成都"}
    id_ = (await mutate(CREATE, key="m7", input=given))["createInstitution"]["institution"]["id"]
    edit = """
    mutation ($key: ID!, $input: EditInstitutionInput!) {
      editInstitution(requestKey: $key, input: $input) {
        ... on InstitutionEdited { institution { city nameEn version } }
        ... on RecordHasChanged { version }
      }
    }"""
    first = {"id": id_, "version": 1, "city": None, "nameEn": "C"}
    assert (await mutate(edit, key="m8", input=first))["editInstitution"] == {
        "institution": {"city": None, "nameEn": "C", "version": 2}
    }
    second = {"id": id_, "version": 1, "city": "重庆"}
    assert (await mutate(edit, key="m9", input=second))["editInstitution"] == {"version": 2}


async def test_every_kind_of_mutation_is_answered_by_its_record(
    hub: Hub, mutate: Mutate, schema: GraphQLSchema
) -> None:
    """One story: an institution, a person in it, an instrument, a project and an agreement; then all of it ends."""
    story = _Story(mutate)
    home = await story.run("createInstitution", "institution", name="电子科大", kind="UNIVERSITY")
    host = await story.run("createInstitution", "institution", name="重庆大学", kind="UNIVERSITY")
    person = await story.run("createPerson", "person", name="李冰", orcid="0000-0002-1825-0097")
    key = {"institution": home["id"], "role": "RESEARCHER", "since": "2020-01-01"}
    await story.run("startAffiliation", "person", person=person["id"], **key)
    named = {"person": person["id"], "affiliation": key}
    await story.run("editAffiliation", "person", **named, version=2, change={"title": "教授"})
    await story.run("endAffiliation", "person", **named, version=3, on="2026-06-30")
    await story.run("editPerson", "person", id=person["id"], version=4, nameEn="Li Bing")
    ended = await story.run("endPerson", "person", id=person["id"], version=5)
    assert ended["version"] == 6
    instrument = await story.run(
        "createInstrument",
        "instrument",
        name="质谱仪",
        category="ANALYTICAL",
        owner=home["id"],
        valueCny=880000,
        visibility="PUBLIC",
        commissionedOn="2019-05-01",
    )
    moved = {"id": instrument["id"], "version": 1, "owner": host["id"], "status": "MAINTENANCE"}
    await story.run("editInstrument", "instrument", **moved)
    await story.run("retireInstrument", "instrument", id=instrument["id"], version=2)
    parts = [{"id": home["id"], "role": "LEAD"}, {"id": host["id"], "role": "PARTNER"}]
    project = await story.run(
        "createProject", "project", name="联合攻关", kind="JOINT_RESEARCH", institutions=parts
    )
    await story.run("editProject", "project", id=project["id"], version=1, budgetCny=100.5)
    await story.run("endProject", "project", id=project["id"], version=2, on="2026-10-01")
    admin = await story.run("createPerson", "person", name="文翁")
    for at in (home, host):
        role = {"person": admin["id"], "institution": at["id"], "role": "INSTITUTION_ADMIN"}
        await story.run("grantRole", "person", **role)
    story.by = await hub.viewer(admin["id"])
    await _agreement(story, home["id"], host["id"])
    story.by = None
    await story.run("revokeRole", "person", **role)
    await story.run(
        "editInstitution", "institution", id=host["id"], version=1, parents=[{"id": home["id"]}]
    )
    await story.run("endInstitution", "institution", id=home["id"], version=1)
    told = {field.name for fields in OF_THE_STORY for field in fields}
    assert story.names == told <= _mutations(schema)


async def _agreement(story: _Story, home: str, host: str) -> None:
    """Drafted, signed, suspended, resumed and ended by somebody who administers both parties."""
    parties = [{"id": home, "signedBy": "甲"}, {"id": host}]
    agreement = await story.run(
        "createAgreement", "agreement", name="共享协议", kind="RESOURCE_SHARING", parties=parties
    )
    clause = await story.run(
        "addClause",
        "clause",
        agreement=agreement["id"],
        kind="EXCHANGE_CADRES",
        quota=3,
        per="YEAR",
    )
    await story.run("editClause", "clause", id=clause["id"], version=1, quota=4)
    await story.run("endClause", "clause", id=clause["id"], version=2)
    edited = {"id": agreement["id"], "version": 1, "summary": "互开放"}
    version = (await story.run("editAgreement", "agreement", **edited))["version"]
    consents = [("signAgreement", home), ("withdrawConsent", home)]
    for act in ("signAgreement", "suspendAgreement", "resumeAgreement", "endAgreement"):
        consents += [(act, home), (act, host)]
    for act, side in consents:
        given = {"id": agreement["id"], "version": version, "institution": side}
        version = (await story.run(act, "agreement", **given))["version"]


@pytest.mark.parametrize("key", ["", "x" * 201])
async def test_a_request_key_that_cannot_be_one_is_a_clients_error(
    mutate: Mutate, key: str
) -> None:
    [error] = await mutate(CREATE, key=key, input={"name": "甲", "kind": "OTHER"})
    assert error["extensions"]["code"] == "BAD_ARGUMENT"


def test_grafted_types_are_the_derived_ones(schema: GraphQLSchema) -> None:
    assert_valid_schema(schema)
    printed = print_schema(schema)
    for name in ("type Institution ", "enum InstitutionKind ", "scalar Date\n"):
        assert printed.count(f"\n{name}") == 1


def test_every_mutation_answers_with_a_deed_and_facts(schema: GraphQLSchema) -> None:
    assert schema.mutation_type is not None
    for name in _mutations(schema):
        field = schema.mutation_type.fields[name]
        assert {"requestKey", "dryRun"} <= set(field.args) <= {"requestKey", "input", "dryRun"}
        result = field.type.of_type
        if name in ONE_RESULT_EACH:
            assert set(result.fields) == {"results"}
            continue
        assert isinstance(result, GraphQLUnionType)
        assert result.name == f"{name[0].upper()}{name[1:]}Result"
        deed, *facts = result.types
        assert "dryRun" in deed.fields
        for fact in facts:
            assert {"message", "messageEn", "whatNext"} <= set(fact.fields)
        if name not in BESIDE_THE_LANE:
            assert {"RequestKeyReused", "HubIsBusy"} <= {each.name for each in facts}


class _Story:
    """Mutations one after the other, each of which must be done."""

    def __init__(self, mutate: Mutate) -> None:
        self._mutate, self.names = mutate, set[str]()
        self.by: Viewer | None = None

    async def run(self, name: str, noun: str, /, **given: Any) -> Any:
        """The record that the mutation answers with."""
        self.names.add(name)
        title = name[0].upper() + name[1:]
        text = f"""
        mutation ($input: {title}Input!) {{
          done: {name}(requestKey: "story {len(self.names)} {orjson.dumps(given).hex()[-150:]}", input: $input) {{
            __typename
            ... on {_deed(name)} {{ {noun} {{ id version name }} }}
            ... on Fact {{ messageEn }}
          }}
        }}"""
        by = {"by": self.by} if self.by else {}
        answer = await self._mutate(text, input=given, **by)
        assert isinstance(answer, dict), answer
        assert answer["done"]["__typename"] == _deed(name), answer
        return answer["done"][noun]


def _deed(name: str) -> str:
    """`createPerson` → `PersonCreated`."""
    if name in _ACTS:
        return _ACTS[name]
    verb = next(each for each in _DONE if name.startswith(each))
    return name.removeprefix(verb) + _DONE[verb]


_ACTS = {
    "signAgreement": "AgreementSigning",
    "suspendAgreement": "AgreementSuspension",
    "resumeAgreement": "AgreementResumption",
    "endAgreement": "AgreementEnding",
    "withdrawConsent": "ConsentWithdrawn",
}
_DONE = {
    "create": "Created",
    "edit": "Edited",
    "end": "Ended",
    "start": "Started",
    "retire": "Retired",
    "grant": "Granted",
    "revoke": "Revoked",
    "add": "Added",
}


def _mutations(schema: GraphQLSchema) -> set[str]:
    """Those that are commands; sessions and tokens are no records, and have tests of their own."""
    assert schema.mutation_type is not None
    return {
        name
        for name in schema.mutation_type.fields
        if not name.endswith(("Token", "Session", "Sessions"))
    }
