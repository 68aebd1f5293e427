"""Exchanges, classes and decisions as they are laid out: every rule of the domain holds, on whatever day that is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations

import pytest

from demo.generator import sections
from demo.records import Properties, Record
from demo.sample_people import samples
from demo.world import World, build
from graph_store.commands.certificate_numbers import normal_number
from graph_store.commands.classes import MACHINE as CLASS
from graph_store.commands.exchange_readers import COUNTED, PRESENT, most_at_once
from graph_store.commands.exchanges import MACHINE as EXCHANGE
from graph_store.commands.machines import Machine
from graph_store.commands.registrations import MACHINE as REGISTRATION
from graph_store.commands.seats import rank_text, seat_text
from graph_store.commands.tasks import place
from graph_store.model import MODEL

SEED = 7
DAYS = (date(2026, 2, 28), date(2026, 11, 30), date(2031, 1, 1))
SEATED = {"confirmed", "attended", "certified", "no_show"}


class LaidOut:
    """The records of one demonstration by noun, and where their edges lead."""

    def __init__(self, world: World) -> None:
        """All but what is of no concern here: achievements, datasets and instruments."""
        self.world, self.today = world, world.today.isoformat()
        wanted = [
            each
            for each in sections(world)
            if each.name not in {"achievements", "datasets", "instruments", "projects"}
        ]
        records = [record for each in wanted for record in each.records()]
        self.by_id = {each.id: each for each in records}
        self.nouns: dict[str, list[Record]] = defaultdict(list)
        for each in records:
            self.nouns[each.noun].append(each)

    def properties(self, noun: str) -> list[Properties]:
        """Of every record of the noun."""
        return [each.properties for each in self.nouns[noun]]

    def end(self, record: Record, type_: str) -> str:
        """Where its one edge of that type leads."""
        (found,) = (each.end for each in record.ties if each.type == type_)
        return found

    def by(self, noun: str, type_: str) -> dict[str, list[Record]]:
        """The noun's records by where their edge of that type leads."""
        found: dict[str, list[Record]] = defaultdict(list)
        for each in self.nouns[noun]:
            if any(tie.type == type_ for tie in each.ties):
                found[self.end(each, type_)].append(each)
        return found

    def affiliations(self, person: str) -> list[Properties]:
        """Where the person is or was, with the institution as `at`."""
        ties = (each for each in self.by_id[person].ties if each.type == "AFFILIATED_WITH")
        return [{"at": each.end, **each.properties} for each in ties]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def laid_out(request: pytest.FixtureRequest) -> LaidOut:
    """What `make run` loads, on one of three days."""
    return LaidOut(build(0.05, SEED, request.param))


def overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return max(one[0], other[0]) <= min(one[1], other[1])


def states(records: Iterable[Properties]) -> set[str]:
    return {each["state"] for each in records}


@pytest.mark.parametrize("machine", [EXCHANGE, REGISTRATION, CLASS], ids=lambda m: m.noun.name)
def test_every_state_is_shown(laid_out: LaidOut, machine: Machine) -> None:
    assert states(laid_out.properties(machine.noun.name)) == {e.value for e in machine.states}


def test_nobody_is_on_two_exchanges_on_one_day(laid_out: LaidOut) -> None:
    for person, records in laid_out.by("CadreExchange", "EXCHANGES").items():
        periods = [(e.properties["since"], e.properties["until"]) for e in records]
        assert not [pair for pair in combinations(periods, 2) if overlap(*pair)], person


def test_no_party_sends_more_in_a_year_than_the_clause_allows(laid_out: LaidOut) -> None:
    used: Counter[tuple[str, str, str]] = Counter()
    for each in laid_out.nouns["CadreExchange"]:
        if each.properties["state"] in COUNTED:
            clause, party = laid_out.end(each, "AUTHORISED_BY"), laid_out.end(each, "SENT_FOR")
            used[clause, party, each.properties["since"][:4]] += 1
    assert used
    for (clause, *_), number in used.items():
        assert number <= laid_out.by_id[clause].properties["quota"]


