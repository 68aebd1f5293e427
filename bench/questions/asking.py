"""The operations as each server is asked them, and how the hub spells what the graph stores."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.load import LoadError, answer, encoded
from bench.questions import peers
from bench.questions.drawn import PAGE, Values
from bench.questions.model import MODEL
from bench.questions.servers import Server
from graph_store.model.words import Noun, Option

FOLDER = Path(__file__).parent / "operations"
PEER_FOLDER = Path(__file__).parent / "peer_operations"
TEXT_OF = {"page": "q4", "identical": "q1", "heavyShared": "heavy", "heavyDistinct": "heavy"}
WALK_ROWS = 10_000
ENTITIES = """query entities($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Instrument { id name category } }
}"""


@dataclass(frozen=True, slots=True)
class Rows:
    """Every instrument in order: its id, and the hub's cursor of it."""

    ids: Sequence[str]
    cursors: Sequence[str]


def operation(name: str) -> str:
    """The hub's text of an operation."""
    if name.startswith("entities"):
        return ENTITIES
    return (FOLDER / f"{TEXT_OF.get(name, name)}.graphql").read_text(encoding="utf-8")


def operations() -> list[str]:
    """Names of the reference operations that the hub has, in order."""
    return [name for name in peers.variables() if (FOLDER / f"{name}.graphql").exists()]


def requests(server: Server, name: str, values: Sequence[Values], rows: Rows) -> list[bytes]:
    """An operation with each of its values, ready to be sent."""
    if server.name == "raw":
        path = f"/{TEXT_OF.get(name, name)}"
        bodies = [raw_variables(each, rows) for each in values]
    else:
        path = "/graphql"
        text = operation(name) if server.name == "hub" else peer_operation(server, name)
        spell = hub_variables if server.name == "hub" else peer_variables
        bodies = [{"query": text, "variables": spell(each, rows)} for each in values]
    return [encoded(server.port, path, json.dumps(body).encode()) for body in bodies]


def hub_variables(values: Values, rows: Rows) -> Values:
    """With choices as the enum spells them and the cursor of a row."""
    spelled: Values = {word: SHOWN.get(str(value), value) for word, value in values.items()}
    if "offset" in spelled:
        spelled["after"] = rows.cursors[spelled.pop("offset") - 1]
    return spelled


def raw_variables(values: Values, rows: Rows) -> Values:
    """With the id of a row; a phrase in quotes means to Lucene what the hub means by it."""
    spelled = peer_variables(values, rows)
    spelled.pop("ignored", None)  # they would be parameters of its Cypher
    if "offset" in spelled:
        spelled["after"] = rows.ids[spelled.pop("offset") - 1]
    return spelled


def peer_variables(values: Values, _: Rows) -> Values:
    """With the number of a row, and the phrase in quotes."""
    return {word: f'"{value}"' if word == "phrase" else value for word, value in values.items()}


def peer_operation(server: Server, name: str) -> str:
    """The peer's text, from its own folder or from here; without instants where it cannot select them."""
    own = PEER_FOLDER / f"{TEXT_OF.get(name, name)}.graphql"
    text = (
        own.read_text(encoding="utf-8")
        if own.exists()
        else peers.peer_operation(TEXT_OF.get(name, name))
    )
    return text if server.with_instants else text.replace(" createdAt", "")


def cursors(hub: Server, count: int) -> list[str]:
    """The hub's cursor of each of `count` rows."""
    found: list[str] = []
    while len(found) < count:
        values: dict[str, Any] = {"first": WALK_ROWS, "after": found[-1] if found else None}
        body = json.dumps({"query": operation("walk"), "variables": values}).encode()
        data = json.loads(answer(hub.port, encoded(hub.port, "/graphql", body)))["data"]
        edges = data["instruments"]["edges"]
        found += [edge["cursor"] for edge in edges]
        if len(edges) < WALK_ROWS:
            break
    return found


def serves_entities(hub: Server) -> bool:
    """Whether the hub is a federation subgraph."""
    body = json.dumps({"query": ENTITIES, "variables": {"representations": []}}).encode()
    try:
        answer(hub.port, encoded(hub.port, "/graphql", body))
    except LoadError:
        return False
    return True


def _options(noun: Noun) -> list[Option]:
    return [option for each in noun.properties if each.options for option in each.options.options]


SHOWN = {option.value: option.shown for noun in MODEL for option in _options(noun)}
STORED = {shown: value for value, shown in SHOWN.items()}

__all__ = ["PAGE", "SHOWN", "STORED", "Rows", "cursors", "operation", "operations", "requests"]
