"""待办 | A decision that somebody owes, what was said about it, who stands in for whom, and what people are told."""

from __future__ import annotations

from graph_store.model.people import ROLE
from graph_store.model.records import entry, record
from graph_store.model.words import (
    INSTITUTION,
    SELF,
    Edge,
    choice,
    day,
    edge,
    flag,
    instant,
    integer,
    noun,
    options,
    text,
    texts,
)

TASK_STATE = options(
    "TaskState",
    ("open", "待处理", "Somebody owes it"),
    ("done", "已处理", "It was decided"),
    ("dropped", "已失效", "Nobody owes it any more"),
)


def _about(name: str, target: str, zh: str, en: str) -> Edge:
    return edge(
        name,
        "ABOUT_RECORD",
        target,
        zh,
        en,
        one=True,
        reverse=("tasks", "待办", "Decisions owed about it"),
    )


TASK = noun(
    "Task",
    "tasks",
    "待办",
    "A decision that somebody owes",
    properties=(
        *record(),
        choice("state", "状态", "Where it stands", TASK_STATE, required=True, sortable=True),
        text("move", "应作决定", "Which decision is owed, in the machine's word", required=True),
        choice("role", "应由角色", "Which role decides", ROLE, required=True),
        integer("priority", "优先级", "Higher is more urgent", sortable=True),
        instant("dueAt", "截止时间", "When it should be decided", required=True, sortable=True),
        instant("escalatedAt", "升级时间", "When it was passed on for being late"),
        instant("doneAt", "处理时间", "When it was decided", sortable=True),
        text("outcome", "处理结果", "What was decided, in the machine's word"),
        text("doneBy", "处理人", "Id of whoever decided, or hub"),
        text("doneFor", "被代理人", "Id of the person in whose place it was decided"),
        instant("remindedAt", "提醒时间", "When people were last reminded of it"),
        integer("escalations", "升级次数", "How often it was passed on for being late"),
        text("escalatedTo", "升级至机构", "Id of the institution whose people owe it by now"),
        text("place", "排序键", "Where it lies in the inbox of its institution while it is open"),
    ),
    edges=(
        edge(
            "institution",
            "OWED_BY",
            "Institution",
            "应处理机构",
            "The institution whose people decide",
            one=True,
            reverse=("tasks", "待办", "Decisions its people owe"),
        ),
        edge(
            "assignee",
            "ASSIGNED_TO",
            "Person",
            "承办人",
            "Who was asked to decide, where one person was",
            one=True,
            reverse=("tasksAssigned", "承办待办", "Decisions the person was asked for"),
        ),
        edge(
            "watchers",
            "COPIED_TO",
            "Person",
            "抄送",
            "Who is told of it too",
            few=True,
            reverse=("tasksCopied", "抄送待办", "Decisions the person is told of"),
        ),
        _about("exchange", "CadreExchange", "干部交流", "The exchange it is about"),
        _about("registration", "Registration", "报名", "The registration it is about"),
        _about("trainingClass", "TrainingClass", "培训班", "The class it is about"),
    ),
    # the inbox is read by place, what is overdue or due soon by its time
    indexes=(("place",), ("state", "dueAt")),
    visible=INSTITUTION,
    clerical=True,
    holder="institution",
    subject="assignee",
)

COMMENT = noun(
    "Comment",
    "comments",
    "意见",
    "Something said about a decision that is owed",
    properties=(
        *record(),
        text("text", "内容", "What was said", required=True),
        flag("isQuestion", "是否提问", "Whether the sender is asked for an answer", required=True),
    ),
    edges=(
        edge(
            "task",
            "SAID_OF",
            "Task",
            "待办",
            "The decision it was said about",
            one=True,
            reverse=("comments", "意见", "What was said about it"),
        ),
        edge(
            "author",
            "SAID_BY",
            "Person",
            "发表人",
            "Who said it",
            one=True,
            reverse=("comments", "意见", "What the person said"),
        ),
        edge(
            "institution",
            "SAID_AT",
            "Institution",
            "所在机构",
            "The institution whose decision it is about",
            one=True,
        ),
    ),
    visible=INSTITUTION,
    clerical=True,
    holder="institution",
    subject="author",
)

DELEGATION = noun(
    "Delegation",
    "delegations",
    "代理",
    "Somebody decides in another's place for a time",
    properties=(
        *record(),
        choice("role", "代理角色", "In which role", ROLE, required=True),
        day("since", "起始日", "First day", sortable=True),
        day("until", "截止日", "Last day", sortable=True),
        instant("endedAt", "提前结束时间", "When it was ended before its last day"),
        texts(
            "kinds",
            "限于事项",
            "Kinds of records it is limited to, by the words of their ids; none: all",
        ),
    ),
    edges=(
        edge(
            "principal",
            "DELEGATED_BY",
            "Person",
            "委托人",
            "In whose place",
            one=True,
            reverse=("delegationsGiven", "委托他人", "Who decides in the person's place"),
        ),
        edge(
            "deputy",
            "DELEGATED_TO",
            "Person",
            "代理人",
            "Who decides",
            one=True,
            reverse=("delegationsHeld", "代理他人", "In whose place the person decides"),
        ),
        edge(
            "institution",
            "DELEGATED_AT",
            "Institution",
            "所在机构",
            "At which institution",
            one=True,
            reverse=("delegations", "代理", "Delegations at it"),
        ),
    ),
    visible=INSTITUTION,
    clerical=True,
    holder="institution",
    subject="deputy",
)

NOTICE = noun(
    "Notice",
    "notices",
    "通知",
    "Something a person is told",
    properties=(
        *entry(),
        text("kind", "类型", "What it tells, in one word for programs", required=True),
        text("body", "正文", "Text in Chinese; the title is the name", required=True),
        text("bodyEn", "英文正文", "Text in English"),
        text("about", "相关记录", "Id of the record it is about"),
        instant("readAt", "阅读时间", "When the person read it"),
    ),
    edges=(
        edge(
            "person",
            "TELLS",
            "Person",
            "收件人",
            "Who is told",
            one=True,
            reverse=("notices", "通知", "What the person is told"),
        ),
    ),
    visible=SELF,
    clerical=True,
    subject="person",
)

NOTICE_LANGUAGE = options(
    "NoticeLanguage",
    ("zh", "中文", "Texts in Chinese", "Chinese"),
    ("en", "英文", "Texts in English", "English"),
)

NOTICE_PREFERENCE = noun(
    "NoticePreference",
    "noticePreferences",
    "通知偏好",
    "How a person wants to be told, beyond the hub itself",
    properties=(
        *record(),
        flag("byEmail", "是否发邮件", "Whether notices go by e-mail too", required=True),
        choice("language", "语言", "In which language", NOTICE_LANGUAGE, required=True),
    ),
    edges=(
        edge(
            "person",
            "PREFERRED_BY",
            "Person",
            "本人",
            "Whose preference it is",
            one=True,
            reverse=("noticePreferences", "通知偏好", "How the person wants to be told"),
        ),
    ),
    visible=SELF,
    clerical=True,
    subject="person",
)
