"""What is noted, and that nothing which must be noted is done without it."""

import socket
from collections.abc import AsyncIterator

import orjson
import pytest
from neo4j import AsyncGraphDatabase

from auth import noting
from auth.viewer import ANONYMOUS
from graph_store.audit import AuditLog, open_audit
from graph_store.audit.log import Ledger
from graph_store.errors import StoreIsAway
from tests.audit.conftest import EMAIL, INSTITUTION, PERSON, PHONE, Ask, HubOver, lay_out
from tests.engine.conftest import Hub
from tests.viewers import at_home, elsewhere

AT_HOME = at_home((INSTITUTION,), "cd-person-900")
READ = "{ people(first: 500) { nodes { id email phone } } }"
EDIT = """mutation { createPerson(requestKey: "k", input: { name: "李四", email: "li.secret@example.cn" }) {
  __typename ... on NotYours { at } } }"""


@pytest.fixture
async def away() -> AsyncIterator[AuditLog]:
    """A log in a store at whose address nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        address = f"bolt://127.0.0.1:{taken.getsockname()[1]}"
        async with (
            AsyncGraphDatabase.driver(address) as driver,
            open_audit(Ledger(driver, "neo4j", "cd")) as opened,
        ):
            yield opened


async def test_reading_personal_data_is_noted_by_record_and_field(
    hub: Hub, ask: Ask, entries: Ask
) -> None:
    await lay_out(ask, people=1)
    noting.came_from("request-1", "192.0.2.7")
    answer = await hub.data(READ, None, AT_HOME)
    assert answer["people"]["nodes"] == [{"id": PERSON, "email": EMAIL, "phone": PHONE}]
    [entry] = await entries()
    assert (entry["happened"], entry["outcome"]) == ("personal_data_read", "done")
    assert (entry["actor"], entry["subject"]) == ("cd-person-900", PERSON)
    assert (entry["requestId"], entry["address"]) == ("request-1", "192.0.2.7")
    assert orjson.loads(entry["detail"]) == {
        "fields": ["Person.email", "Person.phone"],
        "records": [PERSON],
    }


async def test_reading_much_is_noted_whole_in_entries_of_a_hundred(
    hub: Hub, ask: Ask, entries: Ask
) -> None:
    await lay_out(ask, people=250)
    await hub.data(READ, None, AT_HOME)
    noted = [orjson.loads(entry["detail"])["records"] for entry in await entries()]
    assert [len(each) for each in noted] == [100, 100, 50]
    assert {id_ for each in noted for id_ in each} == {f"cd-person-{n}" for n in range(1, 251)}


@pytest.mark.parametrize(
    "question",
    [
        f'{{ people(where: {{ phone: {{ eq: "{PHONE}" }} }}) {{ totalCount }} }}',
        '{ people(where: { not: { or: [{ phone: { startsWith: "138" } }] } }) { nodes { id } } }',
        "{ institutions { nodes { people(where: { phone: { isNull: true } }) { totalCount } } } }",
        f'{{ institutions(where: {{ people: {{ some: {{ phone: {{ eq: "{PHONE}" }} }} }} }}) {{ totalCount }} }}',
    ],
)
async def test_whoever_asks_by_a_personal_value_is_noted_too(
    question: str, hub: Hub, ask: Ask, entries: Ask
) -> None:
    await lay_out(ask, people=1)
    await hub.data(question, None, AT_HOME)
    [entry] = await entries()
    assert (entry["happened"], entry["actor"]) == ("personal_data_read", "cd-person-900")
    assert orjson.loads(entry["detail"]) == {"soughtBy": ["Person.phone"]}
    await hub.data(question)  # a stranger learns nothing by it
    assert len(await entries()) == 1


async def test_who_reads_masked_values_is_not_noted(hub: Hub, ask: Ask, entries: Ask) -> None:
    await lay_out(ask, people=1)
    answer = await hub.data(READ, None, elsewhere())
    assert "***" in answer["people"]["nodes"][0]["email"]
    assert await entries() == []


async def test_personal_data_that_cannot_be_noted_is_not_given(
    hub_over: HubOver, audit: AuditLog, away: AuditLog, ask: Ask
) -> None:
    await lay_out(ask, people=1)
    unheard = hub_over(away)
    with pytest.raises(StoreIsAway):
        await unheard.data(READ, None, AT_HOME)
    assert (await unheard.data("{ people { totalCount } }", None, AT_HOME)) == {
        "people": {"totalCount": 1}
    }
    assert audit.waiting == 0


async def test_a_refused_command_is_noted_without_what_was_sent(hub: Hub, entries: Ask) -> None:
    answer = await hub.data(EDIT, None, AT_HOME)
    assert answer["createPerson"]["__typename"] == "NotYours"
    [entry] = await entries()
    assert (entry["happened"], entry["outcome"], entry["reason"]) == (
        "access_denied",
        "refused",
        "NotYours",
    )
    assert entry["actor"] == "cd-person-900"
    assert orjson.loads(entry["detail"]) == {"what": "createPerson"}


async def test_a_refusal_stands_though_it_cannot_be_noted(
    hub_over: HubOver, audit: AuditLog, away: AuditLog
) -> None:
    assert audit.waiting == 0
    answer = await hub_over(away).data(EDIT, None, AT_HOME)
    assert answer["createPerson"]["__typename"] == "NotYours"


async def test_what_must_be_noted_and_cannot_be_raises(away: AuditLog) -> None:
    given = noting.RoleAt(PERSON, "member", INSTITUTION)
    for noted in (
        noting.signed_on(away.note, PERSON, "session", "sichuan"),
        noting.token_made(away.note, PERSON, noting.NewToken("token", ["graph:read"])),
        noting.role_granted(away.note, PERSON, given, "key"),
        noting.audit_exported(away.note, PERSON, "", "", "csv"),
        noting.personal_read(away.note, AT_HOME, {PERSON: ["Person.email"]}),
    ):
        with pytest.raises(StoreIsAway):
            await noted


async def test_each_thing_that_happens_is_told_as_itself(audit: AuditLog, entries: Ask) -> None:
    given, note = noting.RoleAt(PERSON, "member", INSTITUTION), audit.note
    await noting.signed_on(note, PERSON, "session-1", "sichuan")
    await noting.sign_on_refused(note, "STATE_IS_UNKNOWN", "sichuan")
    await noting.signed_off(note, PERSON, "session-1")
    await noting.sessions_ended(note, ["session-2", "session-3"], "BACKCHANNEL_LOGOUT", None)
    await noting.token_made(note, PERSON, noting.NewToken("token-1", ["graph:read"], owner=PERSON))
    await noting.token_used(note, PERSON, "token-1", "2026-11-29")
    await noting.token_used(note, PERSON, "token-1", "2026-11-29")
    await noting.token_refused(note, "expired", token="token-1")
    await noting.token_revoked(note, PERSON, "token-1")
    await noting.role_granted(note, PERSON, given, "key-1")
    await noting.role_granted(note, PERSON, given, "key-1")
    await noting.role_revoked(note, PERSON, given, "key-2")
    await noting.denied(note, ANONYMOUS, "/audit.ndjson", "AUDIT_NEEDS_SIGN_ON")
    await noting.audit_exported(note, PERSON, "", "9999", "csv file")
    assert [(row["happened"], row.get("subject")) for row in await entries()] == [
        ("signed_on", "session-1"),
        ("sign_on_refused", None),
        ("signed_off", "session-1"),
        ("session_ended", "session-2"),
        ("session_ended", "session-3"),
        ("token_made", "token-1"),
        ("token_used", "token-1"),
        ("token_refused", "token-1"),
        ("token_revoked", "token-1"),
        ("role_granted", PERSON),
        ("role_revoked", PERSON),
        ("access_denied", None),
        ("audit_exported", None),
    ]


async def test_what_somebody_sends_as_an_id_is_noted_only_if_it_can_be_one(
    audit: AuditLog, entries: Ask
) -> None:
    for sent in (EMAIL, PHONE, "cd-person-1 " + EMAIL, "x" * 10_000, PERSON):
        await noting.denied(audit.note, AT_HOME, "edit_person", "NotYours", sent)
    assert [row.get("subject") for row in await entries()] == [None, None, None, None, PERSON]


async def test_no_personal_value_stands_in_any_entry(hub: Hub, ask: Ask, entries: Ask) -> None:
    await lay_out(ask, people=3)
    await hub.data(READ, None, AT_HOME)
    await hub.data(EDIT, None, AT_HOME)
    await hub.data(
        f'{{ people(where: {{ email: {{ eq: "{EMAIL}" }} }}) {{ nodes {{ email }} }} }}',
        None,
        AT_HOME,
    )
    everything = str(await entries())
    assert "personal_data_read" in everything
    for secret in (EMAIL, PHONE, "li.secret@example.cn", "李四", "张三", "secret"):
        assert secret not in everything
