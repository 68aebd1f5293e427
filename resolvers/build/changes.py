"""`changes`, `nodeChanged` and `inboxChanged` → one column that reads the records of a batch of changes, and the shape of an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_store.cypher.ast import Fetch, Question
from graph_store.cypher.sources import Source, Variable
from graph_store.model.words import Kind
from resolvers.arguments import Structure, arguments, source
from resolvers.build.building import Building
from resolvers.build.offered import Offered, chosen, leaf
from resolvers.build.parts import definition_of
from resolvers.build.search import kind_of_record
from resolvers.build.selections import collected
from resolvers.build.varying import Varying, of_kinds
from resolvers.shape import Child, Object, Value, Varied

if TYPE_CHECKING:
    from graphql import FieldNode, OperationDefinitionNode

    from graph_store.model.words import Noun

# no variable of a document can have this name
IDS = "ids of changed records"


@dataclass(frozen=True, slots=True)
class Watch:
    """What a subscription asks of the change log: some nouns' changes (None: all) or one record's, from a cursor on.

    `is_inbox`: only of tasks that concern the viewer.
    """

    nouns: frozenset[str] | None
    node_id: Source | None
    after: Source | None
    is_inbox: bool = False


def watch(building: Building, operation: OperationDefinitionNode) -> Watch:
    """The arguments of the operation's one field."""
    _, nodes, given = _field(building, operation)
    nouns = _nouns(building, nodes, given)
    node_id, after = (
        None if given.get(name) is None else source(given[name]) for name in ("id", "after")
    )
    names = None if nouns is None else frozenset(noun.name for noun in nouns)
    return Watch(names, node_id, after, _is_inbox(nodes))


def event(building: Building, operation: OperationDefinitionNode) -> tuple[Question, Object]:
    """The question for the records of a batch, whose ids are the variable `IDS`, and the shape of one event.

    An event's row is (cursor, at, kind, node id, whether it is new, record). Also where no record is selected, one is read:
    a change is told only to those who may see what changed.
    """
    key, nodes, given = _field(building, operation)
    varying = Varying(building, _nouns(building, nodes, given) or tuple(building.model))
    shape = chosen(building, nodes, "Change", _offered(building, varying))
    column = Fetch(Variable((IDS,)), varying.cases(), many=True)
    return Question((column,)), Object("Subscription", ((key, Child(0, shape, required=True)),))


def _is_inbox(nodes: list[FieldNode]) -> bool:
    return nodes[0].name.value == "inboxChanged"


def _nouns(
    building: Building, nodes: list[FieldNode], given: dict[str, Structure]
) -> tuple[Noun, ...] | None:
    if _is_inbox(nodes):
        return (building.model["Task"],)
    return of_kinds(building, given.get("kinds"))


def _offered(building: Building, varying: Varying) -> Offered:
    return {
        "cursor": leaf(0, Kind.TEXT),
        "at": leaf(1, Kind.INSTANT),
        "kind": Value(2, kind_of_record(building), required=True),
        "nodeId": leaf(3, Kind.ID),
        "isNew": leaf(4, Kind.FLAG),
        "node": lambda nodes: Varied(5, varying.shapes(nodes), many=False),
    }


def _field(
    building: Building, operation: OperationDefinitionNode
) -> tuple[str, list[FieldNode], dict[str, Structure]]:
    """The one field's key, nodes and arguments."""
    fields = collected(building, [operation.selection_set], "Subscription")
    ((key, nodes),) = fields.items()  # validation allows one, and no `@skip` or `@include` on it
    definition = definition_of(building, "Subscription", nodes[0].name.value)
    return key, nodes, arguments(nodes[0], definition, building.variables)