def test_the_agreement_is_in_force_for_every_exchange_and_both_sides_are_party(
    laid_out: LaidOut,
) -> None:
    for each in laid_out.nouns["CadreExchange"]:
        if each.properties["state"] == "draft":
            continue
        clause = laid_out.by_id[laid_out.end(each, "AUTHORISED_BY")]
        (granted,) = (tie.start for tie in clause.ties if tie.type == "GRANTS")
        agreement = laid_out.by_id[granted]
        parties = {tie.start for tie in agreement.ties if tie.type == "PARTY_TO"}
        ends = {laid_out.end(each, "SENT_BY"), laid_out.end(each, "RECEIVED_BY")}
        assert len(ends) == 2
        assert ends == {laid_out.end(each, "SENT_FOR"), laid_out.end(each, "RECEIVED_FOR")}
        assert ends <= parties
        assert clause.properties["kind"] == "exchange_cadres"
        assert agreement.properties["status"] == "signed"
        assert agreement.properties["effectiveOn"] <= each.properties["since"]
        assert "expiresOn" not in agreement.properties


def test_no_post_is_held_by_more_than_it_has_room_for_or_out_of_its_time(
    laid_out: LaidOut,
) -> None:
    for post, records in laid_out.by("CadreExchange", "TO_POST").items():
        offered, host = laid_out.by_id[post].properties, laid_out.end(laid_out.by_id[post], "OFFERED_BY")  # fmt: skip
        present = [e.properties for e in records if e.properties["state"] in PRESENT]
        assert {laid_out.end(e, "RECEIVED_BY") for e in records} == {host}
        assert most_at_once(present, "0", "9") <= offered["vacancies"]
        for each in present:
            assert offered["since"] <= each["since"] <= each["until"] <= offered["until"]


def test_states_and_days_of_exchanges_agree(laid_out: LaidOut) -> None:
    today = laid_out.today
    for each in laid_out.properties("CadreExchange"):
        since, until, state = each["since"], each["until"], each["state"]
        assert since <= until
        if state in {"draft", "submitted", "home_approved", "accepted"}:
            assert today < since
        if state == "active":
            assert since <= today <= until
        if state == "completed":
            assert each["endedOn"] == until < today
        if state == "recalled":
            assert since <= each["endedOn"] < min(until, today)
        assert ("endedOn" in each) == (state in {"completed", "recalled"})
        assert ("reason" in each) == (state in {"withdrawn", "rejected", "recalled"})
        assert each.get("submittedAt", "") <= each.get("decidedAt", "9")
        assert each.get("submittedAt", "") < since


def test_who_is_or_was_on_exchange_is_affiliated_with_the_host_and_nobody_else_of_the_cast(
    laid_out: LaidOut,
) -> None:
    for person, records in laid_out.by("CadreExchange", "EXCHANGES").items():
        wanted = sorted(
            (laid_out.end(e, "RECEIVED_BY"), e.properties["since"], e.properties.get("endedOn", e.properties["until"]))
            for e in records
            if e.properties["state"] in {"active", "completed", "recalled"}
        )  # fmt: skip
        known = laid_out.affiliations(person)
        found = sorted((e["at"], e["since"], e["until"]) for e in known if e["role"] == "on_exchange")  # fmt: skip
        assert found == wanted
        homes = {laid_out.end(e, "SENT_BY") for e in records}
        first = min(e.properties["since"] for e in records)
        assert all(any(e["at"] == home and e["since"] <= first for e in known) for home in homes)


def test_no_class_gives_more_seats_than_it_has_or_than_a_quota_allows(laid_out: LaidOut) -> None:
    for class_, records in laid_out.by("Registration", "FOR_CLASS").items():
        record = laid_out.by_id[class_]
        seated = [e for e in records if e.properties["state"] in SEATED]
        homes = Counter(laid_out.end(e, "REGISTERED_BY") for e in seated)
        clause = laid_out.by_id[laid_out.end(record, "AUTHORISED_BY")].properties
        assert clause["kind"] == "training_seats"
        assert len(seated) <= record.properties["seats"]
        assert max(homes.values(), default=0) <= clause["quota"]
        for allotted in (tie for tie in record.ties if tie.type == "ALLOTS"):
            assert homes[allotted.end] <= allotted.properties["quota"]


def test_seats_and_ranks_are_written_as_the_hub_writes_them(laid_out: LaidOut) -> None:
    for each in laid_out.nouns["Registration"]:
        class_, home = laid_out.end(each, "FOR_CLASS"), laid_out.end(each, "REGISTERED_BY")
        given = each.properties
        seat = seat_text(class_, home) if given["state"] in SEATED else None
        assert given.get("seat") == seat
        rank = None
        if given["state"] in {"approved", "waitlisted"}:
            rank = rank_text(class_, given["priority"], given["approvedAt"], given["party"], home)
        assert given.get("rank") == rank
        organiser = laid_out.end(laid_out.by_id[class_], "RUN_BY")
        assert laid_out.end(each, "REGISTERED_WITH") == organiser


