"""The rules of cadre exchange: guards of its machine, each true under the lock of what it is about (`commands.md`, locks)."""

from __future__ import annotations

from collections.abc import Mapping

from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.exchange_facts import (
    AgreementNotInForce,
    FirstDayHasCome,
    NoClauseCoversIt,
    NotEmployedAtHome,
    PeriodOutsidePost,
    PersonIsOnExchange,
    PostIsClosed,
    PostIsTaken,
    QuotaIsUsedUp,
    RequirementsNotMet,
    TooEarly,
)
from graph_store.commands.exchange_readers import (
    EVER,
    OF_PERSON,
    PRESENT,
    REQUIRED,
    TO_POST,
    UNDER_WAY,
    Cover,
    Row,
    covers,
    most_at_once,
    now,
    overlapping,
)
from graph_store.commands.machines import Step
from graph_store.commands.rows import Tie
from graph_store.model.people import SKILL_LEVEL
from graph_store.model.posts import POST

OPEN = "open"
GUESTS = frozenset({"on_exchange", "visiting"})
"""Roles in which somebody is at an institution without belonging to it."""

_LEVELS = {value: rank for rank, value in enumerate(SKILL_LEVEL.values, 1)}


def begins_later(record: Held, _step: Step, seen: Seen, _draft: Draft) -> FirstDayHasCome | None:
    """It is submitted and approved before its first day."""
    return later(record.properties, seen)


def later(exchange: Row, seen: Seen) -> FirstDayHasCome | None:
    """Refuses one whose first day has come."""
    return None if seen.today < exchange["since"] else FirstDayHasCome(exchange["since"])


def has_begun(record: Held, _step: Step, seen: Seen, _draft: Draft) -> TooEarly | None:
    """Its first day has come."""
    is_there = record["since"] <= seen.today
    return None if is_there else TooEarly("activateExchange", record["since"])


def was_not_decided(record: Held, _step: Step, seen: Seen, _draft: Draft) -> TooEarly | None:
    """Its first day has come before it was decided on."""
    is_there = record["since"] <= seen.today
    return None if is_there else TooEarly("expireExchange", record["since"])


def is_over(record: Held, _step: Step, seen: Seen, _draft: Draft) -> TooEarly | None:
    """Its last day has come."""
    is_there = record["until"] <= seen.today
    return None if is_there else TooEarly("completeExchange", record["until"])


def employed_at_home(
    record: Held, _step: Step, seen: Seen, draft: Draft
) -> NotEmployedAtHome | None:
    """The person belongs to the institution that sends them. Held: the person."""
    person, home = end(seen, record, "person"), end(seen, record, "home")
    held = draft.held(person)
    ties = seen.ties(held, "affiliations") if held else frozenset()
    return None if belongs(ties, home, seen.today) else NotEmployedAtHome(person, home)


def belongs(affiliations: frozenset[Tie], home: str, today: str) -> bool:
    """Whether one of the affiliations makes the person one of home's own today."""
    return any(
        each.far == home
        and each["role"] not in GUESTS
        and (each["since"] or EVER[0]) <= today <= (each["until"] or EVER[1])
        for each in affiliations
    )


def post_is_offered(
    record: Held, _step: Step, seen: Seen, draft: Draft
) -> PostIsClosed | PeriodOutsidePost | None:
    """The post is open, for all of the period. Held: the post."""
    post = draft.held(end(seen, record, "post"), POST)
    assert post is not None
    return offered(post, record.properties)


def offered(post: Held, exchange: Row) -> PostIsClosed | PeriodOutsidePost | None:
    """Refuses a post that is closed, or not offered for all of the period."""
    if post["status"] != OPEN:
        return PostIsClosed(post.id)
    return outside(post.properties, exchange)


def outside(post: Row, exchange: Row) -> PeriodOutsidePost | None:
    """Refuses a period that is not within the post's."""
    first, last = post.get("since") or EVER[0], post.get("until") or EVER[1]
    if first <= exchange["since"] and exchange["until"] <= last:
        return None
    return PeriodOutsidePost(post["id"], post.get("since") or "…", post.get("until") or "…")


def post_is_free(record: Held, _step: Step, seen: Seen, draft: Draft) -> PostIsTaken | None:
    """Fewer hold the post on each day than it has room for. Held: the post."""
    post = draft.held(end(seen, record, "post"), POST)
    assert post is not None
    return room_at(post, record.properties, seen)


def room_at(post: Held, exchange: Row, seen: Seen) -> PostIsTaken | None:
    """Refuses a period on a day of which others take all vacancies."""
    others = [each for each in at_post(post.id, seen) if each["id"] != exchange["id"]]
    since, until = exchange["since"], exchange["until"]
    taken = most_at_once(others, since, until)
    if taken < post["vacancies"]:
        return None
    return PostIsTaken(post.id, post["vacancies"], taken, since, until)


def at_post(post: str, seen: Seen) -> list[Row]:
    """The exchanges that take a vacancy of the post."""
    return now(seen.copy, seen.copy.answer(TO_POST, post), PRESENT, {"post": post})


