"""How large a question may be: one validation rule, and the same bounds for variables.

The rule weighs each fragment once and adds weights up, so that a document of nested fragments which
would unfold to billions of fields is refused in microseconds. It comes before every other rule and
ends the validation: nothing costly ever sees a document beyond the limits.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import ClassVar

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    Node,
    NoSchemaIntrospectionCustomRule,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    StringValueNode,
    ValidationContext,
    parse,
    specified_rules,
    validate,
)
from graphql.validation import ASTValidationRule
from graphql.validation.validate import ValidationAbortedError

from resolvers.plans import Recent
from web.errors import Refusal

MAX_ERRORS = 10
MOST_KINDS = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures of the contract; `selections`, `tokens` and `comments` are the edge's own.

    `depth` counts fields, also in skipped parts; aliases, root selections and selections count
    with every fragment written out; `filter_depth` counts input objects inside one another;
    `introspection` counts fields of the schema's answer, 1.5 µs each, of which a usual tool asks 120,000.
    """

    depth: int = 16
    aliases: int = 100
    root_selections: int = 100
    directives: int = 5
    operations: int = 50
    variables: int = 200
    list_items: int = 2_000
    filter_depth: int = 10
    selections: int = 5_000
    introspection: int = 400_000
    tokens: int = 20_000
    comments: int = 2_000


LIMITS = Limits()

WHAT_IS_LIMITED = {
    "depth": ("levels of fields", "字段层数"),
    "aliases": ("aliases", "别名数"),
    "root_selections": ("root fields", "根字段数"),
    "directives": ("directives in one place", "同一位置的指令数"),
    "operations": ("operations in a document", "文档中的操作数"),
    "variables": ("variables", "变量数"),
    "list_items": ("items in a list", "列表项数"),
    "filter_depth": ("input objects inside one another", "输入对象嵌套层数"),
    "selections": ("fields once fragments are written out", "展开片段后的字段数"),
    "introspection": ("fields in the answer about the schema", "自省结果的字段数"),
}


# how many the hub's schema has of each, about; it is answered by Python, and all others wait meanwhile
MANY_IN_THE_SCHEMA = {"types": 500, "fields": 6, "inputFields": 6, "ofType": 0.5}
INTROSPECTIONS = frozenset({"__schema", "__type"})


def sentences(name: str, limit: int) -> tuple[str, str]:
    """The same refusal in English and Chinese."""
    what, what_zh = WHAT_IS_LIMITED[name]
    return (
        f"The request has too many {what}: at most {limit:,} are allowed. Ask for less, or in several requests.",
        f"请求的{what_zh}过多，上限为 {limit:,}。请减少内容，或分多次请求。",
    )


def _exceeded(name: str, limits: Limits, node: Node) -> ValidationAbortedError:
    limit: int = getattr(limits, name)
    message, message_zh = sentences(name, limit)
    extensions = {
        "code": "LIMIT_EXCEEDED",
        "limit": name,
        "allowed": limit,
        "messageZh": message_zh,
    }
    return ValidationAbortedError(message, [node], extensions=extensions)


@dataclass(frozen=True, slots=True)
class Weight:
    """What a selection set amounts to with its fragments written out."""

    depth: int = 0
    aliases: int = 0
    selections: int = 0
    roots: int = 0
    schema_fields: float = 0
    introspected: float = 0

    def beside(self, other: "Weight") -> "Weight":
        """Both in one selection set."""
        return Weight(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.selections + other.selections,
            self.roots + other.roots,
            self.schema_fields + other.schema_fields,
            self.introspected + other.introspected,
        )

    def below(self, node: FieldNode) -> "Weight":
        """Under a field; `schema_fields` counts as if it were one about the schema, which its root decides."""
        name = node.name.value
        aliases = self.aliases + (node.alias is not None)
        schema_fields = MANY_IN_THE_SCHEMA.get(name, 1) * (self.schema_fields + 1)
        introspected = self.introspected + (schema_fields if name in INTROSPECTIONS else 0)
        return Weight(self.depth + 1, aliases, self.selections + 1, 1, schema_fields, introspected)


