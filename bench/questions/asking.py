"""The reference operations as the hub asks them, and how it spells what the graph stores."""

from pathlib import Path
from typing import Any

from bench.questions import peers
from bench.questions.model import MODEL
from graph_store.model.words import Noun, Option

FOLDER = Path(__file__).parent / "operations"


def operation(name: str) -> str:
    """The hub's text of an operation."""
    return (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")


def operations() -> list[str]:
    """Names of the reference operations that the hub has, in order."""
    return [name for name in peers.variables() if (FOLDER / f"{name}.graphql").exists()]


def variables(name: str) -> dict[str, Any]:
    """The reference variables, with values of a choice as the enum spells them; a cursor is made at run time."""
    return {word: SHOWN.get(value, value) for word, value in peers.variables()[name].items()}


def _options(noun: Noun) -> list[Option]:
    return [option for each in noun.properties if each.options for option in each.options.options]


SHOWN = {option.value: option.shown for noun in MODEL for option in _options(noun)}
STORED = {shown: value for value, shown in SHOWN.items()}
