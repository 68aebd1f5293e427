"""Text and operation name → a document that was parsed and validated once, with the plans compiled for it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from graphql import FragmentDefinitionNode, GraphQLError, OperationType

from resolvers.coercion import coercion
from resolvers.languages import introspected
from resolvers.plans import Plan, Recent
from resolvers.variables import Forks

if TYPE_CHECKING:
    from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

    from resolvers.coercion import Coerce

MOST_DOCUMENTS = 1_000
MOST_ERRORS = 10


class Checks(Protocol):
    """What the edge demands of a document: `web.limits.DocumentChecks`."""

    def parsed(self, text: str) -> DocumentNode:
        """The document. Raises GraphQLError."""
        ...

    def refusals(self, schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
        """Why the document is refused; empty when it is valid."""
        ...

    def operation(self, document: DocumentNode, name: str | None) -> OperationDefinitionNode:
        """The operation meant. Raises GraphQLError."""
        ...


@dataclass(slots=True)
class Prepared:
    """One operation of a valid document."""

    document: DocumentNode
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    coerce: Coerce
    introspected: frozenset[str] = frozenset()
    """The response keys of its roots about the schema."""
    plans: Forks[Plan] = field(default_factory=Forks)

    @property
    def is_mutation(self) -> bool:
        """Whether it is more than a question."""
        return self.operation.operation is OperationType.MUTATION

    @property
    def is_subscription(self) -> bool:
        """Whether it asks for events."""
        return self.operation.operation is OperationType.SUBSCRIPTION


@dataclass(frozen=True, slots=True)
class Refused(Exception):
    """The request is refused before anything is read."""

    errors: list[GraphQLError]


class Documents:
    """The documents used most recently."""

    def __init__(self, schema: GraphQLSchema, checks: Checks) -> None:
        self._schema, self._checks = schema, checks
        self._recent: Recent[Prepared] = Recent(MOST_DOCUMENTS)

    def get(self, text: str, operation: str | None) -> Prepared:
        """The operation, prepared now or before. Raises Refused."""
        found = self._recent.get((text, operation))
        if found is None:
            found = self._prepare(text, operation)
            self._recent.put((text, operation), found)
        return found

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._recent)

    @property
    def plans(self) -> int:
        """How many plans are kept with them."""
        return sum(prepared.plans.size for prepared in self._recent.values())

    def _prepare(self, text: str, name: str | None) -> Prepared:
        try:
            document = self._checks.parsed(text)
        except GraphQLError as error:
            raise Refused([error]) from None
        errors = self._checks.refusals(self._schema, document)
        if errors:
            raise Refused(errors)
        try:
            operation = self._checks.operation(document, name)
        except GraphQLError as error:
            raise Refused([error]) from None
        fragments = {
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        coerce = coercion(self._schema, operation.variable_definitions or (), MOST_ERRORS)
        about = introspected(operation, fragments)
        return Prepared(document, operation, fragments, coerce, about)
