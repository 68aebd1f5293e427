"""The inbox in GraphQL, by real roles: who sees and decides what, one by one and many at once; deputies; notices."""

from __future__ import annotations

from typing import Any

import pytest

from auth.viewer import ANONYMOUS
from graph_store.commands.actors import HUB
from graph_store.commands.lanes import open_lane
from graph_store.commands.transactions import Store
from graph_store.model import MODEL
from tests.graph import DATABASE
from tests.graph_store.commands.petitions import PETITION, Petition
from tests.network import Network
from tests.schema.conftest import NOW, Hub

INBOX = """query ($first: Int! = 20, $after: String, $overdue: Boolean) {
  inbox(first: $first, after: $after, overdue: $overdue) {
    counts { open overdue } info: pageInfo { more: hasNextPage hasPreviousPage endCursor }
    edges { cursor node { isOverdue task { id state dueAt } record { id __typename ... on CadreExchange { state } }
      possible { name label needsReason leadsTo }
      history { command stateAfter person { name } principal { name } } } } } }"""
DECIDE_MANY = """mutation ($key: ID!, $tasks: [ID!]!, $decision: String!, $reason: String, $dry: Boolean! = false) {
  decideTasks(requestKey: $key, input: {tasks: $tasks, decision: $decision, reason: $reason}, dryRun: $dry) {
    results { taskId result { __typename ... on TaskDecided { version task { state outcome doneBy } }
      ... on Fact { messageEn whatNextEn } } } } }"""
ELSEWHERE = "cd-institution-elsewhere"
OURS, APPROVER, COLLEAGUE, SENDER, STRANGER = (
    "cd-institution-ours",
    "cd-person-approver",
    "cd-person-colleague",
    "cd-person-sender",
    "cd-person-stranger",
)


@pytest.fixture(scope="module")
async def tasks(hub: Hub) -> list[str]:
    """Ids of five tasks at one institution, the last of them about its approver."""
    network = Network()
    network.institution("ours")
    network.institution("elsewhere")
    network.person("approver", "approver", OURS)
    network.person("second", "approver", OURS)
    network.person("colleague", "member", OURS)
    network.person("sender", "member", OURS)
    network.person("stranger", "approver", ELSEWHERE)
    await network.write(hub.driver)
    await hub.driver.execute_query(
        "MATCH (i {id: $at}) CREATE (:Post:Record {id: 'cd-post-1', name: '岗位'})-[:OFFERED_BY]->(i)",
        {"at": ELSEWHERE},
        database_=DATABASE,
    )
    store = Store(hub.driver, DATABASE, MODEL, "cd", lambda: NOW)
    async with open_lane(store) as lane:
        for number, person in enumerate((SENDER,) * 4 + (APPROVER,)):
            given = Petition(person, OURS, ELSEWHERE, "cd-post-1")
            await lane.do(PETITION.by(HUB, f"petition {number}", given))
    found = await hub.driver.execute_query(
        "MATCH (t:Task)-[:ABOUT_RECORD]->()-[:EXCHANGES]->(p) RETURN t.id ORDER BY p.id = $self, t.id",
        {"self": APPROVER},
        database_=DATABASE,
    )
    return [str(record[0]) for record in found.records]


async def inbox_of(hub: Hub, person: str, **given: Any) -> Any:
    """The inbox as this person sees it."""
    answer = await hub.ask(INBOX, await hub.viewer(person), **given)
    return answer["inbox"] if isinstance(answer, dict) else answer


async def test_an_approver_sees_what_they_owe_with_what_may_be_done(
    hub: Hub, tasks: list[str]
) -> None:
    found = await inbox_of(hub, APPROVER)
    assert found["counts"] == {"open": 4, "overdue": 0}
    assert [each["node"]["task"]["id"] for each in found["edges"]] == tasks[:4]
    node = found["edges"][0]["node"]
    assert node["record"]["__typename"] == "CadreExchange"
    assert node["record"]["state"] == "SUBMITTED"
    assert [each["name"] for each in node["possible"]] == ["approve", "reject"]
    assert [each["needsReason"] for each in node["possible"]] == [False, True]
    assert [each["command"] for each in node["history"]] == ["petition"]
    assert not node["isOverdue"]


