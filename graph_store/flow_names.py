"""The hub's flows by name: what each does, in both languages, and when it runs by itself. `flows/deployments.py` makes them of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class FlowTold:
    """A flow as people know it; `cron` in Asia/Shanghai, None: it follows commands only."""

    zh: str
    en: str
    cron: str | None = None


FLOWS: Mapping[str, FlowTold] = {
    "deliver_notices": FlowTold("分发通知", "Hand notices on to e-mail and webhooks"),
    "send_deliveries": FlowTold("发送邮件与回调", "Send e-mail and call webhooks"),
    "advance_exchanges": FlowTold(
        "推进干部交流", "Begin, end and expire exchanges on their days", "2-59/10 * * * *"
    ),
    "close_classes": FlowTold(
        "截止报名", "Close registration when its time has come", "*/5 * * * *"
    ),
    "allocate_seats": FlowTold(
        "分配名额", "Give seats of closed classes, by priority", "3-59/10 * * * *"
    ),
    "promote_waiting_lists": FlowTold(
        "候补递补", "Give free seats to those who wait", "4-59/15 * * * *"
    ),
    "settle_registrations": FlowTold(
        "清理报名", "Cancel what is left of classes that ended", "7-59/15 * * * *"
    ),
    "escalate_overdue_tasks": FlowTold(
        "升级逾期待办", "Pass on decisions that are late", "1-59/10 * * * *"
    ),
    "remind": FlowTold("提醒待办", "Remind of decisions that are due soon", "0 9 * * *"),
    "issue_certificates": FlowTold(
        "颁发证书", "Issue certificates of classes that are certified", "6-59/15 * * * *"
    ),
    "propose_exchanges": FlowTold(
        "匹配交流", "Match willing people with open posts, for the plans that were asked for"
    ),
    "retry_import": FlowTold(
        "重试导入", "Read again what imports did not take, for those who asked"
    ),
    "reconcile": FlowTold(
        "核对", "Find and repair whatever a crash left behind", "8-59/15 * * * *"
    ),
    "forget_request_keys": FlowTold(
        "清理请求键", "Forget request keys that are older than 30 days", "30 3 * * *"
    ),
}
