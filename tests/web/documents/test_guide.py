"""The guide of documents names every code that they answer with, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from web import documents
from web.documents.routes import document_routes

CODE = re.compile(r'"([A-Z]+(?:_[A-Z]+)+)"')
GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "documents.md"
# of states and of Python, no refusals
OTHERS = {"HOME_APPROVED", "NOT_DECIDED"}


def test_every_code_is_told_and_no_other() -> None:
    (folder,) = documents.__path__
    texts = (path.read_text("utf-8") for path in Path(folder).glob("*.py"))
    given = {code for text in texts for code in CODE.findall(text)} - OTHERS
    told = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", GUIDE.read_text("utf-8")))
    assert told == given


def test_every_address_is_told() -> None:
    text = GUIDE.read_text("utf-8")
    shown = (
        text.replace("ID", "{id}").replace("NUMBER", "{number}").replace("….ics", "{secret}.ics")
    )
    for route in document_routes():
        assert f"{route.path}`" in shown  # type: ignore[attr-defined] # each of them is a Route
