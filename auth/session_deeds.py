"""What people may do with their own sessions: see them, end one, end all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from auth import noting
from auth.sessions import Sessions
from auth.viewer import Viewer
from graph_store.audit import Note
from graph_store.commands.facts import RecordNotFound

BECAUSE = "ENDED_BY_PERSON"


@dataclass(frozen=True, slots=True)
class SessionDeeds:
    """For whoever came with a session: a token opens none of it. All of it raises GraphStoreError."""

    sessions: Sessions
    note: Note

    async def of(self, viewer: Viewer) -> list[dict[str, Any]]:
        """Those of the viewer that go on, the one used last first."""
        if viewer.person is None or viewer.session is None:
            return []
        return await self.sessions.of(viewer.person)

    async def end(
        self, viewer: Viewer, id_: str, *, dry_run: bool = False
    ) -> dict[str, Any] | RecordNotFound:
        """End one; the session as it was."""
        found = next((each for each in await self.of(viewer) if each["id"] == id_), None)
        if found is None:
            return RecordNotFound(id_, "Session")
        if not dry_run:
            await self._end(viewer, [id_])
        return found

    async def end_others(self, viewer: Viewer, *, dry_run: bool = False) -> list[dict[str, Any]]:
        """End all but the one that the viewer came with; those that went on."""
        others = [each for each in await self.of(viewer) if each["id"] != viewer.session]
        if not dry_run:
            await self._end(viewer, [each["id"] for each in others])
        return others

    async def _end(self, viewer: Viewer, ids: list[str]) -> None:
        if viewer.person is None:
            return
        ended = await self.sessions.end(viewer.person, ids, BECAUSE)
        gone = [each.id for each in ended]
        await noting.sessions_ended(self.note, gone, BECAUSE, viewer.person, viewer.agency)
