"""Questions put to the graph within a unit of work: as few statements as there may be, since each is a trip there and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from neo4j import AsyncTransaction, Record

from graph_store.commands.close import hold
from graph_store.commands.drafts import WorkingCopy
from graph_store.commands.readers import Question, Reader


@dataclass(frozen=True, slots=True)
class Round:
    """What is asked at once; `keys`: by reader, sorted."""

    questions: frozenset[Question]
    keys: Mapping[Reader, list[str]]

    @classmethod
    def of(cls, questions: Iterable[Question]) -> Round:
        """These questions."""
        asked, keys = frozenset(questions), defaultdict[Reader, set[str]](set)
        for each in asked:
            keys[each.reader].add(each.key)
        return cls(asked, {reader: sorted(known) for reader, known in keys.items()})

    @property
    def joined(self) -> tuple[Reader, ...]:
        """The readers that go in one statement, in the order that makes the same text of the same set; one alone joins nothing."""
        found = sorted((each for each in self.keys if each.joins), key=lambda one: one.name)
        return tuple(found) if len(found) > 1 else ()

    def given(self, readers: Sequence[Reader], day: str) -> dict[str, Any]:
        """The parameters of `subqueries`."""
        return {"keys": [self.keys[each] for each in readers], "day": day}

    def take(self, copy: WorkingCopy, readers: Sequence[Reader], record: Record) -> None:
        """What the readers found, put into the copy, and the ends that are held."""
        copy.records.update({row["id"]: row for row in record["ends"]})
        for reader, pairs in zip(readers, record["found"], strict=True):
            values: dict[str, list[Any]] = {key: [] for key in self.keys[reader]}
            for key, value in pairs:
                values[key].append(value)
            copy.answers.setdefault(reader, {}).update(values)


def subqueries(readers: Sequence[Reader]) -> str:
    """For each reader a list of [key, value], its keys one of the lists in `$b.keys`; then the far ends of edges, held in order of id."""
    asked = "\n".join(
        f"CALL () {{ CALL () {{ // {reader.name}\n"
        f"{reader.statement.replace('$b.keys', f'$b.keys[{number}]')} }}\n"
        f"  RETURN collect([key, value]) AS found_{number} }}"
        for number, reader in enumerate(readers)
    )
    edges = [f"found_{number}" for number, reader in enumerate(readers) if _holds(reader, readers)]
    return (
        f"{asked}\n{_HOLD_ENDS.format(found=', '.join(edges), all=' + '.join(edges))}"
        if edges
        else asked
    )


def _holds(reader: Reader, together: Sequence[Reader]) -> bool:
    """Whether its ends are held in the statement; those of readers that go alone are held when all of them are known, in one order."""
    return reader.finds_edges and len(together) > 1


_HOLD_ENDS = """\
CALL ({found}) {{ UNWIND {all} AS pair WITH DISTINCT pair[1].far AS id ORDER BY id
  MATCH (n:Record {{id: id}}) REMOVE n.lock RETURN collect(n {{.*}}) AS ends }}"""


def found_by(readers: Sequence[Reader]) -> str:
    """What `subqueries` found, in the readers' order, and the ends."""
    found = ", ".join(f"found_{number}" for number in range(len(readers)))
    ends = "ends" if any(_holds(each, readers) for each in readers) else "[] AS ends"
    return f"[{found}] AS found, {ends}"


async def ask(transaction: AsyncTransaction, copy: WorkingCopy, asked: Round) -> None:
    """Put the questions, those of readers that join in one statement; then hold the far ends of the edges that were found."""
    if asked.joined:
        await _put(transaction, copy, asked, asked.joined)
    await ask_apart(transaction, copy, asked)


async def ask_apart(transaction: AsyncTransaction, copy: WorkingCopy, asked: Round) -> None:
    """Put the questions of the readers that do not join; then hold the far ends that they found."""
    for reader in asked.keys.keys() - set(asked.joined):
        await _put(transaction, copy, asked, (reader,))
    ends = {
        tie["far"]
        for each in asked.questions
        if each.reader.finds_edges and each.holds
        for tie in copy.answers[each.reader][each.key]
    }
    if ends := ends - set(copy.records):
        copy.records.update(await hold(transaction, ends))


async def _put(
    transaction: AsyncTransaction, copy: WorkingCopy, asked: Round, readers: Sequence[Reader]
) -> None:
    names = ", ".join(each.name for each in readers)
    statement = f"// {names}\n{subqueries(readers)}\nRETURN {found_by(readers)}"
    result = await transaction.run(statement, b=asked.given(readers, copy.today))
    asked.take(copy, readers, await result.single(strict=True))
