"""Addresses that are not called, letters, reports: what needs no server."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from ipaddress import ip_address

import httpx2
import pytest

from flows.deployments import FLOWS
from flows.due import what_it_is
from flows.letters import letter_of
from flows.mail import MailServer, NotTaken
from flows.outbox import key_of
from flows.reports import LINES_MOST, Report
from flows.webhooks import Call, Caller, CallFailed, is_public, signature_headers
from graph_store.commands.flow_facts import FlowIsUnknown
from graph_store.deliveries import Told
from graph_store.flow_names import FLOWS as NAMES
from graph_store.outbox import Errand

CALL = Call("cd-webhook-1", "", "cd-delivery-1", b"{}")


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "127.0.0.1", "169.254.169.254", "192.168.0.1", "224.0.0.1", "100.64.0.1", "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::"],
)  # fmt: skip
def test_an_address_that_the_whole_world_has_not_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


def test_an_address_of_the_world_is_public() -> None:
    assert is_public(ip_address("93.184.215.14"))
    assert is_public(ip_address("2606:2800:21f:cb07:6820:80da:af6b:8b2c"))


@pytest.mark.parametrize("url", ["https://localhost/hook", "http://127.0.0.1:1/hook", "https://[::1]/", "https://169.254.169.254/"])  # fmt: skip
async def test_a_webhook_never_leads_into_a_private_network(url: str) -> None:
    async with httpx2.AsyncClient(trust_env=False) as client:
        with pytest.raises(CallFailed, match="AddressIsPrivate"):
            await Caller(client, b"key").call(Call("w", url, "d", b"{}"), 1)


async def test_in_development_http_goes_to_this_machine_alone() -> None:
    async with httpx2.AsyncClient(trust_env=False) as client:
        caller = Caller(client, b"key", is_private_fine=True)
        with pytest.raises(CallFailed, match="AddressIsPrivate"):
            await caller.call(Call("w", "http://10.0.0.1/hook", "d", b"{}"), 1)


def test_a_signature_is_that_of_standard_webhooks() -> None:
    """The example of the standard's own documentation."""
    what = Call("w", "", "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}')
    told = signature_headers("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", what, 1614265330)
    assert told["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def told(**given: str | None) -> Told:
    values = {
        "title": "报名：已确认", "title_en": "Registration: confirmed", "body": "您已有名额。", "body_en": "You have a seat.",
        "person_name": "李冰", "email": "li.bing@sichuan.example", "language": None,
    }  # fmt: skip
    named = dict.fromkeys(("notice", "kind", "about", "person", "webhook", "url", "is_active"))
    return Told(
        id="cd-delivery-1", channel="email", state="pending", attempts=0, at="", **(named | values | given)
    )  # fmt: skip


def test_a_letter_is_in_the_persons_language() -> None:
    both, zh, en = (
        letter_of(told(language=each), "https://hub.example") for each in (None, "zh", "en")
    )
    assert both.subject == "报名：已确认 / Registration: confirmed"
    assert (zh.subject, en.subject) == ("报名：已确认", "Registration: confirmed")
    assert "You have a seat." not in zh.text
    assert "您已有名额。" not in en.text
    assert "https://hub.example" in zh.text


def test_a_letter_cannot_be_given_a_header_of_its_own() -> None:
    letter = letter_of(
        told(title="a\r\nBcc: x@y.example", language="zh", person_name='"\r\nBcc: z'), ""
    )
    server = MailServer("localhost", 25, "none", "hub@bashu.example")
    sent = message_from_bytes(server.message(letter), policy=default)
    assert sent["Bcc"] is None
    assert sent["Message-ID"] == "<cd-delivery-1@bashu.example>"


def test_a_report_counts_what_it_says_twice_and_ends_somewhere() -> None:
    report = Report()
    assert report.en == "Nothing was due."
    for number in range(LINES_MOST + 5):
        report.did("做了", "done")
        report.note(f"第 {number} 项", f"number {number}")
    assert report.effects == LINES_MOST + 5
    assert report.en.startswith(f"done ×{LINES_MOST + 5}\nnumber 0")
    assert report.en.endswith("… +6")


def test_the_same_rows_handed_out_as_often_are_the_same_run() -> None:
    one, two = Errand("a", "t", "s", 1), Errand("b", "t", "s", 1)
    assert key_of([one, two]) == key_of([two, one])
    assert key_of([one]) != key_of([Errand("a", "t", "s", 2)])


def test_every_flow_is_told_of_and_every_flow_told_of_is_there() -> None:
    assert set(NAMES) == set(FLOWS)


async def test_a_letter_to_what_is_no_address_is_not_sent() -> None:
    server = MailServer("localhost", 1, "none", "hub@bashu.example")
    for address in ("li bing", "a@b@c", "x@y.example\r\nBcc: z@y.example"):
        with pytest.raises(NotTaken, match="NoAddress"):
            await server.send(letter_of(told(email=address), ""))


def test_a_report_tells_the_kind_of_a_fact_and_nothing_of_the_case() -> None:
    assert what_it_is(FlowIsUnknown("李冰")) == ("没有该流程", "The hub has no flow of this name")
