"""导入批次 | The runs of imports: one that shows no life has died, and `reconcile` says so."""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.commands.actors import GOVERN
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Seen
from graph_store.commands.facts import NotNow, NotYours, RecordNotFound, Written
from graph_store.commands.rows import instant_text
from graph_store.model.imports import IMPORT

RUNNING, FINISHED, DIED = "running", "finished", "died"

_FAILURE = "导入进程中断，此后未再写入；已写入的记录有效，重新导入同一文件即可补齐。"
_FAILURE_EN = (
    "The process of the import ended before the file did; what is in stays, "
    "and importing the same file again completes it."
)


@dataclass(frozen=True, slots=True)
class Silent:
    """An import that has written nothing for a long time; `version` as it was seen."""

    id: str
    version: int


def bury(given: Silent, seen: Seen, draft: Draft) -> Written | NotYours | RecordNotFound | NotNow:
    """The import has died; not where it has written meanwhile, or ended."""
    run = draft.held(given.id, IMPORT)
    if fact := seen.lacks(GOVERN, at=()):
        return fact
    if run is None:
        return RecordNotFound(given.id, IMPORT.name)
    if run["state"] != RUNNING or run["version"] != given.version:
        return NotNow(run.id, "bury", run["state"])
    ended = {"endedAt": instant_text(seen.now), "failure": _FAILURE, "failureEn": _FAILURE_EN}
    draft.set(run, {"state": DIED, **ended})
    return draft.written(run)


BURY_IMPORT = Decision(
    "buryImport",
    lambda given: Needs(frozenset({given.id})),
    bury,
    (Written, NotYours, RecordNotFound, NotNow),
)
