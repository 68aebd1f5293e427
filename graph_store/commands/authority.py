"""Who may write a noun's records: which institutions answer for a record, and what else must be the actor's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph_store.commands.actors import EDIT, Doing
from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.facts import NotYours, RecordNotFound
from graph_store.commands.rows import Tie

Ties = Mapping[str, tuple[Tie, ...]]


@dataclass(frozen=True, slots=True)
class Authority:
    """What an actor must be.

    `begins_at`: the ties of a new record of which one must lead to an institution of the actor's.
    `claims`: ties each of which must lead to one, whenever they are begun: nobody ties themselves to what others answer for.
    `answering`: who answers for a record, where the model's holder does not say; of a new one (None) by the ties given.
    """

    doing: Doing = EDIT
    begins_at: str = ""
    claims: tuple[str, ...] = ()
    answering: Callable[[Held | None, Ties, Seen, Draft], frozenset[str]] | None = None

    def lacks_to_create(self, given: Ties, seen: Seen, draft: Draft) -> NotYours | None:
        """What is missing to make a record with these ties."""
        if self.answering:
            at = self.answering(None, given, seen, draft)
        else:
            at = frozenset(each.far for each in given.get(self.begins_at, ()))
        return seen.lacks(self.doing, at=at) or self._lacks_claim(given, frozenset(), seen)

    def lacks_to_write(
        self, record: Held, given: Ties, seen: Seen, draft: Draft
    ) -> NotYours | RecordNotFound | None:
        """What is missing to change the record, and to give it these ties."""
        at = (
            self.answering(record, given, seen, draft) if self.answering else seen.answering(record)
        )
        fact = seen.lacks(self.doing, at=at)
        if fact is None:
            stood = seen.ties(record, *(name for name in self.claims if name in given))
            fact = self._lacks_claim(given, stood, seen)
        return concealed(fact, record, seen)

    def _lacks_claim(self, given: Ties, stood: frozenset[Tie], seen: Seen) -> NotYours | None:
        for name in self.claims:
            already = {each.far for each in stood if each.name == name}
            for each in given.get(name, ()):
                fact = None if each.far in already else seen.lacks(self.doing, at={each.far})
                if fact:
                    return fact
        return None


def concealed(fact: NotYours | None, record: Held, seen: Seen) -> NotYours | RecordNotFound | None:
    """The fact, unless it would tell of a record that the actor must not know of: then there is none."""
    return RecordNotFound(record.id, record.noun.name) if fact and seen.hides(record) else fact
