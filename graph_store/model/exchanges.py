"""干部交流 | Staff of one institution work for a time at another (W3C ORG: the change event that makes a membership)."""

from __future__ import annotations

from graph_store.model.records import record
from graph_store.model.words import INSTITUTION, choice, day, edge, instant, noun, options, text

EXCHANGE_STATE = options(
    "ExchangeState",
    ("draft", "草拟", "Being prepared at home"),
    ("submitted", "已提交", "Waits for the home institution's approval"),
    ("home_approved", "派出方已批准", "Waits for the host institution's approval"),
    ("accepted", "已接收", "Approved by both, not begun"),
    ("active", "交流中", "Going on"),
    ("completed", "已完成", "Ended on its last day"),
    ("withdrawn", "已撤回", "Taken back before it began"),
    ("rejected", "已驳回", "Refused by an approver"),
    ("recalled", "已召回", "Ended by the home institution before its last day"),
    ("expired", "已过期", "Not decided before its first day"),
)

EXCHANGE = noun(
    "CadreExchange",
    "cadreExchanges",
    "干部交流",
    "A person's work for a time at another institution",
    properties=(
        *record(),
        choice("state", "状态", "Where it stands", EXCHANGE_STATE, required=True, sortable=True),
        day("since", "起始日", "First day", sortable=True),
        day("until", "截止日", "Last day", sortable=True),
        text("purpose", "交流目的", "What it is for"),
        text("reason", "原因", "Why it was rejected, withdrawn or recalled"),
        instant("submittedAt", "提交时间", "When it was last submitted", sortable=True),
        instant("decidedAt", "决定时间", "When it was last decided on", sortable=True),
        day("endedOn", "实际结束日", "The day it really ended"),
    ),
    edges=(
        edge(
            "person",
            "EXCHANGES",
            "Person",
            "交流人员",
            "Who is exchanged",
            one=True,
            reverse=("exchanges", "交流经历", "Exchanges the person takes part in"),
        ),
        edge(
            "home",
            "SENT_BY",
            "Institution",
            "派出机构",
            "The institution that sends",
            one=True,
            reverse=("exchangesSent", "派出交流", "Exchanges it sends people on"),
        ),
        edge(
            "host",
            "RECEIVED_BY",
            "Institution",
            "接收机构",
            "The institution that receives",
            one=True,
            reverse=("exchangesReceived", "接收交流", "Exchanges it receives people on"),
        ),
        edge(
            "post",
            "TO_POST",
            "Post",
            "交流岗位",
            "The post that is held",
            one=True,
            reverse=("exchanges", "交流记录", "Exchanges to this post"),
        ),
        edge(
            "clause",
            "AUTHORISED_BY",
            "Clause",
            "依据条款",
            "The clause that allows it and whose quota it counts against",
            one=True,
            reverse=("exchanges", "依此开展的交流", "Exchanges that it allows"),
        ),
        edge(
            "party",
            "SENT_FOR",
            "Institution",
            "派出签约方",
            "The party of the agreement for which home sends, whose quota it counts against",
            one=True,
        ),
        edge(
            "counterparty",
            "RECEIVED_FOR",
            "Institution",
            "接收签约方",
            "The party of the agreement for which the host receives",
            one=True,
        ),
    ),
    indexes=(("state", "since"), ("state", "until")),
    visible=INSTITUTION,
    clerical=True,  # of the world is the affiliation that it makes
    holder=("home", "host"),
    subject="person",
)
