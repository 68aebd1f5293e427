"""协议 | An agreement between institutions; what it allows stands in its clauses."""

from __future__ import annotations

from graph_store.model.records import record, sources
from graph_store.model.words import PUBLIC, Dated, choice, day, edge, noun, options, text

AGREEMENT_KIND = options(
    "AgreementKind",
    ("framework", "框架协议", "Framework agreement"),
    ("sub_agreement", "子协议", "Sub-agreement"),
    ("resource_sharing", "资源共享协议", "Agreement on sharing resources"),
    ("bilateral", "双边协议", "Bilateral agreement"),
)

AGREEMENT_STATUS = options(
    "AgreementStatus",
    ("draft", "草拟", "Being drafted"),
    ("signed", "已签署", "Signed, not yet in force"),
    ("in_force", "生效中", "Signed and in force today"),
    ("expired", "已到期", "Its last day has passed"),
    ("suspended", "已中止", "Suspended by its parties"),
    ("terminated", "已终止", "Ended by its parties"),
)

AGREEMENT = noun(
    "Agreement",
    "agreements",
    "协议",
    "An agreement between institutions",
    properties=(
        *record(),
        choice("kind", "协议类型", "Kind of agreement", AGREEMENT_KIND, required=True),
        choice(
            "status",
            "状态",
            "Where it stands today",
            AGREEMENT_STATUS,
            required=True,
            dated=Dated("signed", "effectiveOn", "expiresOn", "in_force", "expired"),
        ),
        day("signedOn", "签署日期", "Day it was signed", sortable=True),
        day("effectiveOn", "生效日期", "First day in force", sortable=True),
        day("expiresOn", "到期日期", "Last day in force", sortable=True),
        text("place", "签署地点", "Where it was signed"),
        text("summary", "内容摘要", "What it is about"),
    ),
    edges=(
        edge(
            "under",
            "UNDER",
            "Agreement",
            "上级协议",
            "The agreement it carries out",
            one=True,
            reverse=("subAgreements", "子协议", "Agreements that carry it out"),
        ),
        edge(
            "clauses",
            "GRANTS",
            "Clause",
            "条款",
            "What it allows",
            few=True,
            reverse=("agreement", "所属协议", "The agreement that holds it"),
            reverse_one=True,
        ),
        sources("agreements", "协议", "Agreements read from it"),
    ),
    visible=PUBLIC,
    holder="parties",
)
