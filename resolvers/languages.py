"""What the schema says of itself, in one language: descriptions are written `中文 | English`, and a client reads one of the two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode

from resolvers.meta_texts import meta_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphql import FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode

BETWEEN = " | "
ABOUT_THE_SCHEMA = frozenset({"__schema", "__type"})


def in_language(text: str, language: str) -> str:
    """One of the two halves; GraphQL's own texts are English, with their Chinese in a table.

    >>> in_language("名称 | Name", "zh"), in_language("名称 | Name", "en"), in_language("name", "zh")
    ('名称', 'Name', 'name')
    """
    zh, between, en = text.partition(BETWEEN)
    if between:
        return en if language == "en" else zh
    return meta_texts().get(text, text) if language == "zh" else text


def spoken(value: Any, language: str) -> Any:
    """An answer about the schema with every text in one language; whatever is no description stays as it is."""
    if isinstance(value, str):
        return in_language(value, language)
    if isinstance(value, dict):
        return {key: spoken(each, language) for key, each in value.items()}
    if isinstance(value, list):
        return [spoken(each, language) for each in value]
    return value


def introspected(
    operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> frozenset[str]:
    """The response keys of the roots that are about the schema."""
    return frozenset(
        field.alias.value if field.alias else field.name.value
        for field in _roots(operation.selection_set, fragments, set())
        if field.name.value in ABOUT_THE_SCHEMA
    )


def _roots(
    selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode], seen: set[str]
) -> Iterator[FieldNode]:
    for node in selections.selections:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            yield from _roots(node.selection_set, fragments, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            yield from _roots(fragments[node.name.value].selection_set, fragments, seen)
