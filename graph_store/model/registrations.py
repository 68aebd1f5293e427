"""报名 | A person's registration for a training class; a group is several registrations of one party."""

from __future__ import annotations

from graph_store.model.records import entry, record
from graph_store.model.words import (
    INSTITUTION,
    choice,
    day,
    edge,
    instant,
    integer,
    noun,
    options,
    text,
)

REGISTRATION_STATE = options(
    "RegistrationState",
    ("submitted", "已提交", "Waits for the home institution's approval"),
    ("approved", "已批准", "Approved; seats are given when registration closes"),
    ("confirmed", "已确认", "Has a seat"),
    ("waitlisted", "候补", "Waits for a seat"),
    ("attended", "已参加", "Took part"),
    ("certified", "已发证", "Has the certificate"),
    ("no_show", "缺席", "Had a seat and was absent"),
    ("cancelled", "已取消", "Taken back"),
    ("rejected", "已驳回", "Refused"),
)

REGISTRATION = noun(
    "Registration",
    "registrations",
    "报名",
    "A person's registration for a training class",
    properties=(
        *entry(),
        choice(
            "state", "状态", "Where it stands", REGISTRATION_STATE, required=True, sortable=True
        ),
        text(
            "party",
            "报名组",
            "What all who registered together share; one person alone is a party too",
            required=True,
        ),
        integer("partySize", "组人数", "How many registered together", required=True),
        integer("priority", "优先级", "Higher goes first on the waiting list"),
        text(
            "rank",
            "候补次序",
            "Sorts whoever waits for a seat: class, priority (the higher the lower the number), time of approval, party,"
            " home; empty for everybody else",
            sortable=True,
        ),
        text(
            "seat",
            "占用名额",
            "The class a seat of which it takes and the institution whose quota it counts against; empty for everybody else",
        ),
        instant("submittedAt", "提交时间", "When it was submitted", sortable=True),
        instant("approvedAt", "批准时间", "When the home institution approved", sortable=True),
        text("reason", "原因", "Why it was rejected or cancelled"),
    ),
    edges=(
        edge(
            "person",
            "REGISTERS",
            "Person",
            "报名人",
            "Who is registered",
            one=True,
            reverse=("registrations", "培训报名", "The person's registrations"),
        ),
        edge(
            "trainingClass",
            "FOR_CLASS",
            "TrainingClass",
            "培训班",
            "The class",
            one=True,
            reverse=("registrations", "报名", "Registrations for it"),
        ),
        edge(
            "home",
            "REGISTERED_BY",
            "Institution",
            "派出机构",
            "The institution that sends the person",
            one=True,
            reverse=("registrationsSent", "派出报名", "Registrations of its people"),
        ),
        edge(
            "organiser",
            "REGISTERED_WITH",
            "Institution",
            "主办机构",
            "The institution that holds the class",
            one=True,
            reverse=("registrationsReceived", "收到报名", "Registrations for its classes"),
        ),
    ),
    indexes=(("seat",), ("party",)),
    visible=INSTITUTION,
    clerical=True,
    holder=("home", "organiser"),
    subject="person",
)

CERTIFICATE = noun(
    "Certificate",
    "certificates",
    "证书",
    "A certificate of a training class",
    properties=(
        *record(),
        text(
            "number",
            "证书编号",
            "Its number, by which anyone can verify it",
            required=True,
            key=True,
        ),
        day("issuedOn", "发证日期", "Day it was issued", sortable=True),
        day("revokedOn", "撤销日期", "Day it was revoked; empty while it holds"),
        text("reason", "原因", "Why it was revoked"),
    ),
    edges=(
        edge(
            "person",
            "CERTIFIES",
            "Person",
            "持证人",
            "Who it certifies",
            one=True,
            reverse=("certificates", "证书", "The person's certificates"),
        ),
        edge(
            "registration",
            "ISSUED_FOR",
            "Registration",
            "报名",
            "The registration it was issued for",
            one=True,
            reverse=(
                "certificates",
                "证书",
                "Certificates issued for it, of which one at most is not revoked",
            ),
        ),
        edge(
            "trainingClass",
            "OF_CLASS",
            "TrainingClass",
            "培训班",
            "The class",
            one=True,
            reverse=("certificates", "证书", "Certificates of it"),
        ),
        edge(
            "issuer",
            "ISSUED_BY",
            "Institution",
            "发证机构",
            "The institution that issued it",
            one=True,
            reverse=("certificatesIssued", "颁发证书", "Certificates it issued"),
        ),
        edge(
            "home",
            "HELD_AT",
            "Institution",
            "派出机构",
            "The institution that sent the holder",
            one=True,
            reverse=("certificatesHeld", "所派人员证书", "Certificates of people whom it sent"),
        ),
    ),
    visible=INSTITUTION,
    clerical=True,
    holder=("issuer", "home"),
    subject="person",
)