async def test_pages_follow_one_another_and_a_cursor_is_its_questions_own(
    hub: Hub, tasks: list[str]
) -> None:
    first = await inbox_of(hub, APPROVER, first=3)
    assert first["info"]["more"]
    assert not first["info"]["hasPreviousPage"]
    rest = await inbox_of(hub, APPROVER, first=3, after=first["info"]["endCursor"])
    assert [each["node"]["task"]["id"] for each in rest["edges"]] == tasks[3:4]
    assert not rest["info"]["more"]
    wrong = await inbox_of(hub, APPROVER, after=first["info"]["endCursor"], overdue=True)
    assert wrong[0]["extensions"]["code"] == "BAD_CURSOR"
    for size in (0, 1_001):
        assert (await inbox_of(hub, APPROVER, first=size))[0]["extensions"][
            "code"
        ] == "BAD_ARGUMENT"


@pytest.mark.parametrize("person", [COLLEAGUE, SENDER, STRANGER])
async def test_members_senders_and_strangers_owe_nothing(
    hub: Hub, tasks: list[str], person: str
) -> None:
    assert len(tasks) == 5
    found = await inbox_of(hub, person)
    assert (found["edges"], found["counts"]) == ([], {"open": 0, "overdue": 0})


async def test_who_is_signed_out_owes_nothing_and_decides_nothing(
    hub: Hub, tasks: list[str]
) -> None:
    assert (await hub.ask(INBOX, ANONYMOUS))["inbox"]["edges"] == []
    given = {"key": "nobody", "tasks": tasks[:1], "decision": "reject", "reason": "x"}
    (row,) = (await hub.ask(DECIDE_MANY, ANONYMOUS, **given))["decideTasks"]["results"]
    assert row["result"]["__typename"] == "NotYours"


async def test_a_deputy_has_the_inbox_for_as_long_as_the_delegation(
    hub: Hub, tasks: list[str]
) -> None:
    text = """mutation ($deputy: ID!, $at: ID!) { delegate(requestKey: "d1", input: {
      deputy: $deputy, institution: $at, role: APPROVER, until: "2026-12-01"}) {
      ... on Delegated { id delegation { role until principal { id } deputy { id } } } ... on Fact { messageEn } } }"""
    approver = await hub.viewer(APPROVER)
    made = (await hub.ask(text, approver, deputy=COLLEAGUE, at=OURS))["delegate"]
    assert made["delegation"]["principal"] == {"id": APPROVER}
    found = await inbox_of(hub, COLLEAGUE)
    assert {each["node"]["task"]["id"] for each in found["edges"]} == set(tasks)
    end = """mutation ($id: ID!) { endDelegation(requestKey: "d2", input: {id: $id}) {
      ... on DelegationEnded { delegation { endedAt } } ... on Fact { messageEn } } }"""
    ended = (await hub.ask(end, approver, id=made["id"]))["endDelegation"]
    assert ended["delegation"]["endedAt"]
    assert (await inbox_of(hub, COLLEAGUE))["edges"] == []


async def test_tasks_are_handed_over_copied_and_talked_about_and_people_are_told(
    hub: Hub, tasks: list[str]
) -> None:
    text = """mutation ($task: ID!) {
      handOverTask(requestKey: "h1", input: {task: $task, to: "cd-person-second", reason: "出差"}) {
        ... on TaskHandedOver { task { assignee { id } } } ... on Fact { messageEn } }
      copyTask(requestKey: "h2", input: {task: $task, people: ["cd-person-colleague"]}) {
        ... on TaskCopied { task { watchers { id } } } ... on Fact { messageEn } }
      askSender(requestKey: "h3", input: {task: $task, text: "何时到岗？"}) {
        ... on SenderAsked { comment { text isQuestion } } ... on Fact { messageEn } } }"""
    done = await hub.ask(text, await hub.viewer(APPROVER), task=tasks[3])
    assert done["handOverTask"]["task"]["assignee"] == {"id": "cd-person-second"}
    assert done["copyTask"]["task"]["watchers"] == [{"id": COLLEAGUE}]
    assert done["askSender"]["comment"] == {"text": "何时到岗？", "isQuestion": True}
    answer = """mutation ($task: ID!) { commentOnTask(requestKey: "h4", input: {task: $task, text: "下月"}) {
      ... on TaskCommented { comment { text } } ... on Fact { messageEn } } }"""
    said = (await hub.ask(answer, await hub.viewer(SENDER), task=tasks[3]))["commentOnTask"]
    assert said["comment"] == {"text": "下月"}
    for person, kind in ((APPROVER, "task_commented"), (COLLEAGUE, "task_copied")):
        told = await hub.ask(NOTICES, await hub.viewer(person))
        assert kind in {each["kind"] for each in told["notices"]["nodes"]}


