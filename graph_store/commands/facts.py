"""What a command answers: the deed, or a fact, which is something a client may do wrong or run into.

Facts are values that are returned, never raised; each tells in both languages what happened and what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

import orjson


@dataclass(frozen=True, slots=True)
class Written:
    """The deed: the record as it is after the command."""

    noun: str
    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Fact:
    """The base of the family.

    `zh`, `en` and `next_zh`, `next_en` are sentences with the fact's fields in braces. `denies`: somebody wanted what is not
    theirs to do, which the audit log is told.
    """

    denies: ClassVar[bool] = False

    zh: ClassVar[str]
    en: ClassVar[str]
    next_zh: ClassVar[str]
    next_en: ClassVar[str]

    @property
    def message(self) -> str:
        """What happened, in Chinese."""
        return self.zh.format(**asdict(self))

    @property
    def message_en(self) -> str:
        """What happened, in English."""
        return self.en.format(**asdict(self))

    @property
    def what_next(self) -> str:
        """What to do now, in Chinese."""
        return self.next_zh.format(**asdict(self))

    @property
    def what_next_en(self) -> str:
        """What to do now, in English."""
        return self.next_en.format(**asdict(self))


@dataclass(frozen=True, slots=True)
class RecordNotFound(Fact):
    """记录不存在 | No record of the kind that is wanted has this id."""

    zh = "没有标识为 {id} 的{noun}记录。"
    en = "There is no {noun} with the id {id}."
    next_zh = "请核对标识；标识由查询结果中的 id 给出。"
    next_en = "Check the id: it is the `id` that a query gives."

    id: str
    noun: str


@dataclass(frozen=True, slots=True)
class RecordHasChanged(Fact):
    """记录已被他人修改 | Somebody else changed it since it was read: a lost update, prevented."""

    zh = "记录 {id} 已被他人修改，现为第 {version} 版。"
    en = "{id} has been changed since it was read; it is at version {version} now."
    next_zh = "请重新读取记录，在新版本上修改后再提交。"
    next_en = "Read the record again and send the edit with its new version."

    id: str
    version: int


@dataclass(frozen=True, slots=True)
class RecordHasEnded(Fact):
    """记录已终止 | It was ended before; nothing can begin or end in it any more."""

    zh = "记录 {id} 已经终止。"
    en = "{id} has ended already."
    next_zh = "如终止有误，请先编辑该记录恢复其状态或日期。"
    next_en = "If that is a mistake, edit the record's status or last day first."

    id: str


@dataclass(frozen=True, slots=True)
class NotYours(Fact):
    """没有相应的权限 | The actor lacks the role at the institutions that answer for the record, or is not signed on."""

    denies = True

    zh = "需要在 {at} 具有 {role} 角色。"
    en = "This needs the role {role} at {at}, or at an institution of which it is part."
    next_zh = "请联系该机构的管理员办理，或由其以 grantRole 授权。"
    next_en = "Ask an administrator of that institution to do it, or to give the role: grantRole."

    role: str
    at: str

    @property
    def message(self) -> str:
        """What is missing, in Chinese."""
        return self._said(0, self.zh)

    @property
    def message_en(self) -> str:
        """What is missing, in English."""
        return self._said(1, self.en)

    @property
    def what_next(self) -> str:
        """Who can give it, in Chinese."""
        return self._said(2, self.next_zh)

    @property
    def what_next_en(self) -> str:
        """Who can give it, in English."""
        return self._said(3, self.next_en)

    def _said(self, part: int, otherwise: str) -> str:
        said = _NEEDED.get(self.role)
        return (said[part] if said else otherwise).format(**asdict(self))


_NEEDED = {
    "sign_on": (
        "此操作需要登录。",
        "This can only be done by somebody who is signed on.",
        "请先登录（/auth/login），或随请求出示访问令牌，然后重新提交。",
        "Sign on at /auth/login, or bring an access token with the request, and send it again.",
    ),
    "graph_write": (
        "所用令牌不含写入用途 graph:write。",
        "The token that was used has no scope graph:write.",
        "请使用含 graph:write 用途的令牌，或登录后操作。",
        "Use a token with the scope graph:write, or sign on.",
    ),
    "platform_admin": (
        "此操作需要平台管理员（platform_admin）角色。",
        "This needs the role platform_admin.",
        "请联系平台管理员办理。",
        "Ask an administrator of the platform to do it.",
    ),
}
"""What is missing that no institution can give: zh, en, and what to do next in both."""


@dataclass(frozen=True, slots=True)
class NotADraft(Fact):
    """协议已非草案 | The agreement is no draft any more: its content stands, it can only be acted upon."""

    zh = "协议 {id} 已不是草案（{status}），其内容和条款不能再修改。"
    en = "{id} is no draft any more ({status}): its content and its clauses cannot be changed."
    next_zh = "如需变更，请另拟协议并由各方签署；也可中止或终止本协议。"
    next_en = "Draft another agreement and have it signed, or suspend or end this one."

    id: str
    status: str


@dataclass(frozen=True, slots=True)
class NotNow(Fact):
    """现在的状态下不能这样做 | The record's status does not allow it."""

    zh = "{id} 现为 {status} 状态，不能执行 {act}。"
    en = "{id} is {status}, from which {act} leads nowhere."
    next_zh = "请重新读取其状态，选择该状态下可行的操作。"
    next_en = "Read its status again and do what that status allows."

    id: str
    act: str
    status: str


