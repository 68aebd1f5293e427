"""Personal data among what an answer gives: which persons' full values it told, so that it can be noted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auth.viewer import Viewer


@dataclass(frozen=True, slots=True)
class PersonalRead:
    """A field of somebody's record whose full value was given, to somebody else than themselves.

    Without an `id` it is a field by which records were sought: the answer says of a value whose it is.
    """

    noun: str
    id: str
    field: str


class PersonalReads(dict[PersonalRead, None]):
    """What one answer has given so far; a decoder fills it and has it as the last of its pages."""


NotePersonal = Callable[["Viewer", tuple[PersonalRead, ...]], Awaitable[None]]
"""Called before an answer leaves that gives such values; when it raises, none leaves."""


class PersonalReadsAreNotNoted(Exception):
    """Nothing was wired that would note who reads personal data, so nobody is given any."""


async def nobody_notes(_viewer: Viewer, _reads: tuple[PersonalRead, ...]) -> None:
    """Refuse. Raises PersonalReadsAreNotNoted."""
    raise PersonalReadsAreNotNoted


def told(cell: list[Any] | None, reads: PersonalReads, noun: str, field: str) -> Any:
    """The value in a cell as `ast.Personal` gives it; a full one of another's, which has the id beside it, is remembered."""
    if cell is None:
        return None
    value, *ids = cell
    for id_ in ids:
        reads[PersonalRead(noun, id_, field)] = None
    return value