@dataclass(slots=True)
class Scales:
    """Weighs selection sets, each fragment once."""

    fragments: dict[str, FragmentDefinitionNode]
    weighed: dict[str, Weight] = field(default_factory=dict)

    def weigh(self, selections: SelectionSetNode | None) -> Weight:
        """Recursive, but the parser bounds nesting in a definition; see `_weigh_document`."""
        total = Weight()
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                total = total.beside(self.weigh(node.selection_set).below(node))
            elif isinstance(node, InlineFragmentNode):
                total = total.beside(self.weigh(node.selection_set))
            elif isinstance(node, FragmentSpreadNode):
                total = total.beside(self._fragment(node.name.value))
        return total

    def _fragment(self, name: str) -> Weight:
        if name not in self.weighed:
            self.weighed[name] = Weight()  # a cycle weighs nothing; another rule refuses it
            fragment = self.fragments.get(name)
            self.weighed[name] = self.weigh(fragment.selection_set if fragment else None)
        return self.weighed[name]


def _weigh_document(document: DocumentNode, limits: Limits) -> None:
    definitions = document.definitions
    fragments = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}
    operations = [d for d in definitions if isinstance(d, OperationDefinitionNode)]
    if len(operations) > limits.operations:
        raise _exceeded("operations", limits, operations[limits.operations])
    scales = Scales(fragments)
    weighable: list[OperationDefinitionNode | FragmentDefinitionNode]
    weighable = [*operations, *fragments.values()]
    for definition in weighable:
        try:
            weight = scales.weigh(definition.selection_set)
        except RecursionError:  # a chain of hundreds of fragments
            raise _exceeded("depth", limits, definition) from None
        _check_weight(weight, definition, limits)


def _check_weight(
    weight: Weight, node: OperationDefinitionNode | FragmentDefinitionNode, limits: Limits
) -> None:
    is_operation = isinstance(node, OperationDefinitionNode)
    if weight.depth > limits.depth:
        raise _exceeded("depth", limits, node)
    if weight.aliases > limits.aliases:
        raise _exceeded("aliases", limits, node)
    if is_operation and weight.roots > limits.root_selections:
        raise _exceeded("root_selections", limits, node)
    if weight.selections > limits.selections:
        raise _exceeded("selections", limits, node)
    if weight.introspected > limits.introspection:
        raise _exceeded("introspection", limits, node)
    if is_operation and len(node.variable_definitions or ()) > limits.variables:
        raise _exceeded("variables", limits, node)


class WithinLimits(ASTValidationRule):
    """Raises at the first excess, which ends the validation with that one error."""

    limits: ClassVar[Limits] = LIMITS

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self._objects = 0

    def enter_document(self, node: DocumentNode, *_: object) -> None:
        """Before any other rule looks inside."""
        _weigh_document(node, self.limits)

    def enter(self, node: Node, *_: object) -> None:
        """Directives, wherever they may stand."""
        if len(getattr(node, "directives", None) or ()) > self.limits.directives:
            raise _exceeded("directives", self.limits, node)

    def enter_list_value(self, node: ListValueNode, *_: object) -> None:
        """A list written out."""
        if len(node.values) > self.limits.list_items:
            raise _exceeded("list_items", self.limits, node)

    def enter_object_value(self, node: ObjectValueNode, *_: object) -> None:
        """One input object deeper."""
        self._objects += 1
        if self._objects > self.limits.filter_depth:
            raise _exceeded("filter_depth", self.limits, node)

    def leave_object_value(self, *_: object) -> None:
        """And out again."""
        self._objects -= 1

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        """A text which no record can hold."""
        if "\0" in node.value:
            extensions = {"code": NUL.code, "messageZh": NUL.message_zh}
            raise ValidationAbortedError(NUL.message, [node], extensions=extensions)


def limits_rule(limits: Limits = LIMITS) -> type[ASTValidationRule]:
    """A rule to put before all others; make it once."""
    return type("WithinLimits", (WithinLimits,), {"limits": limits})