@dataclass(frozen=True, slots=True)
class ValueIsInvalid(Fact):
    """字段值不合要求 | A value that its field cannot take."""

    zh = "{field}：{problem}。"
    en = "{field}: {problem_en}."
    next_zh = "请更正 {field} 后重新提交。"
    next_en = "Correct {field} and send it again."

    field: str
    problem: str
    problem_en: str


@dataclass(frozen=True, slots=True)
class IdentifierIsInvalid(Fact):
    """标识符无效 | An identifier that breaks the rules of its scheme."""

    zh = "{field} 不是有效的标识符：{problem}。"
    en = "{field} is not a valid identifier: {problem_en}."
    next_zh = "请对照原件核对 {field}。"
    next_en = "Compare {field} with its source."

    field: str
    problem: str
    problem_en: str


@dataclass(frozen=True, slots=True)
class IdentifierIsTaken(Fact):
    """标识符已被占用 | Another record has this identifier, which only one may have."""

    zh = "{field} 已被记录 {by} 使用。"
    en = "{field} is already the identifier of {by}."
    next_zh = "如为同一对象，请编辑 {by}，不要重复登记。"
    next_en = "If it is the same thing, edit {by} instead."

    field: str
    by: str


@dataclass(frozen=True, slots=True)
class DatesOutOfOrder(Fact):
    """日期先后颠倒 | A last day before its first day."""

    zh = "{last}（{last_day}）早于 {first}（{first_day}）。"
    en = "{last} ({last_day}) lies before {first} ({first_day})."
    next_zh = "请更正其中一个日期。"
    next_en = "Correct one of the two days."

    first: str
    first_day: str
    last: str
    last_day: str


@dataclass(frozen=True, slots=True)
class PeriodsOverlap(Fact):
    """任职时间重叠 | The person already has this role at this institution for part of the time."""

    zh = "此人在 {institution} 已有同一角色的任职，时间重叠（{since} 至 {until}）。"
    en = "The person already has this role at {institution} from {since} to {until}."
    next_zh = "请编辑或先结束已有的任职。"
    next_en = "Edit or end the existing affiliation first."

    institution: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class AffiliationNotFound(Fact):
    """没有所指的任职 | The person has no such affiliation."""

    zh = "{person} 在 {institution} 没有所指的任职。"
    en = "{person} has no such affiliation with {institution}."
    next_zh = "请读取此人的 affiliations，按其中的机构、角色和起始日指定。"
    next_en = "Read the person's affiliations and name one by its institution, role and first day."

    person: str
    institution: str


@dataclass(frozen=True, slots=True)
class AffiliationHasEnded(Fact):
    """任职已结束 | The affiliation ended before the day on which it is to end."""

    zh = "{person} 在 {institution} 的任职已于 {until} 结束。"
    en = "{person} left {institution} on {until} already."
    next_zh = "如日期有误，请编辑该任职。"
    next_en = "If the day is wrong, edit the affiliation."

    person: str
    institution: str
    until: str


