"""名额 | Seats of a class: who fits, who is next. Everyone registers in a party, a person alone in a party of one.

Nobody who waits would fit: so holds after every command. An approval therefore reads no waiting list; whatever makes room runs
`promoted` in the same unit, which takes the first that fits whole and within quota, and leaves those passed over in their place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph_store.commands.drafts import Held, WorkingCopy
from graph_store.commands.errors import NotReadFarEnough
from graph_store.commands.readers import Question, Reader, ties_of
from graph_store.commands.training_readers import (
    APPROVED,
    BOOK,
    ENDS,
    IN_STATES,
    PAGE,
    PARTIES,
    SENT,
    WAITING,
    far_of,
)
from graph_store.model import MODEL
from graph_store.model.registrations import REGISTRATION

MOST_PEOPLE = 100
"""In one party; a page of the waiting list holds more."""
HIGHEST_PRIORITY = 9_999


@dataclass(slots=True)
class Seats:
    """The seats of one class as a command finds and changes them.

    `quota`: most seats of an institution, None without limit. `allotments`: by institution, its own quota and priority. `taken`: seats by
    institution. `clause_quota`, `sent` and `parties`: what the clause allows each sending party, what each has used, which one a home is of.
    """

    seats: int
    quota: int | None
    allotments: Mapping[str, tuple[int | None, int]]
    taken: Counter[str]
    clause_quota: int | None
    sent: Counter[str]
    parties: Mapping[str, str]

    @property
    def left(self) -> int:
        """Seats that nobody has."""
        return self.seats - self.taken.total()

    def quota_of(self, home: str) -> int | None:
        """Most seats of the institution in this class."""
        own, _ = self.allotments.get(home, (None, 0))
        return self.quota if own is None else own

    def follows_quota(self, home: str) -> bool:
        """Whether the class's quota is the institution's: none is allotted to it alone."""
        return self.allotments.get(home, (None, 0))[0] is None

    def priority_of(self, home: str) -> int:
        """How far in front its people wait."""
        return self.allotments.get(home, (None, 0))[1]

    def most(self, home: str) -> int:
        """The largest party of the institution that could ever be confirmed."""
        limits = (self.seats, self.quota_of(home), self._clause_limit(home), MOST_PEOPLE)
        return min(each for each in limits if each is not None)

    def room(self, home: str) -> int:
        """The largest party of the institution that fits now."""
        rooms = [self.left]
        quota, clause_quota = self.quota_of(home), self._clause_limit(home)
        if quota is not None:
            rooms.append(quota - self.taken[home])
        if clause_quota is not None:
            rooms.append(clause_quota - self.sent[self.parties[home]])
        return min(rooms)

    def take(self, home: str, number: int) -> None:
        """Seats given to the institution; a negative number gives them back."""
        self.taken[home] += number
        if home in self.parties:
            self.sent[self.parties[home]] += number

    def _clause_limit(self, home: str) -> int | None:
        return self.clause_quota if home in self.parties else None


@dataclass(frozen=True, slots=True)
class Party:
    """All who registered together and wait, as their registrations stand."""

    rank: str
    home: str
    members: tuple[Held, ...]

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.members)


def seat_text(class_: str, home: str) -> str:
    """What a registration says while it takes a seat."""
    return f"{class_} {home}"


def rank_text(class_: str, priority: int, approved_at: str, party: str, home: str) -> str:
    """What a registration says while it waits: sorted, the waiting list."""
    first = HIGHEST_PRIORITY - min(priority, HIGHEST_PRIORITY)
    return f"{class_} {first:04d} {approved_at} {party} {home}"


def home_of(record: Held) -> str:
    """Of a registration that waits or has a seat: whose quota it counts against."""
    return str(record["rank"] or record["seat"]).rpartition(" ")[2]


def questions_of_seats(class_: str, copy: WorkingCopy) -> frozenset[Question]:
    """What `seats_of` needs, once the class's ends are known and held."""
    if class_ not in copy.answers.get(ENDS, {}):
        return frozenset({Question(ENDS, class_)})
    asked = {Question(BOOK, class_)}
    clause = _clause_of(class_, copy)
    if clause and clause["quota"] is not None:
        asked.add(Question(PARTIES, clause.id))
        if clause["per"] in {"year", "agreement"}:
            asked.add(Question(SENT, _sent_key(clause, class_, copy)))
    return frozenset(asked)


