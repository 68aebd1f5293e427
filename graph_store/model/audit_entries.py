"""审计记录 | An entry of the audit log, appended by the hub (`graph_store/audit/`) and changed by nobody; auditors read it."""

from __future__ import annotations

from graph_store.happened import Happened, Outcome
from graph_store.model.words import (
    Kind,
    Property,
    choice,
    id_,
    instant,
    integer,
    noun,
    options,
    text,
)
from graph_store.rights import Role

HAPPENED = options(
    "AuditHappened",
    (Happened.SIGNED_ON.value, "登录", "Signed on"),
    (Happened.SIGN_ON_REFUSED.value, "登录被拒", "Was refused sign-on"),
    (Happened.SIGNED_OFF.value, "退出", "Signed off"),
    (Happened.SESSION_ENDED.value, "会话被终止", "A session was ended from elsewhere"),
    (Happened.TOKEN_MADE.value, "签发令牌", "Made a token"),
    (
        Happened.TOKEN_USED.value,
        "使用令牌（每日首次）",
        "Used a token, the first time on a day",
    ),
    (Happened.TOKEN_REFUSED.value, "令牌被拒", "A token was refused"),
    (Happened.TOKEN_REVOKED.value, "撤销令牌", "Revoked a token"),
    (Happened.ACCESS_DENIED.value, "无权操作", "Was refused a command or a place"),
    (Happened.ROLE_GRANTED.value, "授予角色", "Granted a role"),
    (Happened.ROLE_REVOKED.value, "收回角色", "Revoked a role"),
    (
        Happened.PERSONAL_DATA_READ.value,
        "读取个人信息",
        "Read personal data in full",
    ),
    (Happened.AUDIT_EXPORTED.value, "导出审计日志", "Exported the audit log"),
)

OUTCOME = options(
    "AuditOutcome",
    (Outcome.DONE.value, "已执行", "It was done"),
    (Outcome.REFUSED.value, "被拒绝", "It was refused"),
)


def _exact(name: str, zh: str, en: str) -> Property:
    """An id of something: compared as it stands, so that an index finds it."""
    return Property(name, Kind.ID, zh, en)


AUDIT_ENTRY = noun(
    "AuditEntry",
    "auditEntries",
    "审计记录",
    "An entry of the audit log",
    properties=(
        id_(),
        integer("seq", "序号", "Its number, without a gap", required=True, sortable=True),
        instant("at", "时间", "When it was written", required=True, sortable=True),
        choice("happened", "事件", "What happened", HAPPENED, required=True),
        choice("outcome", "结果", "How it went", OUTCOME, required=True),
        _exact(
            "actor",
            "执行者",
            "Id of the person, token or part of the hub that did it; empty where nobody was known",
        ),
        text("agency", "担保机构代号", "Key of the agency whose provider vouched for them"),
        _exact("subject", "对象", "Id of the record, session or token concerned"),
        text("reason", "原因", "Code of the reason, where something was refused or ended"),
        _exact("requestId", "请求标识", "Id of the request, as in the hub's log"),
        text("address", "来源地址", "Network address the request came from"),
        text("detail", "细节", "Further values as JSON text, nothing secret or personal"),
        # unique, so that no two entries can follow the same one
        text("previous", "前一摘要", "Digest of the entry before", required=True, key=True),
        text(
            "digest",
            "摘要",
            "SHA-256 over the entry and the digest before",
            required=True,
            key=True,
        ),
    ),
    indexes=(("happened", "seq"), ("actor", "seq"), ("subject", "seq")),
    readers=(Role.AUDITOR,),
    log=True,
)