@dataclass(frozen=True, slots=True)
class NotForYourself(Fact):
    """不能授予自己 | Nobody gives themselves a role."""

    denies = True

    zh = "不能给自己授予角色（{person}）。"
    en = "Nobody gives a role to themselves ({person})."
    next_zh = "请由另一位有权的管理员办理。"
    next_en = "Ask another administrator who may give it."

    person: str


@dataclass(frozen=True, slots=True)
class RoleIsHeld(Fact):
    """已持有该角色 | The person already holds this role at this institution for part of the time."""

    zh = "{person} 在 {institution} 已持有 {role} 角色，时间重叠。"
    en = "{person} already holds the role {role} at {institution} for part of that time."
    next_zh = "如需更改期限，请先以 revokeRole 收回，再重新授予。"
    next_en = "To change its days, take it by revokeRole and grant it again."

    person: str
    institution: str
    role: str


@dataclass(frozen=True, slots=True)
class RoleIsNotHeld(Fact):
    """没有所指的角色 | The person holds no such role at this institution."""

    zh = "{person} 在 {institution} 未持有 {role} 角色。"
    en = "{person} does not hold the role {role} at {institution}."
    next_zh = "请读取此人的 roles，按其中的机构和角色指定。"
    next_en = "Read the person's roles and name one by its institution and role."

    person: str
    institution: str
    role: str


@dataclass(frozen=True, slots=True)
class LastPlatformAdmin(Fact):
    """最后一位平台管理员 | Without this one nobody would administer the platform."""

    zh = "{person} 是最后一位平台管理员，不能收回。"
    en = "{person} is the last administrator of the platform."
    next_zh = "请先授予另一人 platform_admin 角色（不设截止日），再收回此人的。"
    next_en = "Grant platform_admin to somebody else first, without a last day."

    person: str


@dataclass(frozen=True, slots=True)
class TokensMakeNoTokens(Fact):
    """令牌不能新建令牌 | Whoever came with a token makes none: what leaks cannot grow."""

    zh = "凭令牌访问时不能新建令牌。"
    en = "A token cannot make tokens."
    next_zh = "请在浏览器中登录后新建，或由服务器管理员运行 bashu token create。"
    next_en = "Sign on in the browser and make it there, or let the server's operator run `bashu token create`."
    denies = True


@dataclass(frozen=True, slots=True)
class ScopeIsNotYours(Fact):
    """用途超出权限 | A token may be used for no more than whoever it acts for may do."""

    zh = "令牌不能用于 {scope}：超出了其所有者的权限。"
    en = "The token may not be used for {scope}: whoever it acts for may not do that."
    next_zh = "请去掉该用途；审计日志需要审计员角色，机构的服务令牌只能查询和变更。"
    next_en = "Leave that scope out: the audit log needs the role auditor, and programs of an institution only read and write."
    denies = True

    scope: str


@dataclass(frozen=True, slots=True)
class RequestKeyReused(Fact):
    """请求键已用于其他请求 | The request key stands for another request already."""

    zh = "请求键 {request_key} 已用于内容不同的请求。"
    en = "The request key {request_key} was used for a request with other content."
    next_zh = "新的请求请使用新的请求键。"
    next_en = "Use a new request key for a new request."

    request_key: str


@dataclass(frozen=True, slots=True)
class HubIsBusy(Fact):
    """枢纽繁忙 | More commands are waiting than the hub takes; nothing was done."""

    zh = "等待处理的请求过多（{waiting} 个）。"
    en = "Too many requests are waiting ({waiting})."
    next_zh = "请稍候用同一请求键重试。"
    next_en = "Wait a moment and send it again with the same request key."

    waiting: int


ALWAYS = (RequestKeyReused, HubIsBusy)
"""Facts that the unit of work and the lane add to every command's own."""


def told(answer: Any) -> str:
    """A deed or fact as JSON text, to be kept with its request key."""
    values = {each.name: getattr(answer, each.name) for each in fields(answer)}
    return orjson.dumps({"": type(answer).__name__, **values}).decode()


def recalled(text: str, outcomes: Iterable[type[Any]]) -> Any:
    """The deed or fact that `told` wrote, one of the command's outcomes."""
    values = orjson.loads(text)
    name = values.pop("")
    return next(kind for kind in outcomes if kind.__name__ == name)(**values)