@dataclass(frozen=True, slots=True)
class DocumentChecks:
    """Parses and validates documents by the house's limits; hand it to whoever prepares them."""

    rules: tuple[type[ASTValidationRule], ...]
    limits: Limits
    _kinds: Recent[OperationType] = field(
        default_factory=lambda: Recent(MOST_KINDS), repr=False, compare=False
    )

    def parsed(self, text: str) -> DocumentNode:
        """The document. Raises `GraphQLSyntaxError`."""
        return parse(
            text,
            allow_empty_selection_sets=False,
            max_lexical_tokens=self.limits.tokens,
            max_comments=self.limits.comments,
        )

    def kind(self, text: str, name: str | None) -> OperationType:
        """What kind the operation meant is; a query where none or several fit, which nobody answers."""
        # by its digest, since a text may be long and none has been found valid yet
        key = sha256(text.encode(errors="surrogatepass")).digest(), name
        known = self._kinds.get(key)
        if known is None:
            known = self._kind(text, name)
            self._kinds.put(key, known)
        return known

    def _kind(self, text: str, name: str | None) -> OperationType:
        try:
            return self.operation(self.parsed(text), name).operation
        except GraphQLError:
            return OperationType.QUERY

    def refusals(self, schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
        """At most ten errors, none with a suggestion; empty when the document is valid."""
        errors = validate(
            schema, document, self.rules, max_errors=MAX_ERRORS, hide_suggestions=True
        )
        return [_explained(error) for error in errors[:MAX_ERRORS]]

    def fault(self, schema: GraphQLSchema, text: str) -> str | None:
        """The first reason for which a document is refused; None when it is valid."""
        try:
            errors = self.refusals(schema, self.parsed(text))
        except GraphQLError as error:
            return error.message
        return errors[0].message if errors else None

    @staticmethod
    def operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
        """The one operation meant. Raises `GraphQLError` when none or several fit."""
        operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
        if name is not None:
            operations = [o for o in operations if o.name and o.name.value == name]
        if len(operations) == 1:
            return operations[0]
        raise GraphQLError(_WHICH[bool(operations)], extensions={"code": "OPERATION_NOT_FOUND"})


def _explained(error: GraphQLError) -> GraphQLError:
    """Said in our words where the library's do not tell what to do."""
    if error.message == "Validation aborted.":  # its own end of a laborious comparison
        extensions = {"code": "LIMIT_EXCEEDED", "limit": "comparisons", "messageZh": LABORIOUS_ZH}
        return GraphQLError(LABORIOUS, extensions=extensions)
    if error.message in PIECEMEAL:
        extensions = {"code": "ANSWERS_ARE_WHOLE", "messageZh": WHOLE_ZH}
        return GraphQLError(WHOLE, error.nodes, extensions=extensions)
    return error


PIECEMEAL = frozenset(f"Unknown directive '@{name}'." for name in ("defer", "stream"))
WHOLE = "The hub answers in one piece, since one statement finds all of it: there is no @defer and no @stream. Remove the directive; what may come later, ask in a second request at the same time."
WHOLE_ZH = "枢纽用一条语句查出全部结果，一次性返回，不支持 @defer 和 @stream。请去掉该指令；可以晚到的部分请另发一个请求同时查询。"
LABORIOUS = "The request repeats fields too often for them to be compared. Ask for each field once, or in several requests."
LABORIOUS_ZH = "请求中重复的字段过多，无法逐一比较。请每个字段只写一次，或分多次请求。"

_WHICH = {
    True: "The document holds several operations. Say which one to run by `operationName`.",
    False: "The document holds no operation of that name. Check `operationName`.",
}


def document_checks(*, introspection: bool, limits: Limits = LIMITS) -> DocumentChecks:
    """The limits, the specification's rules and, where introspection is off, its refusal."""
    closed = () if introspection else (NoSchemaIntrospectionCustomRule,)
    return DocumentChecks((limits_rule(limits), *specified_rules, *closed), limits)


NUL = Refusal(
    400,
    "TEXT_HOLDS_NUL",
    "A text holds the NUL character (U+0000), which no record can hold. Remove it.",
    "文本中含有 NUL 字符（U+0000），任何记录都不会包含它。请删除。",
)


def variables_refusal(variables: dict[str, object], limits: Limits = LIMITS) -> Refusal | None:
    """Why the variables' JSON is refused, or None. Walks without recursion, each value once."""
    if len(variables) > limits.variables:
        return _refused("variables", limits)
    return next(_excesses(variables, limits), None)


def _excesses(variables: dict[str, object], limits: Limits) -> Iterator[Refusal]:
    pending: list[tuple[object, int, int]] = [(value, 0, 0) for value in variables.values()]
    while pending:
        value, objects, lists = pending.pop()
        if isinstance(value, str):
            if "\0" in value:
                yield NUL
        elif isinstance(value, list):
            if len(value) > limits.list_items:
                yield _refused("list_items", limits)
            pending.extend((item, objects, lists + 1) for item in value)
        elif isinstance(value, dict):
            pending.extend((item, objects + 1, lists) for item in value.values())
            objects += 1
        if objects > limits.filter_depth or lists > 2 * limits.filter_depth:
            yield _refused("filter_depth", limits)


def _refused(name: str, limits: Limits) -> Refusal:
    limit: int = getattr(limits, name)
    details = (("limit", name), ("allowed", limit))
    return Refusal(400, "LIMIT_EXCEEDED", *sentences(name, limit), details=details)
