"""The limits of the contract: each at its bound, and one beyond."""

from collections.abc import Iterator

import pytest
from graphql import GraphQLError, GraphQLSchema, build_schema, get_introspection_query
from hypothesis import given
from hypothesis import strategies as st

from tests.spent import cpu_at_most
from web.limits import LIMITS, DocumentChecks, Limits, document_checks, variables_refusal

SCHEMA = build_schema("""
    directive @mark(n: Int) repeatable on FIELD | QUERY | FRAGMENT_SPREAD | VARIABLE_DEFINITION
    input Where { name: String in: [Int!] and: [Where!] not: Where }
    type Node { name: String a(where: Where): Node b: Node c: Node }
    type Query { node(where: Where): Node name: String }
""")

CHECKS = document_checks(introspection=True)


def limit_hit(
    query: str, checks: DocumentChecks = CHECKS, schema: GraphQLSchema = SCHEMA
) -> object:
    """The name of the limit that refuses a query, None when it is valid."""
    errors = checks.refusals(schema, checks.parsed(query))
    if not errors:
        return None
    assert [error.extensions["code"] for error in errors if error.extensions] == ["LIMIT_EXCEEDED"]
    (error,) = errors
    assert error.locations
    assert error.extensions is not None
    return error.extensions["limit"]


def nested(levels: int, leaf: str = "name") -> str:
    return "{ node " + "{ a " * (levels - 2) + "{ " + leaf + " }" + " }" * (levels - 2) + " }"


def filter_of(levels: int) -> str:
    return "{not: " * (levels - 1) + '{name: "x"}' + "}" * (levels - 1)


@pytest.mark.parametrize(
    ("name", "allowed", "refused"),
    [
        ("depth", nested(16), nested(17)),
        ("depth", nested(16), nested(16, "a @skip(if: true) { name }")),
        (
            "depth",
            "{ ...F } fragment F on Query " + nested(16),
            "{ node { ...F } } fragment F on Node " + nested(16).replace("node", "a"),
        ),
        (
            "depth",
            "{ name }",
            "{ node { ... on Node { a { ...F } } } } fragment F on Node "
            + nested(15).replace("node", "a"),
        ),
        ("depth", "{ name }", "{ name } fragment Unused on Query " + nested(17)),
        (
            "aliases",
            "{ node {" + "".join(f" x{i}: name" for i in range(100)) + "} }",
            "{ node {" + "".join(f" x{i}: name" for i in range(101)) + "} }",
        ),
        (
            "aliases",
            "{ name }",
            "{ node { a { ...F } b { ...F } } } fragment F on Node {"
            + "".join(f" x{i}: name" for i in range(51))
            + "}",
        ),
        (
            "introspection",
            get_introspection_query(schema_description=True, input_value_deprecation=True),
            "{"
            + "".join(
                f" x{i}: __schema {{ types {{ fields {{ args {{ name }} }} }} }}"
                for i in range(100)
            )
            + "}",
        ),
        (
            "introspection",
            "{ __schema { types { ...F } } } fragment F on __Type {"
            + "".join(f" x{i}: name" for i in range(99))
            + "}",
            "{ __schema { types { fields { ...F } } } } fragment F on __Field {"
            + "".join(f" x{i}: args {{ name description type {{ name }} }}" for i in range(99))
            + "}",
        ),
        ("root_selections", "{" + " name" * 100 + "}", "{" + " name" * 101 + "}"),
        (
            "root_selections",
            "{ name }",
            "{ ...F ...F ...F } fragment F on Query {" + " name" * 40 + "}",
        ),
        ("directives", "{ name" + " @mark" * 5 + " }", "{ name" + " @mark" * 6 + " }"),
        ("directives", "{ name }", "query" + " @mark" * 6 + " { name }"),
        (
            "operations",
            " ".join(f"query Q{i} {{ name }}" for i in range(50)),
            " ".join(f"query Q{i} {{ name }}" for i in range(51)),
        ),
        (
            "list_items",
            "{ node(where: {in: [" + "1 " * 2_000 + "]}) { name } }",
            "{ node(where: {in: [" + "1 " * 2_001 + "]}) { name } }",
        ),
        (
            "filter_depth",
            f"{{ node(where: {filter_of(10)}) {{ name }} }}",
            f"{{ node(where: {filter_of(11)}) {{ name }} }}",
        ),
        (
            "filter_depth",
            "{ name }",
            f"query ($w: Where = {filter_of(11)}) {{ node(where: $w) {{ name }} }}",
        ),
        (
            "filter_depth",
            "{ name }",
            "{ node(where: " + "{and: [" * 10 + "{}" + "]}" * 10 + ") { name } }",
        ),
    ],
)
def test_a_document_is_valid_at_the_limit_and_refused_beyond(
    name: str, allowed: str, refused: str
) -> None:
    assert limit_hit(allowed) is None
    assert limit_hit(refused) == name


def test_fields_are_counted_with_fragments_written_out() -> None:
    narrow = document_checks(introspection=True, limits=Limits(selections=7))
    query = "{ node { a { ...F } b { ...F } } } fragment F on Node { name %s }"
    assert limit_hit(query % "", narrow) is None
    assert limit_hit(query % "c { name }", narrow) == "selections"


