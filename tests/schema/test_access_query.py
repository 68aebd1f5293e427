"""`explainAccess`: the clause, the agreement, the parties and the day; or what is missing and who could give it. Nothing hidden is told."""

from __future__ import annotations

from typing import Any

import pytest

from auth.access import Action
from auth.viewer import ALL_SCOPES, ANONYMOUS, Scope, Viewer
from graph_store.model import MODEL
from graph_store.rights import Rights
from tests.network import Network
from tests.schema.conftest import Hub

WHY = """query ($node: ID!, $action: AccessAction!) { why: explainAccess(node: $node, action: $action) {
  allowed sentence sentenceEn until missing missingEn
  path { part words wordsEn node { id __typename ... on Institution { kind } } }
  whoCouldGrant { institution { id } people { id person { name } } } } }"""

LEVELS = ("public", "network", "agreement", "institution", "self")


class World:
    """Two sides with an agreement, a stranger, and records of every level at the other side."""

    def __init__(self) -> None:
        network = self.network = Network()
        self.ours = network.institution("ours", name="四川大学", nameEn="Sichuan University")
        self.theirs = network.institution("theirs", name="重庆大学")
        self.unit = network.institution("their-unit", part_of=self.theirs, name="重大分析中心")
        self.elsewhere = network.institution("elsewhere", name="别处")
        self.agreement = network.agreement(
            "sharing", self.ours, self.theirs, name="共享协议", expiresOn="2030-06-30"
        )
        network.clause(self.agreement, "share_instruments", scopeKinds=["analytical"])
        network.clause(self.agreement, "exchange_cadres", expiresOn="2027-06-30")
        other = network.agreement(
            "asleep", self.ours, self.theirs, name="旧协议", status="suspended"
        )
        network.clause(other, "share_data")
        self._people()
        self._records()

    def _people(self) -> None:
        network = self.network
        self.member = network.person("member", "member", self.ours, until="2028-01-01")
        self.admin = network.person("admin", "institution_admin", self.theirs)
        self.approver = network.person("approver", "approver", self.theirs)
        self.stranger = network.person("stranger", "institution_admin", self.elsewhere)
        self.platform = network.person("platform", "platform_admin", self.elsewhere)
        self.auditor = network.person("auditor", "auditor", self.elsewhere)
        self.nobody = network.person("nobody", at=self.theirs)
        self.hidden = network.person("hidden", at=self.theirs, visibility="self")

    def _records(self) -> None:
        network = self.network
        for level in LEVELS:
            network.instrument(f"spectrometer-{level}", self.unit, visibility=level)
            network.instrument(f"laser-{level}", self.unit, visibility=level, category="laser")
            network.dataset(f"data-{level}", self.theirs, visibility=level)
            network.project(f"project-{level}", self.theirs, visibility=level)
            network.institution(f"body-{level}", part_of=self.theirs, visibility=level)
            network.agreement(f"pact-{level}", self.theirs, self.elsewhere, visibility=level)
            network.person(f"person-{level}", at=self.unit, visibility=level)
        network.clause("cd-agreement-pact-institution", "share_data")
        former = network.person("former")
        network.tie("AFFILIATED_WITH", former, self.theirs, until="2026-11-24")

    @property
    def ids(self) -> list[str]:
        """Of all records."""
        return [each["id"] for several in self.network.graph.records.values() for each in several]


@pytest.fixture(scope="module")
async def world(hub: Hub) -> World:
    """Laid out once."""
    made = World()
    await made.network.write(hub.driver)
    return made


async def _why(hub: Hub, viewer: Viewer, node: str, action: str) -> Any:
    answer = await hub.ask(WHY, viewer, node=node, action=action)
    assert isinstance(answer, dict), answer
    return answer["why"]


async def _viewers(hub: Hub, world: World) -> dict[str, Viewer]:
    """One of each kind."""
    found = {"anonymous": ANONYMOUS, "outsider": Viewer(Rights(world.nobody, world.nobody))}
    for name in ("member", "admin", "approver", "stranger", "platform", "auditor", "hidden"):
        found[name] = await hub.viewer(getattr(world, name))
    narrow = ALL_SCOPES - {Scope.AUDIT, Scope.PERSONAL, Scope.WRITE}
    found["token"] = Viewer(found["member"].rights, narrow, token="t")
    return found