def seats_of(record: Held, copy: WorkingCopy) -> Seats:
    """The class's seats as the commands decided so far leave them."""
    book = copy.answer(BOOK, record.id)[0]
    seats = Seats(
        seats=record["seats"],
        quota=record["quota"],
        allotments={home: (quota, priority or 0) for home, quota, priority in book["allotments"]},
        taken=_by_home(book["taken"]),
        clause_quota=None,
        sent=Counter(),
        parties={},
    )
    clause = _clause_of(record.id, copy)
    if clause and clause["quota"] is not None:
        seats.clause_quota = clause["quota"]
        seats.parties = _nearest(copy.answer(PARTIES, clause.id))
        per = clause["per"] in {"year", "agreement"}
        books = copy.answer(SENT, _sent_key(clause, record.id, copy)) if per else [book]
        for each in books:
            for home, number in _by_home(each["taken"]).items():
                if home in seats.parties:
                    seats.sent[seats.parties[home]] += number
    return seats


def waiting(class_: str, copy: WorkingCopy, state: str = "waitlisted") -> list[Party]:
    """The parties in that state that the copy knows of, in order."""
    prefix = f"{class_} "
    members: dict[str, list[Held]] = defaultdict(list)
    for id_, record in copy.records.items():
        rank = record.get("rank")
        if rank and rank.startswith(prefix) and record["state"] == state:
            members[rank].append(Held(REGISTRATION, record))
            assert record["id"] == id_
    return [
        Party(rank, rank.rpartition(" ")[2], tuple(sorted(each, key=lambda one: one.id)))
        for rank, each in sorted(members.items())
    ]


def read_until(class_: str, copy: WorkingCopy, reader: Reader = WAITING) -> str | None:
    """The rank before which the waiting list is known whole; None when all of it is."""
    pages = [
        [row["rank"] for row in rows if "rank" in row]
        for key, rows in copy.answers.get(reader, {}).items()
        if key.split(" ")[0] == class_
    ]
    if any(len(page) < PAGE for page in pages):
        return None
    return max((page[-1] for page in pages), default=f"{class_} ")


def known_whole(parties: Iterable[Party], until: str | None) -> list[Party]:
    """Those of the parties none of whose members may be missing."""
    return [each for each in parties if until is None or each.rank < until]


def fitting(seats: Seats, parties: Iterable[Party]) -> list[Party]:
    """Those that are next and fit, in order; their seats are taken from `seats`."""
    found = []
    for each in parties:
        if seats.left <= 0:
            break
        if each.size <= seats.room(each.home):
            seats.take(each.home, each.size)
            found.append(each)
    return found


def promoted(
    class_: str, seats: Seats, copy: WorkingCopy, without: frozenset[str] = frozenset()
) -> list[Party]:
    """Who gets the seats that are free; `without`: registrations that wait no more, which the copy does not know yet.

    Raises NotReadFarEnough where others of the same unit used up what was read for this command: it is then decided alone.
    """
    until = read_until(class_, copy)
    parties = _without(known_whole(waiting(class_, copy), until), without)
    found = fitting(seats, parties)
    if until is not None and seats.left > 0:
        raise NotReadFarEnough(f"the waiting list of {class_} goes on after {until}")
    return found


def questions_of_waiting(
    class_: str, seats: Seats, copy: WorkingCopy, without: frozenset[str] = frozenset()
) -> frozenset[Question]:
    """The next page of the waiting list, while there is room that nobody on the pages read would take."""
    until = read_until(class_, copy)
    if until is None:
        return frozenset()
    parties = _without(known_whole(waiting(class_, copy), until), without)
    fitting(seats, parties)
    return frozenset({Question(WAITING, until)} if seats.left > 0 else ())


def _without(parties: Iterable[Party], ids: frozenset[str]) -> list[Party]:
    if not ids:
        return list(parties)
    left = (
        Party(each.rank, each.home, tuple(one for one in each.members if one.id not in ids))
        for each in parties
    )
    return [each for each in left if each.members]


def persons_of(copy: WorkingCopy) -> dict[str, str]:
    """Whom the registrations that were read are about, all of them held."""
    found = {
        row["far"]: row["person"]
        for reader in (WAITING, APPROVED, IN_STATES)
        for rows in copy.answers.get(reader, {}).values()
        for row in rows
        if "person" in row
    }
    known = copy.answers.get(ties_of(MODEL, REGISTRATION.name, "person"), {})
    return found | {id_: each["far"] for id_, ties in known.items() for each in ties}


def _clause_of(class_: str, copy: WorkingCopy) -> Held | None:
    clause = far_of(copy.answer(ENDS, class_), "AUTHORISED_BY")
    return copy.held(clause) if clause else None


def _sent_key(clause: Held, class_: str, copy: WorkingCopy) -> str:
    begins = (copy.records.get(class_) or {}).get("startsOn") or ""
    return f"{clause.id} {begins[:4] if clause['per'] == 'year' else ''}"


def _by_home(taken: Iterable[Any]) -> Counter[str]:
    return Counter({seat.rpartition(" ")[2]: number for seat, number in taken})


def _nearest(rows: Iterable[Any]) -> dict[str, str]:
    """By home the party that it is of: the nearest above it."""
    found = sorted(rows, key=lambda row: (-row[2], row[1]))
    return {home: party for home, party, _ in found}
