"""Who is asking, as the layers below see it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person's id, or nobody, and the grants that agreements in force give."""

    person: str | None = None
    grants: tuple[str, ...] = ()


ANONYMOUS = Viewer()
