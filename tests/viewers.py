"""Viewers of tests."""

from __future__ import annotations

from auth.viewer import Viewer
from graph_store.rights import Rights


def at_home(institutions: tuple[str, ...], person: str | None = None) -> Viewer:
    """Somebody at home at these institutions."""
    return Viewer(Rights(person, person, institutions=institutions))
