"""Facts of training: what classes, registrations and certificates refuse."""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.commands.facts import Fact


@dataclass(frozen=True, slots=True)
class ClassIsClosed(Fact):
    """培训班不在可办理的状态 | The class is not in a state, or its time has passed, in which this can be done."""

    zh = "培训班 {id} 现为 {status}，不能办理此事；或报名时间已过。"
    en = "The class {id} is {status}, so this cannot be done now, or its time for it has passed."
    next_zh = "请查看该班的状态与报名截止时间；如需延长，请联系主办机构。"
    next_en = "Look at the class's state and at when its registration closes; ask its organiser for more time."

    id: str
    status: str


@dataclass(frozen=True, slots=True)
class ClassIsIncomplete(Fact):
    """培训班信息不完整 | The class lacks what people must know before they can register."""

    zh = "培训班 {id} 尚缺 {field}，不能发布。"
    en = "The class {id} cannot be published without {field}."
    next_zh = "请以 editClass 填写 {field} 后再发布。"
    next_en = "Give {field} by editClass, then publish."

    id: str
    field: str


@dataclass(frozen=True, slots=True)
class ClauseDoesNotCover(Fact):
    """条款不适用 | The clause is none on training seats that is in force for the organiser on the class's first day."""

    zh = "条款 {clause} 不是 {institution} 在开班日有效的培训名额条款。"
    en = "{clause} is no clause on training seats that is in force for {institution} on the class's first day."
    next_zh = "请选择以该机构为签约方、届时生效的 training_seats 条款，或不指定条款。"
    next_en = "Name a clause of kind training_seats of an agreement of that institution in force then, or none."

    clause: str
    institution: str


@dataclass(frozen=True, slots=True)
class AlreadyRegistered(Fact):
    """已报名该班 | The person is registered for this class already."""

    zh = "{person} 已报名该班（{id}，{status}）。"
    en = "{person} is registered for this class already: {id}, {status}."
    next_zh = "无需重复报名；如需重新报名，请先以 cancelRegistration 取消原报名。"
    next_en = "There is no need to register twice; cancel the other one first (cancelRegistration)."

    person: str
    id: str
    status: str


@dataclass(frozen=True, slots=True)
class ClassesOverlap(Fact):
    """与其他培训班时间冲突 | The person is registered for another class at the same time."""

    zh = "{person} 已报名的培训班 {other} 与该班时间重叠。"
    en = "{person} is registered for {other}, which takes place at the same time."
    next_zh = "请先取消其中一个报名，或改报其他班次。"
    next_en = "Cancel one of the two registrations, or choose another class."

    person: str
    other: str


@dataclass(frozen=True, slots=True)
class PersonIsElsewhere(Fact):
    """不是该机构的人员 | The person neither works at the institution that would send them nor holds a role there."""

    zh = "{person} 目前不是 {institution} 的人员。"
    en = "{person} does not belong to {institution} today."
    next_zh = "请由其所在机构报名，或先以 startAffiliation 登记任职。"
    next_en = "Let the institution where they belong register them, or enter the affiliation first (startAffiliation)."

    person: str
    institution: str


@dataclass(frozen=True, slots=True)
class PartyTooLarge(Fact):
    """报名组过大 | The group could never be confirmed whole: it has more people than seats can ever be given to it."""

    zh = "{people} 人的报名组超过可一同录取的上限（{most} 人）。"
    en = "A group of {people} can never be confirmed whole: at most {most} can be."
    next_zh = "请分成不超过 {most} 人的小组报名；上限为 0 时，该机构在此班没有名额。"
    next_en = "Register groups of at most {most}; if that is 0, the institution has no seats in this class."

    people: int
    most: int


@dataclass(frozen=True, slots=True)
class SeatsFewerThanTaken(Fact):
    """名额少于已占用 | The seats or the quota would be fewer than are taken."""

    zh = "{field} 不能改为 {wanted}：已占用 {taken} 个。"
    en = "{field} cannot become {wanted}: {taken} are taken."
    next_zh = "请先取消部分报名，或设为不少于 {taken}。"
    next_en = "Cancel registrations first, or set it to {taken} or more."

    field: str
    wanted: int
    taken: int


@dataclass(frozen=True, slots=True)
class FieldStands(Fact):
    """发布后不可更改 | Once a class is published this field stands: people have registered for what it said."""

    zh = "培训班 {id} 已发布，{field} 不能再修改。"
    en = "The class {id} is published: {field} cannot be changed any more."
    next_zh = "请取消该班（cancelClass）并另建新班；名额与报名截止时间仍可修改。"
    next_en = "Cancel the class and make another one; its seats and when its registration closes may still change."

    id: str
    field: str


@dataclass(frozen=True, slots=True)
class SeatsNotAllocated(Fact):
    """名额尚未分配 | The class gives its seats when registration closes, and not all of them are given yet."""

    zh = "培训班 {id} 的名额尚未分配完毕。"
    en = "The seats of the class {id} are not all given yet."
    next_zh = "名额由枢纽在报名截止后自动分配，请稍候再试。"
    next_en = "The hub gives them by itself once registration is closed; try again in a while."

    id: str


@dataclass(frozen=True, slots=True)
class CertificateIsRevoked(Fact):
    """证书已撤销 | The certificate was revoked before."""

    zh = "证书 {number} 已于 {since} 撤销。"
    en = "The certificate {number} was revoked on {since}."
    next_zh = "无需再次撤销；如撤销有误，请由主办机构以 issueCertificate 重新颁发。"
    next_en = "There is nothing left to revoke; if that was a mistake, issue another one (issueCertificate)."

    number: str
    since: str
