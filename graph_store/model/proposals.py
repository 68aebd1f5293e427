"""交流匹配方案 | A plan of exchanges that a matching proposes, and each exchange proposed with the reason for it."""

from __future__ import annotations

from graph_store.model.records import record
from graph_store.model.words import (
    INSTITUTION,
    amount,
    choice,
    day,
    edge,
    flag,
    instant,
    integer,
    noun,
    options,
    text,
)

PLAN_STATE = options(
    "ExchangePlanState",
    ("computing", "计算中", "Being matched"),
    ("ready", "已生成", "Its proposals may be accepted or declined"),
    ("failed", "失败", "The matching failed; ask again"),
    ("closed", "已关闭", "Nothing of it may be accepted any more"),
)

PROOF = options(
    "ExchangePlanProof",
    ("optimal", "已证最优", "Proved: no solution is better"),
    ("close", "已证近优", "Proved to lie within the tolerance of the best"),
    (
        "time_limit",
        "达到时限",
        "The best found when the time was over; the bound says how much better one might be",
    ),
)

BALANCED = options(
    "ExchangeBalance",
    (
        "institution",
        "按机构",
        "Each institution's months sent and received come out even; circles are",
    ),
    ("pair", "按机构对", "Those of each pair of institutions"),
)

PROPOSAL_STATE = options(
    "ProposedExchangeState",
    ("open", "待定", "Not decided on"),
    ("accepted", "已采纳", "An exchange was drafted of it"),
    ("declined", "已放弃", "Not wanted"),
)

EXCHANGE_PLAN = noun(
    "ExchangePlan",
    "exchangePlans",
    "交流匹配方案",
    "Exchanges proposed together: as many as possible, with the ledger as even as possible",
    properties=(
        *record(),
        choice("state", "状态", "Where it stands", PLAN_STATE, required=True, sortable=True),
        choice("balance", "平衡口径", "What should come out even", BALANCED, required=True),
        day("since", "最早起始日", "First day on which an exchange may begin"),
        day("until", "最晚起始日", "Last day on which one may begin"),
        integer(
            "limitSeconds", "求解时限", "How long the solver may take", required=True, unit="s"
        ),
        text("solver", "求解器", "What solved it, with its version"),
        choice("proof", "交流数证明", "What is proved of the number of exchanges", PROOF),
        choice("evenness", "平衡证明", "What is proved of the imbalance", PROOF),
        choice("fitness", "契合度证明", "What is proved of the fit", PROOF),
        integer("proposed", "拟议数", "Exchanges proposed", sortable=True),
        integer("bound", "拟议数上界", "No solution has more"),
        amount("imbalanceBefore", "原不平衡量", "Sum of what balances were off even", unit="mo"),
        amount("imbalance", "不平衡量", "The same with all proposals accepted", unit="mo"),
        amount("imbalanceBound", "不平衡量下界", "No solution with as many is below", unit="mo"),
        integer("fit", "契合度", "Points for skills, named hosts, early wishes"),
        integer("fitBound", "契合度上界", "No solution as good otherwise has more"),
        integer("circles", "循环数", "Circles in which each sends one and receives one"),
        integer("people", "意向人数", "Wishes looked at"),
        integer("posts", "岗位数", "Posts looked at"),
        integer("variables", "变量数", "Variables of the model"),
        integer("rows", "约束数", "Rows of the model"),
        integer("firstServed", "先到先得数", "What first come, first served would have reached"),
        amount(
            "firstServedImbalance", "先到先得不平衡量", "And the imbalance it leaves", unit="mo"
        ),
        amount("seconds", "用时", "How long matching took", unit="s"),
        text("failure", "失败原因", "Why it failed"),
    ),
    edges=(
        edge(
            "askedBy",
            "PLANNED_FOR",
            "Person",
            "申请人",
            "Who asked for it",
            one=True,
            reverse=("exchangePlans", "匹配方案", "Plans the person asked for"),
        ),
        edge(
            "institution",
            "PLANNED_AT",
            "Institution",
            "申请机构",
            "The institution for which it was asked",
            one=True,
            reverse=("exchangePlans", "匹配方案", "Plans asked for it"),
        ),
        edge(
            "scope",
            "PLANNED_OVER",
            "Institution",
            "派出范围",
            "Whose people it is about; empty: everybody's",
            few=True,
        ),
        edge(
            "agreement",
            "PLANNED_UNDER",
            "Agreement",
            "所依协议",
            "The only agreement whose clauses count; none: all that are in force",
            one=True,
        ),
        edge(
            "concerned",
            "CONCERNS",
            "Institution",
            "涉及机构",
            "Institutions that would send or receive",
            reverse=("concernedBy", "涉及的匹配方案", "Plans by which it would send or receive"),
        ),
    ),
    visible=INSTITUTION,
    clerical=True,
    holder=("institution", "scope", "concerned"),
    subject="askedBy",
)

