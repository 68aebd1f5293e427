"""Facts of cadre exchange: which of its rules stands in the way, with the figures and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.commands.facts import Fact


@dataclass(frozen=True, slots=True)
class SameInstitution(Fact):
    """派出与接收为同一机构 | Nobody is exchanged to where they come from."""

    zh = "岗位由派出机构 {institution} 自己提供。"
    en = "The post is offered by {institution}, which would send the person."
    next_zh = "请选择其他机构提供的岗位。"
    next_en = "Choose a post that another institution offers."

    institution: str


@dataclass(frozen=True, slots=True)
class NotEmployedAtHome(Fact):
    """此人不在派出机构任职 | The person does not belong to the institution that would send them."""

    zh = "{person} 今天不在 {institution} 任职。"
    en = "{person} is not affiliated with {institution} today, or only on exchange or as a visitor."
    next_zh = "请核对派出机构，或先以 startAffiliation 登记其任职。"
    next_en = "Check the home institution, or note the affiliation first: startAffiliation."

    person: str
    institution: str


@dataclass(frozen=True, slots=True)
class NoClauseCoversIt(Fact):
    """没有协议条款允许 | No agreement between the two institutions lets staff be exchanged."""

    zh = "{home} 与 {host} 之间没有允许干部交流的协议条款。"
    en = "No agreement between {home} and {host} has a clause on the exchange of staff that binds both."
    next_zh = (
        "请由双方或其上级机构签署含干部交流条款（exchange_cadres）的协议，或选择其他接收机构。"
    )
    next_en = (
        "Let both, or those that they are part of, sign an agreement with a clause exchange_cadres, or choose"
        " another host."
    )

    home: str
    host: str


@dataclass(frozen=True, slots=True)
class AgreementNotInForce(Fact):
    """协议在交流期内未全程生效 | There is such a clause, but it does not hold for the whole period."""

    zh = "协议 {agreement} 的条款 {clause}（{status}）在 {since} 至 {until} 期间并非全程生效。"
    en = "Clause {clause} of {agreement} ({status}) is not in force for all of {since} to {until}."
    next_zh = (
        "请将交流期调整到协议有效期内，或由各方签署、恢复或续签协议；已提交的请撤回后重新提交。"
    )
    next_en = (
        "Choose a period within the agreement's, or have it signed, resumed or renewed; withdraw what was"
        " submitted and draft it again."
    )

    agreement: str
    clause: str
    status: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class QuotaIsUsedUp(Fact):
    """派出名额已用完 | The sending party has sent as many as the clause lets it."""

    zh = "{institution} 按条款 {clause} 可派出 {quota} 人（{period}），已占用 {used} 人。"
    en = "{institution} may send {quota} by clause {clause} ({period}); {used} are taken."
    next_zh = "请等待名额释放（撤回、驳回即释放），改到下一周期，或由各方商定增加名额。"
    next_en = (
        "Wait until a place is freed (withdrawing or rejecting one frees it), begin in the next period, or agree"
        " on a larger quota."
    )

    institution: str
    clause: str
    quota: int
    used: int
    period: str


@dataclass(frozen=True, slots=True)
class PostIsClosed(Fact):
    """岗位已关闭 | Nobody may be put forward for the post any more."""

    zh = "岗位 {post} 已关闭。"
    en = "The post {post} is closed."
    next_zh = "请选择其他岗位，或请接收机构重新开放。"
    next_en = "Choose another post, or ask the host to open it again."

    post: str


@dataclass(frozen=True, slots=True)
class PostIsTaken(Fact):
    """岗位名额已满 | As many as the post has room for hold it in that period."""

    zh = "岗位 {post} 有 {vacancies} 个名额，{since} 至 {until} 期间已有 {taken} 人。"
    en = "The post {post} has room for {vacancies}; {taken} hold it at once between {since} and {until}."
    next_zh = "请改期、选择其他岗位，或请接收机构增加名额。"
    next_en = "Choose another period or post, or ask the host for more room."

    post: str
    vacancies: int
    taken: int
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class PeriodOutsidePost(Fact):
    """交流期超出岗位期限 | The post is not offered for the whole period."""

    zh = "岗位 {post} 只在 {since} 至 {until} 期间提供。"
    en = "The post {post} is offered from {since} to {until} only."
    next_zh = "请将交流期调整到岗位期限内。"
    next_en = "Choose a period within the post's."

    post: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class PersonIsOnExchange(Fact):
    """此人另有交流 | Another exchange of the person takes some of the same days, or still goes on."""

    zh = "此人另有交流 {exchange}（{since} 至 {until}），时间冲突。"
    en = "The person has another exchange, {exchange}, from {since} to {until}."
    next_zh = "请改期，或先撤回、结束另一项交流。"
    next_en = "Choose another period, or withdraw or end the other one first."

    exchange: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class RequirementsNotMet(Fact):
    """不符合岗位要求 | The person lacks topics that the post requires, or their level."""

    zh = "岗位 {post} 要求的专长不足：{topics}。"
    en = "The person lacks what the post {post} requires: {topics}."
    next_zh = "请核对并补充其专长（editPerson 的 topics），或选择其他岗位。"
    next_en = "Complete the person's topics (editPerson) if they are wrong, or choose another post."

    post: str
    topics: str


@dataclass(frozen=True, slots=True)
class FirstDayHasCome(Fact):
    """起始日已到 | An exchange is decided on before its first day."""

    zh = "起始日 {since} 已到，不能再提交或审批。"
    en = "The first day, {since}, has come: it can be neither submitted nor approved any more."
    next_zh = "请另拟一份起始日在今天之后的交流。"
    next_en = "Draft another one that begins after today."

    since: str


@dataclass(frozen=True, slots=True)
class TooEarly(Fact):
    """时间未到 | The day of this move has not come."""

    zh = "{act} 须在 {day} 当天或之后进行。"
    en = "{act} can be done on {day} at the earliest."
    next_zh = "请届时再办；提前结束请由派出机构召回（recallExchange）。"
    next_en = "Wait until then; to end an exchange before, let its home institution recall it: recallExchange."

    act: str
    day: str
