"""条款 | What an agreement allows, to whom, within which scope and for how long."""

from __future__ import annotations

from graph_store.model.records import record
from graph_store.model.words import PUBLIC, amount, choice, day, edge, integer, noun, options, texts

CLAUSE_KIND = options(
    "ClauseKind",
    ("share_instruments", "仪器共享", "Instruments are shared"),
    ("share_data", "数据共享", "Data are shared"),
    ("accept_vouchers", "创新券互认", "Vouchers are accepted"),
    ("exchange_cadres", "干部交流", "Staff are exchanged"),
    ("training_seats", "培训名额", "Training seats are given"),
    ("preferential_price", "优惠价格", "A lower price is asked"),
)

QUOTA_PERIOD = options(
    "QuotaPeriod",
    ("agreement", "协议期内", "For the whole agreement"),
    ("year", "每年", "A year"),
    ("class", "每班", "A class"),
)

CLAUSE = noun(
    "Clause",
    "clauses",
    "条款",
    "What an agreement allows",
    properties=(
        *record(),
        choice("kind", "条款类型", "What is allowed", CLAUSE_KIND, required=True),
        integer("quota", "名额", "How many each sending party may send"),
        choice("per", "名额周期", "The period a quota counts for", QUOTA_PERIOD),
        amount("percent", "优惠比例", "Reduction of the price", unit="%"),
        day("effectiveOn", "生效日期", "First day, when it differs from the agreement's"),
        day("expiresOn", "到期日期", "Last day, when it differs from the agreement's"),
        texts("scopeKinds", "适用范围", "Kinds of things it is limited to; empty: all"),
    ),
    edges=(
        edge(
            "divisions",
            "WITHIN",
            "Division",
            "适用区划",
            "Divisions it is limited to; empty: all",
            few=True,
        ),
        edge(
            "institutions",
            "BINDS",
            "Institution",
            "适用机构",
            "Institutions it is limited to; empty: all parties",
            few=True,
        ),
    ),
    visible=PUBLIC,
)