def test_two_hundred_variables_are_allowed_and_one_more_is_not() -> None:
    def using(number: int) -> str:
        declared = " ".join(f"$v{i}: Int!" for i in range(number))
        used = "{in: [" + " ".join(f"$v{i}" for i in range(number)) + "]}"
        return f"query ({declared}) {{ node(where: {used}) {{ name }} }}"

    assert limit_hit(using(200)) is None
    assert limit_hit(using(201)) == "variables"


def test_the_whole_introspection_query_is_within_the_limits() -> None:
    assert (
        limit_hit(get_introspection_query(input_value_deprecation=True, schema_description=True))
        is None
    )


@pytest.mark.parametrize(
    "fields", ["a { ...F%d } b { ...F%d } c { ...F%d }", "...F%d ...F%d ...F%d"]
)
def test_fragments_that_unfold_to_billions_of_fields_are_refused_at_once(fields: str) -> None:
    chain = "".join(f" fragment F{i} on Node {{ {fields % ((i + 1,) * 3)} }}" for i in range(24))
    document = CHECKS.parsed(f"{{ node {{ ...F0 }} }} {chain} fragment F24 on Node {{ name }}")
    with cpu_at_most(2):
        errors = CHECKS.refusals(SCHEMA, document)
    assert [error.extensions["code"] for error in errors if error.extensions] == ["LIMIT_EXCEEDED"]


def test_no_answer_holds_more_than_ten_errors() -> None:
    errors = CHECKS.refusals(
        SCHEMA, CHECKS.parsed("{" + "".join(f" wrong{i}" for i in range(90)) + "}")
    )
    assert len(errors) == 10


def test_introspection_can_be_closed() -> None:
    closed = document_checks(introspection=False)
    query = "{ __schema { queryType { name } } }"
    assert CHECKS.refusals(SCHEMA, CHECKS.parsed(query)) == []
    assert "introspection" in closed.refusals(SCHEMA, closed.parsed(query))[0].message
    assert closed.refusals(SCHEMA, closed.parsed("{ __typename }")) == []


def test_other_limits_can_be_set() -> None:
    narrow = document_checks(introspection=True, limits=Limits(depth=2))
    assert limit_hit("{ node { name } }", narrow) is None
    assert limit_hit("{ node { a { name } } }", narrow) == "depth"


def test_the_operation_meant_must_be_told_when_there_are_several() -> None:
    document = CHECKS.parsed("query A { name } query B { name }")
    named = CHECKS.operation(document, "B").name
    assert named is not None
    assert named.value == "B"
    with pytest.raises(GraphQLError, match="several operations"):
        CHECKS.operation(document, None)
    with pytest.raises(GraphQLError, match="no operation of that name"):
        CHECKS.operation(document, "C")


def deep(levels: int) -> object:
    value: object = {"name": "x"}
    for _ in range(levels - 1):
        value = {"not": value}
    return value


@pytest.mark.parametrize(
    ("name", "allowed", "refused"),
    [
        ("filter_depth", deep(10), deep(11)),
        ("filter_depth", [deep(10)], [deep(11)]),
        ("list_items", [0] * 2_000, [0] * 2_001),
        ("list_items", {"in": [0] * 2_000}, {"in": [0] * 2_001}),
    ],
)
def test_a_variable_is_bounded_like_a_literal(name: str, allowed: object, refused: object) -> None:
    assert variables_refusal({"v": allowed}) is None
    refusal = variables_refusal({"v": refused})
    assert refusal is not None
    assert dict(refusal.details) == {"limit": name, "allowed": getattr(LIMITS, name)}


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def texts(value: object) -> Iterator[str]:
    """Every text in a JSON value, keys aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


@given(st.dictionaries(st.text(), JSON_VALUES))
def test_variables_within_the_limits_are_refused_only_for_nul(variables: dict[str, object]) -> None:
    refusal = variables_refusal(variables)
    if refusal is None or refusal.code == "TEXT_HOLDS_NUL":
        assert (refusal is not None) == any("\0" in text for text in texts(variables))
    else:
        assert refusal.code == "LIMIT_EXCEEDED"


@given(st.integers(1, 30), st.integers(1, 30))
def test_the_depth_of_nested_fragments_is_their_sum(outer: int, inner: int) -> None:
    spread = "...F"
    for _ in range(outer):
        spread = f"a{{ {spread} }}"
    body = "name"
    for _ in range(inner):
        body = f"a{{ {body} }}"
    hit = limit_hit(f"{{ node {{ {spread} }} }} fragment F on Node {{ {body} }}")
    assert hit == ("depth" if 1 + outer + inner + 1 > LIMITS.depth else None)


def test_a_document_that_is_laborious_to_compare_is_told_so() -> None:
    errors = CHECKS.refusals(SCHEMA, CHECKS.parsed("{ node { a {" + " name" * 4_000 + "} } }"))
    (error,) = errors
    assert error.message.startswith("The request repeats fields too often")
    assert error.extensions
    assert error.extensions["code"] == "LIMIT_EXCEEDED"
    assert error.extensions["messageZh"]
