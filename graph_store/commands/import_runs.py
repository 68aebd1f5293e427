"""导入批次 | The runs of imports: one that shows no life has died, an administrator of the platform has what it did not take tried again."""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.commands.actors import GOVERN, HUB
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.facts import NotNow, NotYours, RecordNotFound, Written
from graph_store.commands.import_facts import ImportIsAtWork, NothingToRetry
from graph_store.commands.move_facts import OnlyTheHub
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.records import outcomes_of
from graph_store.commands.rows import instant_text, tie
from graph_store.model import MODEL
from graph_store.model.imports import IMPORT

WAITING, RUNNING, FINISHED, DIED = "waiting", "running", "finished", "died"
REJECTED, UNRESOLVED = "rejected", "unresolved"
RETRIED = (REJECTED, UNRESOLVED)
"""The fates whose rows can be read again; the books of an import count each under the same name."""

TOPIC = "retry_import"
"""Of the outbox: rows are to be read again; the subject is the id of the import that waits to do so."""

_FAILURE = "导入进程中断，此后未再写入；已写入的记录有效，重新导入同一文件即可补齐。"
_FAILURE_EN = (
    "The process of the import ended before the file did; what is in stays, "
    "and importing the same file again completes it."
)
_OF_THE_FILE = ("name", "nameEn", "synthetic", "digest", "connector", "mapping", "mappingDigest")
_COUNTED = tuple(each.name for each in IMPORT.properties if each.numeric and each.name != "version")


@dataclass(frozen=True, slots=True)
class Silent:
    """An import that has written nothing for a long time; `version` as it was seen."""

    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Retry:
    """An import whose rows of these fates somebody wants to be read again."""

    id: str
    fates: tuple[str, ...] = RETRIED


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A retry that cannot be carried out, and why, in both languages."""

    id: str
    failure: str
    failure_en: str


def bury(given: Silent, seen: Seen, draft: Draft) -> Written | NotYours | RecordNotFound | NotNow:
    """The import has died; not where it has written meanwhile, or ended."""
    run = draft.held(given.id, IMPORT)
    if fact := seen.lacks(GOVERN, at=()):
        return fact
    if run is None:
        return RecordNotFound(given.id, IMPORT.name)
    if run["state"] != RUNNING or run["version"] != given.version:
        return NotNow(run.id, "bury", run["state"])
    return _died(run, _FAILURE, _FAILURE_EN, seen, draft)


def retry(
    given: Retry, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | NothingToRetry | ImportIsAtWork:
    """An import that waits to read those rows again; one that waits for the same already is the answer."""
    run = draft.held(given.id, IMPORT)
    if fact := seen.lacks(GOVERN, at=()):
        return fact
    if run is None:
        return RecordNotFound(given.id, IMPORT.name)
    if run["state"] in {WAITING, RUNNING}:
        return ImportIsAtWork(run.id)
    fates = [each for each in RETRIED if each in given.fates and run[each]]
    if not fates:
        return NothingToRetry(run.id)
    for again in _tried(run, seen, draft):
        if again["state"] == WAITING and set(fates) <= set(again["fates"]):
            return draft.written(again)
        if again["state"] in {WAITING, RUNNING}:
            return ImportIsAtWork(again.id)
    return _asked_for(run, fates, seen, draft)


def _tried(run: Held, seen: Seen, draft: Draft) -> list[Held]:
    """The imports that try it again, or did."""
    found = (draft.held(each.far, IMPORT) for each in seen.ties(run, "retriedBy"))
    return [each for each in found if each]


def _asked_for(run: Held, fates: list[str], seen: Seen, draft: Draft) -> Written:
    values = {
        **{name: run[name] for name in _OF_THE_FILE},
        **dict.fromkeys(_COUNTED, 0),
        "fates": fates,
        "state": WAITING,
        "actor": seen.actor.id,
        "startedAt": instant_text(seen.now),
    }
    sources = [tie("source", each.far) for each in seen.ties(run, "source")]
    again = draft.create(IMPORT, values, [tie("retries", run.id), *sources])
    draft.tell(f"{TOPIC}/{again.id}", TOPIC, again.id, seen.now)
    return draft.written(again)


def fail(
    given: Unreadable, seen: Seen, draft: Draft
) -> Written | OnlyTheHub | RecordNotFound | NotNow:
    """The retry has died before it read anything; by the hub alone."""
    if seen.actor != HUB:
        return OnlyTheHub("failImport")
    run = draft.held(given.id, IMPORT)
    if run is None:
        return RecordNotFound(given.id, IMPORT.name)
    if run["state"] not in {WAITING, RUNNING}:
        return NotNow(run.id, "failImport", run["state"])
    return _died(run, given.failure, given.failure_en, seen, draft)


def _died(run: Held, failure: str, failure_en: str, seen: Seen, draft: Draft) -> Written:
    ended = {"endedAt": instant_text(seen.now), "failure": failure, "failureEn": failure_en}
    draft.set(run, {"state": DIED, **ended})
    return draft.written(run)


def _needs_of_retry(given: Retry) -> Needs:
    hops = ("retriedBy", "source")
    ties = (Question(ties_of(MODEL, IMPORT.name, each), given.id) for each in hops)
    return Needs(frozenset({given.id}), frozenset(ties))


BURY_IMPORT = Decision(
    "buryImport", lambda given: Needs(frozenset({given.id})), bury, outcomes_of(bury)
)
RETRY_IMPORT = Decision("retryImport", _needs_of_retry, retry, outcomes_of(retry))
FAIL_IMPORT = Decision(
    "failImport", lambda given: Needs(frozenset({given.id})), fail, outcomes_of(fail)
)
