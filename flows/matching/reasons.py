"""Why an exchange was chosen, in both languages: skills, wishes, what it does to the ledger, circle, quota."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flows.matching.candidates import Candidate
from flows.matching.circles import Figure

Named = Callable[[str], str]
_LEVELS = {0: ("", ""), 1: ("熟悉", "familiar"), 2: ("熟练", "skilled"), 3: ("专家", "expert")}


@dataclass(frozen=True, slots=True)
class Reason:
    """One text in each language."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known beside the candidate: balances by institution before and after the whole plan, quota used by it, its figure."""

    before: Mapping[str, float]
    after: Mapping[str, float]
    used: int
    figure: Figure | None = None


def reason(candidate: Candidate, ground: Ground, named: Named) -> Reason:
    """The sentences; `named` gives the name of an id."""
    parts = [
        _skills(candidate, named),
        _wanted(candidate, named),
        _ledger(candidate, ground, named),
        _figure(ground.figure, named),
        _quota(candidate, ground),
    ]
    zh = "；".join(each.zh for each in parts if each.zh)
    en = "; ".join(each.en for each in parts if each.en)
    return Reason(f"{zh}。", f"{en}.")


def _skills(candidate: Candidate, named: Named) -> Reason:
    known = candidate.wish.skills
    met = [(named(topic), _LEVELS[known[topic]]) for topic in sorted(candidate.post.requires)]
    if not met:
        return Reason("岗位不限专长", "the post requires no particular topic")
    zh = "、".join(f"{topic}（{level[0]}）" for topic, level in met)
    en = ", ".join(f"{topic} ({level[1]})" for topic, level in met)
    return Reason(f"具备岗位要求的专长：{zh}", f"skilled in what the post requires: {en}")


def _wanted(candidate: Candidate, named: Named) -> Reason:
    host = named(candidate.post.host)
    if candidate.post.host in candidate.wish.named:
        return Reason(f"本人希望到{host}", f"asked for {host} by name")
    if candidate.wish.places is not None:
        return Reason(
            f"{host}在本人希望的地区内", f"{host} lies in a division that the person asked for"
        )
    return Reason("", "")


def _ledger(candidate: Candidate, ground: Ground, named: Named) -> Reason:
    """Plus: sent more than received."""
    places = (candidate.wish.home, candidate.post.host)
    moves = [
        (named(each), ground.before.get(each, 0.0), ground.after.get(each, 0.0)) for each in places
    ]
    zh = "，".join(f"{name} {before:+.2f} → {after:+.2f}" for name, before, after in moves)
    en = ", ".join(f"{name} {before:+.2f} → {after:+.2f}" for name, before, after in moves)
    return Reason(
        f"派出减接收的差额（人月，方案前 → 方案后）：{zh}",
        f"balance of person-months sent less received, before → after the plan: {en}",
    )


def _figure(figure: Figure | None, named: Named) -> Reason:
    if figure is None:
        return Reason("", "")
    way = "→".join(named(each) for each in figure.places)
    number = len(figure.members)
    if not figure.is_circle:
        return Reason(f"属于 {number} 环的链：{way}", f"part of a chain of {number}: {way}")
    return Reason(
        f"属于 {number} 方循环：{way}，每方各派一人、各接一人",
        f"part of a circle of {number}: {way}, in which each sends one and receives one",
    )


def _quota(candidate: Candidate, ground: Ground) -> Reason:
    quota = candidate.grant.quota
    if quota is None:
        return Reason("依据条款不限名额", "its clause sets no quota")
    return Reason(
        f"方案实施后派出方名额使用 {ground.used}/{quota}",
        f"with the plan the sending side has used {ground.used} of {quota} places",
    )
