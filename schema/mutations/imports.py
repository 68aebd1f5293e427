"""导入批次 | The mutation on imports: an administrator of the platform has what one did not take read again."""

from __future__ import annotations

from typing import Any

from graph_store.commands.import_runs import RETRIED, RETRY_IMPORT, Retry
from graph_store.model import MODEL
from resolvers.commands.inputs import optional
from schema.mutations.fields import mutation
from schema.mutations.inputs import ID, Given
from schema.placeholders import leaf

_FATE = MODEL.property("ImportRow", "fate")
FATES = Given(
    list[leaf(_FATE)],  # type: ignore[misc] # made from the model
    "重试哪些行：未收的（REJECTED）、悬空关联的（UNRESOLVED）；不填则两者都重试",
    "Which rows: REJECTED, UNRESOLVED; both unless given",
)


def _retry(given: Any) -> Retry:
    return Retry(given.id, tuple(optional(given, "fates") or RETRIED))


IMPORTS = (
    mutation(
        RETRY_IMPORT,
        "Import",
        "ImportRetryRequested",
        "重试一次导入中未收的行和悬空的关联，须为平台管理员 | Have the rows of an import that were rejected, or whose links lead nowhere, read"
        " again; for administrators of the platform",
        fields={"id": ID, "fates": FATES},
        to_command=_retry,
    ),
)
