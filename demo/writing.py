"""Generated records through the hub's own close: nodes, edges and change log as every command and import writes them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from neo4j import AsyncDriver

from demo.records import Record, Tie
from graph_store.commands import rows
from graph_store.commands.close import Batch, close
from graph_store.model import MODEL

# where the close is as fast as statements of one's own would be (docs/decisions/0003)
_RECORDS, _TIES = 500, 2_000

Known = Mapping[str, str]


def batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Records in the same order, as many as go into one transaction."""
    batch: list[Record] = []
    ties = 0
    for record in records:
        batch.append(record)
        ties += len(record.ties)
        if len(batch) >= _RECORDS or ties >= _TIES:
            yield batch
            batch, ties = [], 0
    if batch:
        yield batch


async def write(driver: AsyncDriver, database: str, batch: Batch) -> None:
    """Write a batch in a transaction of its own. Raises what the driver and the close raise."""
    async with (
        driver.session(database=database) as session,
        await session.begin_transaction() as transaction,
    ):
        await close(transaction, batch)
        await transaction.commit()


def batch_of(records: Iterable[Record], known: Known, deed: rows.Deed) -> Batch:
    """The rows of these records; `known` leads from an id to the one under which the graph has that record already.

    The log tells when the record was written; the record itself says when, in the story, it entered the hub, so that
    the same seed gives the same records at any time.
    """
    batch = Batch()
    for record in records:
        ties = frozenset(_tie(record, tie, known) for tie in record.ties)
        state = rows.State(record.properties, ties)
        made = rows.record_rows(MODEL, MODEL[record.noun], None, state, deed)
        stored = made.creates[0]["properties"]
        stored["createdAt"] = stored["updatedAt"] = record.properties["createdAt"]
        batch.add(made)
    return batch


def _tie(record: Record, tie: Tie, known: Known) -> rows.Tie:
    forward = tie.start == record.id
    far = tie.end if forward else tie.start
    hop = _hop(record.noun, tie.type, far.split("-", 2)[1], forward=forward)
    return rows.tie(hop, known.get(far, far), tie.properties)


@cache
def _hop(noun: str, type_: str, word: str, *, forward: bool) -> str:
    """What the model calls an edge of that type, seen from the noun, to the noun of that word."""
    far = MODEL.by_word[word].name
    return next(
        hop.name
        for hop in MODEL.hops(noun).values()
        if (hop.edge.type, hop.far, hop.forward) == (type_, far, forward)
    )