async def test_what_is_allowed_to_be_seen_is_what_the_compiled_question_shows(
    hub: Hub, world: World
) -> None:
    """Every kind of viewer, every record of the world."""
    text = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    different = []
    for name, viewer in (await _viewers(hub, world)).items():
        shown = {
            each["id"] for each in (await hub.ask(text, viewer, ids=world.ids))["nodes"] if each
        }
        explain = hub.access
        allowed = {id_ for id_ in world.ids if (await explain(viewer, id_, Action.SEE)).allowed}
        different += [(name, id_) for id_ in sorted(shown ^ allowed)]
    assert different == []


async def test_what_is_allowed_to_be_edited_is_what_the_command_does(
    hub: Hub, world: World
) -> None:
    """Whatever the viewer sees, as a dry run; the platform may edit more than it sees, which an explanation keeps to itself."""
    different = []
    for name, viewer in (await _viewers(hub, world)).items():
        for id_ in world.ids:
            title = _TITLES.get(id_.split("-")[1])
            seen = title and (await hub.access(viewer, id_, Action.SEE)).allowed
            if title and seen:
                allowed = (await hub.access(viewer, id_, Action.EDIT)).allowed
                done = await hub.ask(_edit(title), viewer, input={"id": id_, "version": 1})
                if allowed != (done["done"]["__typename"] == f"{title}Edited"):
                    different.append((name, id_, done))
    assert different == []


_TITLES = {
    each.lower(): each for each in ("Institution", "Person", "Instrument", "Project", "Agreement")
}


def _edit(title: str) -> str:
    return f"""mutation ($input: Edit{title}Input!) {{
      done: edit{title}(requestKey: "dry", input: $input, dryRun: true) {{ __typename }} }}"""


async def test_the_name_of_an_agreement_that_is_not_public_stands_in_no_sentence(
    hub: Hub, world: World
) -> None:
    why = await _why(hub, await hub.viewer(world.stranger), "cd-dataset-data-agreement", "USE")
    assert why["allowed"]
    assert "（名称不公开）" in why["sentence"]
    assert "pact-institution" not in why["sentence"] + why["sentenceEn"]
    (step,) = [each for each in why["path"] if each["part"] == "AGREEMENT"]
    assert step["words"] == "协议：（名称不公开）"


async def test_one_request_asks_why_a_few_times_only(hub: Hub, world: World) -> None:
    asked = " ".join(
        f'w{i}: explainAccess(node: "{world.ours}", action: SEE) {{ allowed }}' for i in range(11)
    )
    answer = await hub.ask(f"{{ {asked} }}")
    assert [error["extensions"]["code"] for error in answer] == ["BAD_ARGUMENT"]


async def test_an_instrument_is_seen_by_the_path_that_leads_to_it(hub: Hub, world: World) -> None:
    member = await hub.viewer(world.member)
    why = await _why(hub, member, "cd-instrument-spectrometer-agreement", "SEE")
    assert why["allowed"]
    assert [step["part"] for step in why["path"]] == [
        "VIEWER", "ROLE", "INSTITUTION", "PARTY", "AGREEMENT", "CLAUSE", "PARTY", "HOLDER", "NODE",
    ]  # fmt: skip
    ids = [step["node"] and step["node"]["id"] for step in why["path"]]
    assert ids[:5] == [world.member, None, world.ours, world.ours, world.agreement]
    assert ids[6:] == [world.theirs, world.unit, "cd-instrument-spectrometer-agreement"]
    assert why["path"][2]["words"] == "所在机构：四川大学"
    assert why["path"][2]["wordsEn"] == "your institution: Sichuan University"
    assert why["path"][2]["node"]["__typename"] == "Institution"
    assert why["until"] == "2028-01-01"
    assert "共享协议" in why["sentence"]
    assert why["missing"] is None
    assert why["whoCouldGrant"] == []


