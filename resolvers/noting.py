"""Personal data that an answer gives → the audit log, before the answer leaves."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from auth.noting import personal_read

if TYPE_CHECKING:
    from auth.viewer import Viewer
    from graph_store.audit import Note
    from resolvers.personal import NotePersonal, PersonalRead


def noting_personal(note: Note) -> NotePersonal:
    """The engine's hook: it returns when all of it is noted, and raises GraphStoreError when it cannot be."""

    async def noted(viewer: Viewer, reads: tuple[PersonalRead, ...]) -> None:
        fields: dict[str, list[str]] = defaultdict(list)
        for read in reads:
            fields[read.id].append(f"{read.noun}.{read.field}")
        await personal_read(note, viewer, fields)

    return noted
