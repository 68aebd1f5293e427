"""The unit of work: open → read → decide → close, for one command or for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from neo4j import AsyncDriver, AsyncSession, AsyncTransaction, Record

from graph_store.commands.actors import NOBODY, STANDING, standing_key
from graph_store.commands.asking import Round, ask, ask_apart, found_by, subqueries
from graph_store.commands.close import CLOSE, Batch, close
from graph_store.commands.commands import Command, Needs
from graph_store.commands.drafts import Draft, Seen, WorkingCopy, day_of
from graph_store.commands.errors import BrokenDecision
from graph_store.commands.facts import ALWAYS, Fact, RequestKeyReused, recalled, told
from graph_store.commands.readers import Question
from graph_store.commands.rows import Clock, Deed, instant_text
from graph_store.model import Model

# MERGE waits for a rival with the same key and then sees its answer; CREATE would fail.
# Removing a property that is not there locks the record and writes nothing. What is read in the same statement is read under the locks.
OPEN = """\
// open
CALL () { UNWIND $b.rows AS row MERGE (k:Request {id: row.key}) ON CREATE SET k.digest = row.digest
  RETURN collect(k {.id, .digest, .answer}) AS known }
CALL () { UNWIND $b.locks AS id MATCH (n:Record {id: id}) REMOVE n.lock
  RETURN collect(n {.*}) AS held }"""


@dataclass(frozen=True, slots=True)
class Store:
    """Where units of work run, and what they are handed: `base` begins new ids, `clock` tells an aware instant."""

    driver: AsyncDriver
    database: str
    model: Model
    base: str
    clock: Clock


@dataclass(frozen=True, slots=True)
class Answer:
    """A command's outcome, and the bookmarks with which a read sees it."""

    outcome: Any
    bookmarks: frozenset[str] = frozenset()


async def carry_out(
    store: Store, commands: Sequence[Command[Any]], *, time_limit_seconds: float
) -> list[Answer]:
    """Decide the commands in turn and write all they decided in one transaction; an answer for each.

    Raises BrokenDecision, BrokenBatch and what the driver raises: then nothing of any of them was written.
    """
    async with store.driver.session(database=store.database) as session:
        async with await _begin(session, time_limit_seconds) as transaction:
            unit = await _open(store, transaction, commands)
            outcomes = [unit.decide(command) for command in commands]
            await close(transaction, unit.batch)
            await transaction.commit()
        bookmarks = frozenset((await session.last_bookmarks()).raw_values)
    return [Answer(outcome, bookmarks) for outcome in outcomes]


async def rehearse(store: Store, command: Command[Any], *, time_limit_seconds: float) -> Answer:
    """What the command would answer now: all its rules are checked, nothing is left behind."""
    async with (
        store.driver.session(database=store.database) as session,
        await _begin(session, time_limit_seconds) as transaction,
    ):
        unit = await _open(store, transaction, [command])
        outcome = unit.decide(command)
        await transaction.rollback()
    return Answer(outcome)


async def prepare(store: Store, command: Command[Any], *, time_limit_seconds: float) -> None:
    """Have the store plan what opens and closes a unit of the command; nothing is left behind."""
    async with (
        store.driver.session(database=store.database) as session,
        await _begin(session, time_limit_seconds) as transaction,
    ):
        await _open(store, transaction, [command])
        await (await transaction.run(CLOSE, b=Batch().rows())).consume()
        await transaction.rollback()


@dataclass(slots=True)
class _Unit:
    """One working copy as of one instant, the keys known so far, and the rows to write."""

    store: Store
    now: datetime
    copy: WorkingCopy
    known: dict[str, tuple[str, str | None]]
    batch: Batch

    def decide(self, command: Command[Any]) -> Any:
        """The outcome: the one kept with the key, or a new decision, whose rows join the batch."""
        digest, answer = self.known[command.key]
        if digest != command.digest:
            return RequestKeyReused(command.request_key)
        if answer is not None:
            return recalled(answer, (*command.decision.outcomes, *ALWAYS))
        outcome, at = self._newly(command)
        if isinstance(outcome, Fact) and outcome.denies:
            return outcome  # is not kept: who is given the role may send the same request again
        answer = told(outcome)
        self.known[command.key] = (digest, answer)
        self.batch.answers.append({"id": command.key, "answer": answer, "at": at})
        return outcome

    def _newly(self, command: Command[Any]) -> tuple[Any, str]:
        store = self.store
        deed = Deed(
            instant_text(self.now), command.actor.id, command.decision.name, command.request_key
        )
        draft = Draft(self.copy, deed, store.base)
        seen = Seen(self.copy, command.actor, self.now)
        try:
            outcome = command.decision.decide(command.input, seen, draft)
        except Exception as error:
            raise BrokenDecision(f"{command.decision.name} raised {error!r}") from error
        if isinstance(outcome, Fact) and draft.touched:
            raise BrokenDecision(f"{command.decision.name} drafted, then answered {outcome}")
        self.batch.add(draft.finish())
        return outcome, deed.at


async def _begin(session: AsyncSession, seconds: float) -> AsyncTransaction:
    return await session.begin_transaction(timeout=seconds, metadata={"name": "command"})


async def _open(
    store: Store, transaction: AsyncTransaction, commands: Sequence[Command[Any]]
) -> _Unit:
    """Claim the keys, take the locks in order of id, read what the commands need."""
    needs = [command.decision.needs(command.input) for command in commands]
    questions = {each for need in needs for each in need.questions}
    day = day_of(store.clock())
    asked = Round.of(questions | _standings(commands, day))
    opened = await _opened(transaction, commands, needs, asked, day)
    # after the locks were waited for: what is decided later bears a later instant
    now = store.clock()
    copy = WorkingCopy(store.model, {row["id"]: row for row in opened["held"]}, day_of(now))
    known = {row["id"]: (row["digest"], row["answer"]) for row in opened["known"]}
    if copy.today == day:
        asked.take(copy, asked.joined, opened)
        await ask_apart(transaction, copy, asked)
    else:
        await ask(transaction, copy, Round.of(questions | _standings(commands, copy.today)))
    await _read_on(transaction, copy, needs, questions)
    return _Unit(store, now, copy, known, Batch())


async def _opened(
    transaction: AsyncTransaction,
    commands: Sequence[Command[Any]],
    needs: Sequence[Needs],
    asked: Round,
    day: str,
) -> Record:
    digests = {command.key: command.digest for command in reversed(commands)}
    rows = [{"key": key, "digest": digests[key]} for key in sorted(digests)]
    locks = sorted({id_ for need in needs for id_ in need.locks})
    readers = asked.joined
    statement = f"{OPEN}\n{subqueries(readers)}\nRETURN known, held, {found_by(readers)}"
    given = {"rows": rows, "locks": locks} | asked.given(readers, day)
    result = await transaction.run(statement, b=given)
    return await result.single(strict=True)


async def _read_on(
    transaction: AsyncTransaction, copy: WorkingCopy, needs: Sequence[Needs], asked: set[Question]
) -> None:
    """What the commands must know besides, until none of them asks for more."""
    while True:
        further = {each for need in needs if need.further for each in need.further(copy)} - asked
        if not further:
            return
        await ask(transaction, copy, Round.of(further))
        asked |= further


def _standings(commands: Sequence[Command[Any]], today: str) -> set[Question]:
    """Who they are that act, once for all their commands."""
    actors = {command.actor for command in commands} - {NOBODY}
    return {Question(STANDING, standing_key(actor, today)) for actor in actors}