def test_nobody_who_waits_would_fit_and_the_favoured_wait_in_front(laid_out: LaidOut) -> None:
    waiting = [e for e in laid_out.nouns["Registration"] if e.properties["state"] == "waitlisted"]
    classes = {laid_out.end(each, "FOR_CLASS") for each in waiting}
    assert classes
    for class_ in classes:
        there = laid_out.by("Registration", "FOR_CLASS")[class_]
        seated = sum(each.properties["state"] in SEATED for each in there)
        assert seated == laid_out.by_id[class_].properties["seats"]
        line = sorted((e.properties["rank"], e.properties["priority"]) for e in there if e in waiting)  # fmt: skip
        assert [each[1] for each in line] == sorted((each[1] for each in line), reverse=True)
    assert any(each.properties["partySize"] > 1 for each in waiting)


def test_a_party_is_whole_and_in_one_state(laid_out: LaidOut) -> None:
    parties: dict[str, list[Properties]] = defaultdict(list)
    for each in laid_out.properties("Registration"):
        parties[each["party"]].append(each)
    for members in parties.values():
        assert len(members) == members[0]["partySize"]
        assert len(states(members)) == 1


def test_nobody_is_registered_twice_or_for_two_classes_on_one_day(laid_out: LaidOut) -> None:
    for person, records in laid_out.by("Registration", "REGISTERS").items():
        held = [laid_out.by_id[laid_out.end(each, "FOR_CLASS")].properties for each in records]
        periods = [(each["startsOn"], each["endsOn"]) for each in held]
        assert not [pair for pair in combinations(periods, 2) if overlap(*pair)], person


def test_people_are_registered_by_where_they_work(laid_out: LaidOut) -> None:
    for each in laid_out.nouns["Registration"]:
        home = laid_out.end(each, "REGISTERED_BY")
        known = laid_out.affiliations(laid_out.end(each, "REGISTERS"))
        assert any(e["at"] == home and e["role"] != "on_exchange" for e in known)


ALLOWED = {
    "open": {"submitted", "approved", "confirmed", "waitlisted", "cancelled", "rejected"},
    "closed": {"confirmed"},
    "held": {"attended", "no_show"},
    "certified": {"certified", "no_show"},
    "cancelled": {"cancelled"},
}


def test_states_and_days_of_classes_agree_with_those_of_registrations(laid_out: LaidOut) -> None:
    at_noon = f"{laid_out.today}T12"
    registered = laid_out.by("Registration", "FOR_CLASS")
    for each in laid_out.nouns["TrainingClass"]:
        given, state = each.properties, each.properties["state"]
        found = states(one.properties for one in registered[each.id])
        assert found <= ALLOWED.get(state, set())
        assert given["registrationClosesAt"][:10] < given["startsOn"] <= given["endsOn"]
        assert (given["registrationClosesAt"] > at_noon) == (
            state in {"draft", "open", "cancelled"}
        )
        assert (given["endsOn"] < laid_out.today) == (state in {"held", "certified"})
        is_given = state == "closed" and given["allocation"] == "at_close"
        assert ("allocatedAt" in given) == is_given


def test_sessions_lie_within_their_class(laid_out: LaidOut) -> None:
    assert laid_out.nouns["ClassSession"]
    for each in laid_out.nouns["ClassSession"]:
        (class_,) = (tie.start for tie in each.ties)
        held = laid_out.by_id[class_].properties
        assert each.properties["startsAt"] < each.properties["endsAt"]
        assert held["startsOn"] <= each.properties["startsAt"][:10]
        assert each.properties["endsAt"][:10] <= held["endsOn"]


def test_whoever_is_certified_has_one_certificate_with_a_number_that_verifies(
    laid_out: LaidOut,
) -> None:
    certified = {
        e.id for e in laid_out.nouns["Registration"] if e.properties["state"] == "certified"
    }
    issued = laid_out.by("Certificate", "ISSUED_FOR")
    assert certified == issued.keys()
    for registration, (certificate,) in ((key, tuple(found)) for key, found in issued.items()):
        number = certificate.properties["number"]
        assert normal_number(number) == number
        assert certificate.properties["issuedOn"] <= laid_out.today
        record = laid_out.by_id[registration]
        for type_, same in (("CERTIFIES", "REGISTERS"), ("OF_CLASS", "FOR_CLASS"), ("HELD_AT", "REGISTERED_BY")):  # fmt: skip
            assert laid_out.end(certificate, type_) == laid_out.end(record, same)


