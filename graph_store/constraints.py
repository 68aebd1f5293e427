"""Constraints and indexes: derived from a model, created where absent, waited for.

The index on `visibility` finds what is hidden, which a total leaves out (`cypher/totals.py`). Pages must not be led by it: they ask
for visibility within CASE, which the planner does not look into (`compiler.md`, authorisation).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph_store.model import Model
from graph_store.model.words import Noun

SEARCH = "search"

HUB_OWN = (
    "CREATE CONSTRAINT record_id_unique IF NOT EXISTS FOR (n:Record) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT request_id_unique IF NOT EXISTS FOR (n:Request) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT sequence_id_unique IF NOT EXISTS FOR (n:Sequence) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT change_seq_unique IF NOT EXISTS FOR (n:Change) REQUIRE n.seq IS UNIQUE",
    "CREATE CONSTRAINT outbox_id_unique IF NOT EXISTS FOR (n:Outbox) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT identity_unique IF NOT EXISTS FOR (n:Identity) REQUIRE (n.issuer, n.subject) IS UNIQUE",
    "CREATE CONSTRAINT session_id_unique IF NOT EXISTS FOR (n:Session) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT token_id_unique IF NOT EXISTS FOR (n:Token) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT token_hash_unique IF NOT EXISTS FOR (n:Token) REQUIRE n.hash IS UNIQUE",
    "CREATE CONSTRAINT spent_id_unique IF NOT EXISTS FOR (n:Spent) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT ending_seq_unique IF NOT EXISTS FOR (n:Ending) REQUIRE n.seq IS UNIQUE",
    "CREATE INDEX session_issuer_sid IF NOT EXISTS FOR (n:Session) ON (n.issuer, n.sid)",
    "CREATE INDEX session_issuer_subject IF NOT EXISTS FOR (n:Session) ON (n.issuer, n.subject)",
    "CREATE INDEX spent_until IF NOT EXISTS FOR (n:Spent) ON (n.until)",
    "CREATE INDEX change_nodeId_seq IF NOT EXISTS FOR (n:Change) ON (n.nodeId, n.seq)",
    "CREATE INDEX due_dueAt IF NOT EXISTS FOR (n:Due) ON (n.dueAt)",
    "CREATE INDEX failed_run IF NOT EXISTS FOR (n:Failed) ON (n.run)",
    "CREATE CONSTRAINT flow_plan_name_unique IF NOT EXISTS FOR (n:FlowPlan) REQUIRE n.name IS UNIQUE",
    "CREATE CONSTRAINT flow_worker_id_unique IF NOT EXISTS FOR (n:FlowWorker) REQUIRE n.id IS UNIQUE",
)

# Commands lock a record by `REMOVE n.lock`, which does nothing at all, and locks nothing, in a store that has
# never seen a property of that name: without the second statement a lost update came through.
AFTERWARDS = (
    "CALL db.awaitIndexes(300)",
    "CALL db.createProperty('lock')",
    "MERGE (s:Sequence {id: 'changes'}) ON CREATE SET s.last = 0",
    "MERGE (s:Sequence {id: 'endings'}) ON CREATE SET s.last = 0",
    "MERGE (s:Sequence {id: 'audit'}) ON CREATE SET s.last = 0, s.digest = '', s.at = ''",
)


@dataclass(frozen=True, slots=True)
class FullText:
    """A full-text index by its name; `IF NOT EXISTS` goes by the name alone, so a changed one is made anew."""

    name: str
    labels: tuple[str, ...]
    properties: tuple[str, ...]

    @property
    def statement(self) -> str:
        """What creates it."""
        each = ", ".join(f"n.{name}" for name in self.properties)
        return (
            f"CREATE FULLTEXT INDEX {self.name} IF NOT EXISTS"
            f" FOR (n:{'|'.join(self.labels)}) ON EACH [{each}]"
            " OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
        )


def statements(model: Model) -> tuple[str, ...]:
    """Everything to create for a model, each statement harmless where its thing exists."""
    of_nouns = (statement for noun in model for statement in _of_noun(noun))
    return (*HUB_OWN, *of_nouns, *(index.statement for index in full_texts(model)))


def full_texts(model: Model) -> tuple[FullText, ...]:
    """One index over all nouns, and one for each, of their searchable properties."""
    searchable = {noun: _searchable(noun) for noun in model if _searchable(noun)}
    single = [
        FullText(f"{SEARCH}_{noun.word}", (noun.name,), searchable[noun]) for noun in searchable
    ]
    if not single:
        return ()
    together = tuple(dict.fromkeys(name for names in searchable.values() for name in names))
    over_all = FullText(SEARCH, tuple(noun.name for noun in searchable), together)
    # the store refuses a second index over the same labels and properties
    return (over_all, *(each for each in single if each.labels != over_all.labels))


async def apply(driver: AsyncDriver, database: str, model: Model) -> None:
    """Create what is absent, replace full-text indexes that changed, wait until all can be used.

    Raises what the driver raises; the schema is made in one transaction: all of it or nothing.
    """
    async with driver.session(database=database) as session:
        await session.execute_write(_drop_changed, full_texts(model))
        await session.execute_write(_create, statements(model))
        for statement in AFTERWARDS:
            result = await session.run(statement)
            await result.consume()


def _of_noun(noun: Noun) -> Iterator[str]:
    label, word = noun.name, noun.word
    for name in ("id", *(each.name for each in noun.properties if each.key and each.name != "id")):
        yield (
            f"CREATE CONSTRAINT {word}_{name}_unique IF NOT EXISTS"
            f" FOR (n:{label}) REQUIRE n.{name} IS UNIQUE"
        )
    sortable = ((each.name,) for each in noun.properties if each.sortable and each.name != "id")
    if noun.visible is not None:
        yield f"CREATE INDEX {word}_visibility IF NOT EXISTS FOR (n:{label}) ON (n.visibility)"
    for names in dict.fromkeys((*sortable, *noun.indexes)):
        columns = ", ".join(f"n.{name}" for name in (*names, "id"))
        yield f"CREATE INDEX {word}_{'_'.join(names)}_id IF NOT EXISTS FOR (n:{label}) ON ({columns})"


def _searchable(noun: Noun) -> tuple[str, ...]:
    return tuple(each.name for each in noun.properties if each.searchable)


async def _drop_changed(transaction: AsyncManagedTransaction, wanted: tuple[FullText, ...]) -> None:
    shown = await transaction.run(
        "SHOW FULLTEXT INDEXES YIELD name, labelsOrTypes, properties RETURN *"
    )
    found = {
        row["name"]: (set(row["labelsOrTypes"]), set(row["properties"])) async for row in shown
    }
    for index in wanted:
        if found.get(index.name) not in (None, (set(index.labels), set(index.properties))):
            await _run(transaction, f"DROP INDEX {index.name}")


async def _create(transaction: AsyncManagedTransaction, wanted: tuple[str, ...]) -> None:
    for statement in wanted:
        await _run(transaction, statement)


async def _run(transaction: AsyncManagedTransaction, statement: str) -> None:
    # every name in it is the model's own
    result = await transaction.run(statement)
    await result.consume()