def person_is_free(
    record: Held, _step: Step, seen: Seen, _draft: Draft
) -> PersonIsOnExchange | None:
    """Nothing else of the person's takes any of the same days. Held: the person."""
    return has_time(end(seen, record, "person"), record.properties, seen)


def has_time(person: str, exchange: Row, seen: Seen) -> PersonIsOnExchange | None:
    """Refuses a period of which something else of the person's takes a day."""
    others = _others(person, exchange, seen)
    return _on_exchange(overlapping(others, exchange["since"], exchange["until"]))


def nothing_else_goes_on(
    record: Held, _step: Step, seen: Seen, _draft: Draft
) -> PersonIsOnExchange | None:
    """The person has one active exchange at a time. Held: the person."""
    others = _others(end(seen, record, "person"), record.properties, seen)
    return _on_exchange([each for each in others if each["state"] == "active"])


def _others(person: str, exchange: Row, seen: Seen) -> list[Row]:
    found = now(seen.copy, seen.copy.answer(OF_PERSON, person), UNDER_WAY, {"person": person})
    return [each for each in found if each["id"] != exchange["id"]]


def _on_exchange(others: list[Row]) -> PersonIsOnExchange | None:
    for each in others:
        return PersonIsOnExchange(each["id"], each["since"], each["until"])
    return None


def requirements_met(
    record: Held, _step: Step, seen: Seen, _draft: Draft
) -> RequirementsNotMet | None:
    """The person knows the topics that the post requires, at least as well. Held: both."""
    return qualified(end(seen, record, "post"), end(seen, record, "person"), seen)


def qualified(post: str, person: str, seen: Seen) -> RequirementsNotMet | None:
    """Refuses somebody who lacks what the post requires, and names it."""
    lacking = [
        f"{each['name']}（{each['asked']}）" if each["asked"] else str(each["name"])
        for each in seen.copy.answer(REQUIRED, f"{post} {person}")
        if not knows(each)
    ]
    return RequirementsNotMet(post, "、".join(lacking)) if lacking else None


def knows(each: Mapping[str, str | bool | None]) -> bool:
    """Whether the topic is known as well as asked; without a level on either side knowing it suffices at the lowest."""
    known, asked = each["known"], each["asked"]
    at_least = _LEVELS.get(str(asked), 1)
    return bool(each["is_known"]) and _LEVELS.get(str(known), 1) >= at_least


def clause_allows(
    record: Held, _step: Step, seen: Seen, _draft: Draft
) -> NoClauseCoversIt | AgreementNotInForce | QuotaIsUsedUp | None:
    """Some clause in force for the whole period lets home send and host receive, and has a place left."""
    return allowed(end(seen, record, "home"), end(seen, record, "host"), record.properties, seen)


def allowed(
    home: str, host: str, exchange: Row, seen: Seen
) -> NoClauseCoversIt | AgreementNotInForce | QuotaIsUsedUp | None:
    """Refuses where not even the best clause between the two is in force throughout and has a place left."""
    found = covers(seen.copy, home, host, exchange)
    if not found:
        return NoClauseCoversIt(home, host)
    return in_force(found[0], exchange) or has_places(found[0])


def clause_still_allows(
    record: Held, _step: Step, seen: Seen, _draft: Draft
) -> NoClauseCoversIt | AgreementNotInForce | QuotaIsUsedUp | None:
    """The clause that was found when it was submitted still does. Held: the clause, which ending its agreement holds too."""
    cover = authorising(record, seen)
    if cover is None:
        return NoClauseCoversIt(end(seen, record, "home"), end(seen, record, "host"))
    return in_force(cover, record.properties) or has_places(cover)


def in_force(cover: Cover, exchange: Row) -> AgreementNotInForce | None:
    """Refuses a clause that does not hold for the whole period."""
    since, until = exchange["since"], exchange["until"]
    if cover.holds(since, until):
        return None
    return AgreementNotInForce(cover.agreement, cover.clause, cover.status, since, until)


def has_places(cover: Cover) -> QuotaIsUsedUp | None:
    """Refuses a clause by which the party has sent as many as it may."""
    if cover.quota is None or cover.left >= 1:
        return None
    return QuotaIsUsedUp(cover.party, cover.clause, cover.quota, cover.used, cover.period)


def candidates(record: Held, seen: Seen) -> list[Cover]:
    """All clauses between home and host, the best first."""
    home, host = end(seen, record, "home"), end(seen, record, "host")
    return covers(seen.copy, home, host, record.properties)


def authorising(record: Held, seen: Seen) -> Cover | None:
    """The clause that authorises it, for the parties for which it was submitted; None where it binds them no more."""
    ends = tuple(_known(seen, record, name) for name in ("clause", "party", "counterparty"))
    found = candidates(record, seen)
    return next((e for e in found if (e.clause, e.party, e.counterparty) == ends), None)


def end(seen: Seen, record: Held, hop: str) -> str:
    """The record at the end of a hop that always leads to one."""
    (only,) = seen.ties(record, hop)
    return only.far


def _known(seen: Seen, record: Held, hop: str) -> str | None:
    return next((each.far for each in seen.ties(record, hop)), None)
