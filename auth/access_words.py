"""The sentences of an explanation of access, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from graph_store.model.people import ROLE
from graph_store.rights import RoleHeld

_ROLES = {each.value: each for each in ROLE.options}


class Said(NamedTuple):
    """One sentence, or several, in Chinese and English."""

    zh: str
    en: str

    def __add__(self, more: object) -> Said:
        """Both, one after the other."""
        assert isinstance(more, Said)
        return Said(self.zh + more.zh, f"{self.en} {more.en}".strip())


NOTHING = Said("", "")
WITHHELD = Said("（名称不公开）", "(its name is not public)")

_DO = {
    "see": Said("查看", "see it"),
    "use": Said("使用", "use it"),
    "edit": Said("编辑", "edit it"),
    "decide": Said("审批", "decide for it"),
    "exchange_cadres": Said("与其交流干部", "exchange staff with it"),
    "training_seats": Said("选派人员参加其培训", "send people to its training"),
    "accept_vouchers": Said("在其使用创新券", "pay it by voucher"),
    "preferential_price": Said("享受其优惠价格", "have its lower price"),
}
_CLAUSES = {
    "use": Said("仪器或数据共享", "sharing of instruments or data"),
    "exchange_cadres": Said("干部交流", "exchange of staff"),
    "training_seats": Said("培训名额", "training seats"),
    "accept_vouchers": Said("创新券互认", "acceptance of vouchers"),
    "preferential_price": Said("优惠价格", "a lower price"),
}
_GROUNDS = {
    "public": Said("该记录公开，任何人可见", "the record is public"),
    "network": Said(
        "您属于成员机构，全网可见", "you belong to a member agency, all of which see it"
    ),
    "institution": Said(
        "该记录由您所属的机构负责", "an institution of yours answers for the record"
    ),
    "self": Said("这是您本人的记录", "the record is about you"),
    "role": Said("您在负责该记录的机构持有相应角色", "you hold the role that it needs"),
}
_STEPS = {
    "viewer": Said("您", "you"),
    "role": Said("角色", "your role"),
    "institution": Said("所在机构", "your institution"),
    "party": Said("签约方", "party"),
    "agreement": Said("协议", "agreement"),
    "clause": Said("条款", "clause"),
    "holder": Said("负责机构", "institution that answers for it"),
    "node": Said("目标记录", "the record"),
}
_STATUSES = {
    "draft": Said("尚未签署", "is not signed"),
    "suspended": Said("已中止", "is suspended"),
    "terminated": Said("已终止", "has ended"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """Makes the sentences."""

    def step(self, part: str, name: Said | None, role: RoleHeld | None) -> Said:
        """One step: what it is, and its name where that may be told."""
        what = _STEPS[part]
        if part == "role" and role is not None:
            option = _ROLES[role.role.value]
            until = (
                Said(f"（至 {role.until}）", f" (until {role.until})") if role.until else NOTHING
            )
            return Said(
                f"{what.zh}：{option.zh}{until.zh}", f"{what.en}: {role.role.value}{until.en}"
            )
        if part == "viewer":
            return what
        told = name or WITHHELD
        return Said(f"{what.zh}：{told.zh}", f"{what.en}: {told.en}")

    def allowed(self, action: str, ground: str, agreement: Said | None, until: str | None) -> Said:
        """Why it is allowed, and until when."""
        do = _DO[action]
        named = agreement or WITHHELD
        why = _GROUNDS.get(ground) or Said(
            f"生效中的协议“{named.zh}”含有相应条款",
            f"the agreement in force “{named.en}” has a clause that grants it",
        )
        end = Said(f"，至 {until}", f", until {until}") if until else NOTHING
        return Said(
            f"可以{do.zh}：{why.zh}{end.zh}。",
            f"You may {do.en}: {why.en}{end.en}.",
        )

    def denied(self, action: str) -> Said:
        """That it is not."""
        do = _DO[action]
        return Said(f"不能{do.zh}。", f"You may not {do.en}.")

    def nothing(self, *, is_signed_on: bool) -> tuple[Said, Said]:
        """For whatever the viewer does not see, and whatever is not there."""
        said = Said(
            "没有您可见的这一标识的记录。", "There is no record with this id that you may see."
        )
        missing = Said(
            "请核对标识；如确有该记录，则需其负责机构公开它，或由生效中的协议共享给您的机构。",
            "Check the id; if there is such a record, the institution that answers for it must make it public, or an agreement"
            " in force must share it with your institution.",
        )
        if not is_signed_on:
            missing += Said(
                "您尚未登录，登录后可见范围更大。",
                "You are not signed on; signed on you may see more.",
            )
        return said, missing

    def missing(  # noqa: PLR0913 - what is known of the case, by keyword
        self,
        action: str,
        noun: str,
        *,
        is_signed_on: bool,
        is_draft: bool,
        is_editable: bool,
        may_write: bool,
    ) -> Said:
        """What would have to be, for a record that the viewer sees."""
        if not is_signed_on:
            return Said("需要先登录。", "You must sign on first.")
        if action in _CLAUSES:
            return self._of_clause(action, noun)
        if action == "decide":
            return Said(
                "需要在负责该记录的机构（或其上级机构）持有审批人角色。",
                "This needs the role approver at the institution that answers for it, or at one of which that is part.",
            )
        if not is_editable:
            return Said(
                "此类记录由数据来源更新，不在枢纽中编辑。",
                "Records of this kind come from their sources and are not edited in the hub.",
            )
        if not is_draft:
            return Said(
                "协议已签署，内容和条款不能再修改，只能中止、恢复或终止。",
                "The agreement is signed: its content stands, it can only be suspended, resumed or ended.",
            )
        if not may_write:
            return Said(
                "所用令牌不含写入用途 graph:write。",
                "The token that was used has no scope graph:write.",
            )
        return Said(
            "需要在负责该记录的机构（或其上级机构）持有机构管理员角色。",
            "This needs the role institution_admin at the institution that answers for it, or at one of which that is part.",
        )

    @staticmethod
    def _of_clause(action: str, noun: str) -> Said:
        if action == "use" and noun not in {"Instrument", "Dataset"}:
            return Said(
                "只有仪器和科学数据可以申请使用。",
                "Only instruments and datasets are there to be used.",
            )
        clause = _CLAUSES[action]
        return Said(
            f"需要您的机构与其负责机构之间有一份生效中的协议，含“{clause.zh}”条款。",
            f"This needs an agreement in force between your institution and the one that answers for it, with a clause on"
            f" {clause.en}.",
        )

    def misses(self, rows: Iterable[list[Any]], known: dict[str, Said], day: str) -> Said:
        """Agreements between the two that do not do, and why each does not; those whose name is not public are passed over."""
        said = NOTHING
        for id_, status, begins, ends, has_clause in rows:
            name = known.get(id_)
            if name is not None:
                why = _why(status, begins, ends, day, has_clause=has_clause)
                said += Said(f"协议“{name.zh}”{why.zh}。", f"The agreement “{name.en}” {why.en}.")
        return said


def _why(status: str, begins: str | None, ends: str | None, day: str, *, has_clause: bool) -> Said:
    if status in _STATUSES:
        return _STATUSES[status]
    if begins is None:
        return Said("未定生效日期", "has no first day")
    if begins > day:
        return Said(f"自 {begins} 起生效", f"is in force from {begins}")
    if ends is not None and ends < day:
        return Said(f"已于 {ends} 到期", f"expired on {ends}")
    if not has_clause:
        return Said("不含此条款", "has no such clause")
    return Said("的条款范围不包括此情形", "has such a clause, whose scope leaves this out")