@pytest.mark.parametrize("machine", [EXCHANGE, REGISTRATION, CLASS], ids=lambda m: m.noun.name)
def test_what_a_state_owes_is_open_once_and_nothing_else_is(
    laid_out: LaidOut, machine: Machine
) -> None:
    noun = machine.noun.name
    open_ = [e for e in laid_out.nouns["Task"] if e.properties["state"] == "open"]
    found = Counter(
        (laid_out.end(e, "ABOUT_RECORD"), e.properties["move"], laid_out.end(e, "OWED_BY"))
        for e in open_
        if laid_out.by_id[laid_out.end(e, "ABOUT_RECORD")].noun == noun
    )
    first: dict[str, Record] = {}
    wanted: Counter[tuple[str, str, str]] = Counter()
    for each in laid_out.nouns[noun]:
        party = each.properties.get("party", each.id)
        if first.setdefault(party, each) is not each:
            continue
        for owes in machine.owes.get(each.properties["state"], ()):
            type_ = MODEL.hops(noun)[owes.at].edge.type
            wanted[each.id, owes.move, laid_out.end(each, type_)] += 1
    assert found == wanted


def test_tasks_lie_in_the_inbox_where_the_hub_would_put_them(laid_out: LaidOut) -> None:
    for each in laid_out.nouns["Task"]:
        given, at = each.properties, laid_out.end(each, "OWED_BY")
        is_open = given["state"] == "open"
        wanted = place(at, given["priority"], given["dueAt"]) if is_open else None
        assert given.get("place") == wanted
        assert ("doneBy" in given) == (not is_open)
        assert given["createdAt"] < given["dueAt"]


def test_each_approver_finds_five_decisions_or_more_one_late_and_one_urgent(
    laid_out: LaidOut,
) -> None:
    late = f"{laid_out.today}T00"
    soon = (date.fromisoformat(laid_out.today) + timedelta(days=2)).isoformat()
    for sample in samples(laid_out.world).values():
        if sample.seat.word != "approver":
            continue
        bodies = {sample.side.association, sample.side.museum}
        found = [
            e.properties
            for e in laid_out.nouns["Task"]
            if e.properties["state"] == "open"
            and laid_out.end(e, "OWED_BY") in bodies
            and (e.properties["role"] == "approver" or e.properties.get("escalations"))
        ]
        overdue = [each for each in found if each["dueAt"] < late]
        assert len(found) >= 5
        assert [each["escalations"] for each in overdue] == [3]
        assert any(e["priority"] >= 2 and e not in overdue for e in found)
        assert all(each["dueAt"] > soon for each in found if each not in overdue)


def test_whoever_wishes_to_go_is_free_for_as_long_and_names_a_place(laid_out: LaidOut) -> None:
    busy = laid_out.by("CadreExchange", "EXCHANGES")
    assert {each["status"] for each in laid_out.properties("ExchangeWish")} == {"open", "withdrawn"}
    for person, (wish,) in laid_out.by("ExchangeWish", "WISHED_BY").items():
        given, home = wish.properties, laid_out.end(wish, "WISHED_FROM")
        period = given["since"], given["until"]
        taken = [(e.properties["since"], e.properties["until"]) for e in busy.get(person, ())]
        assert not any(overlap(period, each) for each in taken)
        assert any(e["at"] == home for e in laid_out.affiliations(person))
        days = (date.fromisoformat(period[1]) - date.fromisoformat(period[0])).days + 1
        assert given["months"] * 28 <= days
        assert {tie.type for tie in wish.ties} & {"WISHED_AT", "WISHED_IN"}


def test_everything_is_synthetic_and_told_before_now(laid_out: LaidOut) -> None:
    for noun in ("Post", "CadreExchange", "ExchangeWish", "TrainingClass", "Registration", "Certificate", "Task", "Notice"):  # fmt: skip
        assert laid_out.properties(noun)
        for each in laid_out.properties(noun):
            assert each["synthetic"]
            assert each["createdAt"] < laid_out.today


def test_sample_people_are_told_something(laid_out: LaidOut) -> None:
    told = laid_out.by("Notice", "TELLS")
    known = samples(laid_out.world)
    seats = {known[person].subject for person in known.keys() & told.keys()}
    wanted = {f"{side}-{seat}" for side in ("sichuan", "chongqing") for seat in ("approver", "institution-admin", "member")}  # fmt: skip
    assert wanted <= seats


def test_another_day_moves_days_and_nothing_else() -> None:
    one, other = (build(0.01, SEED, day) for day in DAYS[1:])
    for first, second in zip(sections(one)[:9], sections(other)[:9], strict=True):
        if first.name != "people":
            assert list(first.records()) == list(second.records())
