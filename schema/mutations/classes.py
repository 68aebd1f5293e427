"""培训班 | Mutations on classes: drafting one with its sessions, and what its organiser does with it."""

from __future__ import annotations

from graph_store.commands.attendance import MARK_ATTENDANCE
from graph_store.commands.certificates import CERTIFY_CLASS
from graph_store.commands.classes import (
    CANCEL_CLASS,
    CLOSE_CLASS,
    CREATE_CLASS,
    EDIT_CLASS,
    HOLD_CLASS,
    PUBLISH_CLASS,
    RULES,
    SESSION,
)
from resolvers.commands.training import edited_class, given_attendance, new_class
from schema.mutations.fields import mutation
from schema.mutations.inputs import Given, create_fields, edit_fields, input_type, value
from schema.mutations.moves import moves
from schema.mutations.registrations import CLASS, registration_ids

NOUN = "TrainingClass"
_SESSION = input_type(
    "ClassSessionInput",
    "一次课 | One session of a class",
    {each.name: value(each, required=each.name in {"startsAt", "endsAt"}) for each in SESSION},
)
_SESSIONS = Given(
    list[_SESSION],  # type: ignore[valid-type] # made from the model
    "课次",
    "Its sessions",
)

CLASSES = (
    mutation(
        CREATE_CLASS,
        NOUN,
        "ClassCreated",
        "新建培训班草案，由主办机构 | Draft a training class, by its organiser",
        fields=create_fields(RULES) | {"sessions": _SESSIONS},
        to_command=new_class,
    ),
    mutation(
        EDIT_CLASS,
        NOUN,
        "ClassEdited",
        "编辑培训班；发布后只能改名称、地点、说明、名额、报名截止时间，增加名额即依次递补"
        " | Edit a class; once published only its name, place, description, seats, quota and when registration closes, and more seats"
        " promote whoever waits",
        fields=edit_fields(RULES)
        | {
            "sessions": _SESSIONS._replace(
                zh="课次，替换草案原有全部", en="Its sessions: replace all that a draft had"
            )
        },
        to_command=edited_class,
    ),
    moves(
        PUBLISH_CLASS,
        NOUN,
        "ClassPublished",
        "发布培训班，开始报名 | Publish a class: registration opens",
    ),
    moves(
        CLOSE_CLASS,
        NOUN,
        "ClassClosed",
        "截止报名；截止统一分配的班随后分配名额 | Close registration; where seats are given at close the hub gives them then",
    ),
    moves(
        HOLD_CLASS,
        NOUN,
        "ClassHeld",
        "登记培训班已举办；仍在等候者的报名由枢纽取消 | Record that it was held; the hub cancels what still waits",
    ),
    mutation(
        MARK_ATTENDANCE,
        NOUN,
        "AttendanceMarked",
        "登记出席与缺席，全部或全不；发证前可更正"
        " | Mark who attended and who was absent, all or none; may be corrected until the certificate is issued",
        fields={
            "trainingClass": CLASS,
            "attended": registration_ids(
                "出席者的报名标识", "Ids of the registrations of those who attended"
            ),
            "absent": registration_ids(
                "缺席者的报名标识", "Ids of the registrations of those who were absent"
            ),
        },
        to_command=given_attendance,
    ),
    moves(
        CERTIFY_CLASS,
        NOUN,
        "ClassCertified",
        "为全部出席者颁发证书 | Issue certificates for all who attended",
    ),
    moves(
        CANCEL_CLASS,
        NOUN,
        "ClassCancelled",
        "取消培训班及其全部报名，并通知各人 | Cancel a class with all its registrations, and tell their people",
        reasoned=True,
    ),
)