@pytest.mark.parametrize("action", [each.name for each in Action])
async def test_what_is_hidden_and_what_is_not_there_read_the_same(
    hub: Hub, world: World, action: str
) -> None:
    for viewer in (ANONYMOUS, await hub.viewer(world.stranger), await hub.viewer(world.member)):
        absent = await _why(hub, viewer, "cd-instrument-none", action)
        for hidden in ("cd-instrument-laser-institution", "cd-person-hidden", "nonsense"):
            assert await _why(hub, viewer, hidden, action) == absent
        assert not absent["allowed"]
        assert absent["path"] == []


async def test_whoever_may_not_is_told_which_agreements_do_not_do(hub: Hub, world: World) -> None:
    member = await hub.viewer(world.member)
    why = await _why(hub, member, "cd-dataset-data-public", "USE")
    assert not why["allowed"]
    assert "“旧协议”已中止" in why["missing"]
    assert "The agreement “旧协议” is suspended." in why["missingEn"]
    assert "“共享协议”不含此条款" in why["missing"]
    granters = {each["institution"]["id"]: each["people"] for each in why["whoCouldGrant"]}
    assert granters[world.theirs] == [{"id": world.admin, "person": {"name": "admin"}}]
    assert granters[world.ours] == []


async def test_who_administers_what_is_told_to_the_network_alone(hub: Hub, world: World) -> None:
    why = await _why(hub, ANONYMOUS, "cd-instrument-laser-public", "USE")
    assert "登录" in why["missing"]
    assert [each["people"] for each in why["whoCouldGrant"]] == [[]]


@pytest.mark.parametrize(
    "case",
    [
        ("member", "cd-instrument-spectrometer-public", "USE", True),
        ("member", "cd-instrument-laser-public", "USE", False),
        ("admin", "cd-instrument-laser-public", "USE", True),
        ("stranger", "cd-instrument-spectrometer-public", "USE", False),
        ("member", "cd-project-project-public", "USE", False),
        ("admin", "cd-instrument-laser-institution", "EDIT", True),
        ("approver", "cd-instrument-laser-institution", "EDIT", False),
        ("member", "cd-instrument-laser-public", "EDIT", False),
        ("platform", "cd-instrument-laser-public", "EDIT", True),
        ("platform", "cd-agreement-sharing", "EDIT", False),
        ("admin", "cd-agreement-sharing", "EDIT", False),
        ("admin", "cd-dataset-data-public", "EDIT", False),
        ("approver", "cd-institution-their-unit", "DECIDE", True),
        ("admin", "cd-institution-their-unit", "DECIDE", True),
        ("member", "cd-institution-theirs", "EXCHANGE_CADRES", True),
        ("member", "cd-institution-their-unit", "EXCHANGE_CADRES", True),
        ("member", "cd-institution-elsewhere", "EXCHANGE_CADRES", False),
        ("stranger", "cd-institution-theirs", "EXCHANGE_CADRES", False),
        ("member", "cd-institution-theirs", "SEND_TO_TRAINING", False),
        ("member", "cd-institution-theirs", "USE_VOUCHER", False),
        ("member", "cd-instrument-laser-public", "PREFERENTIAL_PRICE", False),
    ],
    ids=str,
)
async def test_each_action_is_allowed_by_its_own_rule(
    hub: Hub, world: World, case: tuple[str, str, str, bool]
) -> None:
    who, node, action, allowed = case
    why = await _why(hub, await hub.viewer(getattr(world, who)), node, action)
    assert why["allowed"] == allowed
    assert bool(why["missing"]) != allowed
    assert bool(why["path"]) == allowed


async def test_the_first_day_on_which_anything_ends_is_told(hub: Hub, world: World) -> None:
    why = await _why(hub, await hub.viewer(world.member), world.theirs, "EXCHANGE_CADRES")
    assert why["until"] == "2027-06-30"


async def test_a_signed_agreement_says_that_its_content_stands(hub: Hub, world: World) -> None:
    why = await _why(hub, await hub.viewer(world.admin), world.agreement, "EDIT")
    assert "协议已签署" in why["missing"]


async def test_every_noun_can_be_asked_about(hub: Hub) -> None:
    for noun in MODEL:
        found = await hub.access(ANONYMOUS, f"cd-{noun.word}-none", Action.SEE)
        assert not found.allowed