NOTICES = "{ viewer { unreadNotices } notices(first: 100) { nodes { id kind readAt } } }"
MARK = """mutation ($key: ID!, $ids: [ID!]!) { markNoticesRead(requestKey: $key, input: {ids: $ids}) {
  ... on NoticesMarkedRead { count } ... on Fact { messageEn } } }"""


async def test_notices_are_read_by_their_person_alone_and_counted(
    hub: Hub, tasks: list[str]
) -> None:
    assert len(tasks) == 5
    sender = await hub.viewer(SENDER)
    told = await hub.ask(NOTICES, sender)
    ids = [each["id"] for each in told["notices"]["nodes"]]
    assert told["viewer"]["unreadNotices"] == len(ids) > 0
    fact = await hub.ask(MARK, await hub.viewer(COLLEAGUE), key="m0", ids=ids)
    assert "messageEn" in fact["markNoticesRead"]
    for key, count in (("m1", len(ids)), ("m2", 0)):
        marked = await hub.ask(MARK, sender, key=key, ids=ids)
        assert marked["markNoticesRead"] == {"count": count}
    assert (await hub.ask(NOTICES, sender))["viewer"]["unreadNotices"] == 0
    assert (await hub.ask(NOTICES, ANONYMOUS))["viewer"]["unreadNotices"] == 0


async def test_people_say_how_they_want_to_be_told(hub: Hub, tasks: list[str]) -> None:
    assert len(tasks) == 5
    text = """mutation ($key: ID!, $mail: Boolean!) { setNoticePreference(requestKey: $key, input: {byEmail: $mail, language: EN}) {
      ... on NoticePreferenceSet { id noticePreference { byEmail language } } ... on Fact { messageEn } } }"""
    viewer, ids = await hub.viewer(SENDER), set()
    for mail in (True, False):
        made = (await hub.ask(text, viewer, key=f"p {mail}", mail=mail))["setNoticePreference"]
        assert made["noticePreference"] == {"byEmail": mail, "language": "EN"}
        ids.add(made["id"])
    assert len(ids) == 1
    other = await hub.ask("{ noticePreferences { totalCount } }", await hub.viewer(COLLEAGUE))
    assert other["noticePreferences"]["totalCount"] == 0


async def test_of_many_decisions_each_has_its_result_and_the_same_key_gives_the_same(
    hub: Hub, tasks: list[str]
) -> None:
    approver = await hub.viewer(APPROVER)
    given: dict[str, Any] = {"decision": "reject", "reason": "名额已满"}
    given["tasks"] = [tasks[0], tasks[4], "cd-task-none", tasks[1]]
    rehearsed = await hub.ask(DECIDE_MANY, approver, key="dry", dry=True, **given)
    kinds = ["TaskDecided", "NotOnYourself", "RecordNotFound", "TaskDecided"]
    results = rehearsed["decideTasks"]["results"]
    assert [each["result"]["__typename"] for each in results] == kinds
    assert (await inbox_of(hub, APPROVER))["counts"]["open"] == 4
    answers = [await hub.ask(DECIDE_MANY, approver, key="many", **given) for _ in range(2)]
    assert answers[0] == answers[1]
    results = answers[0]["decideTasks"]["results"]
    assert [each["taskId"] for each in results] == given["tasks"]
    assert [each["result"]["__typename"] for each in results] == kinds
    assert results[0]["result"]["task"] == {
        "state": "DONE",
        "outcome": "reject",
        "doneBy": APPROVER,
    }
    assert (await inbox_of(hub, APPROVER))["counts"]["open"] == 2
    second = await hub.ask(DECIDE_MANY, await hub.viewer("cd-person-second"), key="2", **given)
    told = [each["result"]["__typename"] for each in second["decideTasks"]["results"]]
    assert told == ["TaskIsSettled", "TaskDecided", "RecordNotFound", "TaskIsSettled"]


async def test_one_decision_is_refused_with_what_to_do_next(hub: Hub, tasks: list[str]) -> None:
    text = """mutation ($task: ID!, $decision: String!) { decideTask(requestKey: "one", input: {task: $task, decision: $decision}) {
      __typename ... on TaskDecided { id } ... on Fact { messageEn whatNextEn } } }"""
    approver = await hub.viewer(APPROVER)
    answer = await hub.ask(text, approver, task=tasks[2], decision="activate")
    assert answer["decideTask"]["__typename"] == "NotAnAnswer"
    assert "possible" in answer["decideTask"]["whatNextEn"]
    stranger = await hub.viewer(STRANGER)
    answer = await hub.ask(text, stranger, task=tasks[2], decision="approve")
    assert answer["decideTask"]["__typename"] == "RecordNotFound"