PROPOSED_EXCHANGE = noun(
    "ProposedExchange",
    "proposedExchanges",
    "拟议交流",
    "An exchange that a plan proposes",
    properties=(
        *record(),
        choice("state", "状态", "Where it stands", PROPOSAL_STATE, required=True, sortable=True),
        day("since", "起始日", "First day", sortable=True),
        day("until", "截止日", "Last day", sortable=True),
        integer("months", "月数", "Whole months", required=True, unit="mo"),
        text("why", "理由", "Why it was chosen, in Chinese", required=True),
        text("whyEn", "英文理由", "Why it was chosen, in English", required=True),
        integer("fit", "契合度", "Points for skills, a named host, an early wish", sortable=True),
        integer(
            "figure", "组号", "Number of its circle or chain in the plan; none: it stands alone"
        ),
        flag(
            "inCircle",
            "是否循环",
            "Whether that is a circle, in which each sends one and receives one",
        ),
        instant("decidedAt", "决定时间", "When it was accepted or declined"),
        text("reason", "原因", "Why it was declined"),
    ),
    edges=(
        edge(
            "plan",
            "PROPOSED_IN",
            "ExchangePlan",
            "所属方案",
            "The plan that proposes it",
            one=True,
            reverse=("proposals", "拟议交流", "Exchanges it proposes"),
        ),
        edge(
            "person",
            "PROPOSES",
            "Person",
            "交流人员",
            "Who would go",
            one=True,
            reverse=("proposedExchanges", "拟议交流", "Exchanges proposed for the person"),
        ),
        edge(
            "wish",
            "PROPOSED_FOR",
            "ExchangeWish",
            "交流意向",
            "The wish it would fulfil",
            one=True,
            reverse=("proposals", "拟议交流", "Exchanges proposed for it"),
        ),
        edge(
            "post",
            "PROPOSED_TO",
            "Post",
            "交流岗位",
            "The post that would be held",
            one=True,
            reverse=("proposedExchanges", "拟议交流", "Exchanges proposed to it"),
        ),
        edge("home", "WOULD_SEND", "Institution", "派出机构", "Who would send", one=True),
        edge("host", "WOULD_RECEIVE", "Institution", "接收机构", "Who would receive", one=True),
        edge("clause", "PROPOSED_BY", "Clause", "依据条款", "The clause that lets it", one=True),
        edge(
            "institution",
            "PROPOSED_AT",
            "Institution",
            "申请机构",
            "The institution for which the plan was asked",
            one=True,
        ),
        edge(
            "exchange",
            "BECAME",
            "CadreExchange",
            "形成的交流",
            "The exchange drafted of it",
            one=True,
            reverse=("proposal", "来源拟议", "The proposal it was drafted of"),
            reverse_one=True,
        ),
    ),
    visible=INSTITUTION,
    clerical=True,
    holder=("home", "host", "institution"),
    subject="person",
)
