"""The pictures and tables of processes in the administrators' guide are those of the machines.

`BASHU_UPDATE_GUIDE=1` writes them anew; their diff is the review of a change in a process.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from graph_store.commands.machines_of import LIVES
from graph_store.commands.move_words import WORDS
from graph_store.commands.pictures import pictured

GUIDE = Path(__file__).parents[1] / "docs" / "guides" / "administrator.md"
_PART = re.compile(r"(<!-- process: (\w+) -->\n).*?(\n<!-- end of process -->)", re.DOTALL)


def _written_anew(text: str) -> str:
    return _PART.sub(lambda found: found[1] + pictured(LIVES[found[2]].machine) + found[3], text)


def test_the_guide_shows_every_process_as_it_is() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    if os.environ.get("BASHU_UPDATE_GUIDE") == "1":
        GUIDE.write_text(_written_anew(text), encoding="utf-8")
        text = GUIDE.read_text(encoding="utf-8")
    assert {found[2] for found in _PART.finditer(text)} == set(LIVES)
    assert text == _written_anew(text), (
        "run: BASHU_UPDATE_GUIDE=1 pytest tests/test_process_guide.py"
    )


@pytest.mark.parametrize("noun", sorted(LIVES))
def test_every_move_has_its_words_in_both_languages(noun: str) -> None:
    names = {each.name for each in LIVES[noun].machine.moves}
    assert names <= WORDS.keys()
