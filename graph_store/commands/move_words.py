"""What the moves of machines are called where people see them: zh and en, whatever the noun."""

from __future__ import annotations

WORDS = {
    "submit": ("提交", "Submit"),
    "approve": ("批准", "Approve"),
    "reject": ("驳回", "Reject"),
    "withdraw": ("撤回", "Withdraw"),
    "activate": ("到期启动", "Begin on its first day"),
    "complete": ("完成", "Complete"),
    "recall": ("召回", "Recall"),
    "expire": ("过期", "Expire undecided"),
    "publish": ("发布", "Publish"),
    "open": ("开放", "Open"),
    "close": ("截止报名", "Close"),
    "hold": ("举办", "Hold"),
    "certify": ("发证", "Certify"),
    "cancel": ("取消", "Cancel"),
    "seat": ("分配席位", "Give a seat"),
    "wait": ("列入候补", "Put on the waiting list"),
    "promote": ("候补转正", "Promote from the waiting list"),
    "attend": ("到课", "Mark as attended"),
    "miss": ("缺席", "Mark as absent"),
    "revoke": ("吊销", "Revoke"),
}


def move_words(name: str) -> tuple[str, str]:
    """The move in Chinese and English; its own word where nothing is known."""
    return WORDS.get(name, (name, name.replace("_", " ")))
