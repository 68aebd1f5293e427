"""The inputs of questions, derived from the model: filters, orders, look-ups."""

from __future__ import annotations

from collections.abc import Callable

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLString,
)

from graph_store.model import Hop, Model
from graph_store.model.words import Kind, Noun, Property
from resolvers.naming import EXTREMES, SUMS, compared, edge_title, far_title, ordered, summed
from schema.scalars import DATE, DATE_TIME

SCALARS: dict[Kind, GraphQLScalarType] = {
    Kind.ID: GraphQLID,
    Kind.TEXT: GraphQLString,
    Kind.INTEGER: GraphQLInt,
    Kind.NUMBER: GraphQLFloat,
    Kind.DAY: DATE,
    Kind.INSTANT: DATE_TIME,
    Kind.FLAG: GraphQLBoolean,
}

DIRECTION = GraphQLEnumType(
    "Direction",
    {
        "ASC": GraphQLEnumValue("asc", description="从小到大 | Smallest first"),
        "DESC": GraphQLEnumValue("desc", description="从大到小 | Largest first"),
    },
    description="排序方向；空值总在最后 | Direction of a sort; nulls come last both ways",
)

_OPERATORS = {
    "eq": "等于；null 表示无值 | Equal; null: has no value",
    "in": "属于其中之一 | Equal to one of these",
    "gt": "大于 | Greater than",
    "gte": "大于或等于 | Greater than or equal",
    "lt": "小于 | Less than",
    "lte": "小于或等于 | Less than or equal",
    "contains": "包含（不区分大小写） | Contains, without case",
    "startsWith": "以此开头（不区分大小写） | Starts with, without case",
    "isNull": "是否无值 | Whether it has no value",
}
_RANGE = ("gt", "gte", "lt", "lte")
_OFFERED = {
    Kind.ID: ("eq", "in", "startsWith"),
    Kind.TEXT: ("eq", "in", *_RANGE, "contains", "startsWith", "isNull"),
    Kind.INTEGER: ("eq", "in", *_RANGE, "isNull"),
    Kind.NUMBER: ("eq", "in", *_RANGE, "isNull"),
    Kind.DAY: ("eq", "in", *_RANGE, "isNull"),
    Kind.INSTANT: ("eq", "in", *_RANGE, "isNull"),
    Kind.FLAG: ("eq", "isNull"),
    Kind.CHOICE: ("eq", "in", "isNull"),
    Kind.TEXTS: ("contains",),
}
_QUANTIFIERS = {
    "some": "至少一个满足 | At least one satisfies it",
    "all": "全部满足（没有记录时也成立） | All satisfy it; of none: true",
    "none": "没有一个满足 | None satisfies it",
    "single": "恰好一个满足 | Exactly one satisfies it",
}


class Inputs:
    """Input types by name; each is made once and names the others lazily."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._made: dict[str, GraphQLInputObjectType] = {}
        self._enums: dict[str, GraphQLEnumType] = {}

    def enum(self, declared: Property) -> GraphQLEnumType:
        """The enum of a choice: shown upper case, stored lower."""
        options = declared.options
        assert options is not None
        if options.name not in self._enums:
            values = {
                o.shown: GraphQLEnumValue(o.value, description=f"{o.zh} | {o.en}")
                for o in options.options
            }
            described = f"{declared.zh} | {declared.en}"
            self._enums[options.name] = GraphQLEnumType(options.name, values, description=described)
        return self._enums[options.name]

    def leaf(self, declared: Property) -> GraphQLScalarType | GraphQLEnumType:
        """The scalar or enum of a property's value (of one value, when it is a list)."""
        if declared.options is not None:
            return self.enum(declared)
        return GraphQLString if declared.kind is Kind.TEXTS else SCALARS[declared.kind]

    def where(self, noun: Noun) -> GraphQLInputObjectType:
        """`InstrumentWhere`."""
        return self._object(
            f"{noun.name}Where",
            f"{noun.zh}的筛选条件 | Conditions on: {noun.en}",
            lambda: self._conditions(noun, None),
        )

    def far_where(self, hop: Hop) -> GraphQLInputObjectType:
        """The conditions at the far end of a hop, `edge` included when the edge has properties."""
        noun = self.model[hop.far]
        if not hop.edge.properties:
            return self.where(noun)
        return self._object(
            f"{far_title(hop)}Where",
            f"{hop.zh}的筛选条件 | Conditions on: {hop.en}",
            lambda: self._conditions(noun, hop),
        )

    def order(self, noun: Noun) -> GraphQLInputObjectType:
        """`InstrumentOrder`, of which exactly one key is given."""
        return self._object(
            f"{noun.name}Order",
            f"{noun.zh}的排序 | One sort key of: {noun.en}",
            lambda: self._keys(noun, None),
            one_of=True,
        )

    def far_order(self, hop: Hop) -> GraphQLInputObjectType:
        """The sort keys at the far end of a hop."""
        noun = self.model[hop.far]
        if not hop.edge.properties:
            return self.order(noun)
        return self._object(
            f"{far_title(hop)}Order",
            f"{hop.zh}的排序 | One sort key of: {hop.en}",
            lambda: self._keys(noun, hop),
            one_of=True,
        )

    def by(self, noun: Noun) -> GraphQLInputObjectType:
        """`InstitutionBy`: one of the noun's unique values."""
        keys = {each.name: _given(self.leaf(each), each) for each in noun.properties if each.key}
        return self._object(
            f"{noun.name}By",
            f"唯一标识之一 | One of the unique values of: {noun.en}",
            lambda: keys,
            one_of=True,
        )

    # -------------------------------------------------------------------------------------------------------- conditions
    def _conditions(self, noun: Noun, hop: Hop | None) -> dict[str, GraphQLInputField]:
        own = self.where(noun) if hop is None else self.far_where(hop)
        fields = {each.name: _given(self._filter(each), each) for each in noun.properties}
        for name, other in self.model.hops(noun.name).items():
            kind = self.far_where(other) if other.one else self._quantifiers(other)
            fields[name] = GraphQLInputField(kind, description=f"{other.zh} | {other.en}")
        if hop is not None:
            fields["edge"] = GraphQLInputField(
                self._edge_where(hop), description="关系的属性 | Properties of the edge"
            )
        inner = GraphQLList(GraphQLNonNull(own))
        return fields | {
            "and": GraphQLInputField(inner, description="全部成立 | All hold"),
            "or": GraphQLInputField(inner, description="至少一个成立 | At least one holds"),
            "not": GraphQLInputField(own, description="不成立 | Does not hold"),
        }

    def _edge_where(self, hop: Hop) -> GraphQLInputObjectType:
        properties = hop.edge.properties
        return self._object(
            f"{edge_title(hop)}Where",
            "关系属性的筛选条件 | Conditions on the edge",
            lambda: {each.name: _given(self._filter(each), each) for each in properties},
        )

    def _quantifiers(self, hop: Hop) -> GraphQLInputObjectType:
        name = f"{far_title(hop)}Quantifiers"
        return self._object(
            name,
            "对多个关联记录的条件 | Conditions on several related records",
            lambda: {
                word: GraphQLInputField(self.far_where(hop), description=text)
                for word, text in _QUANTIFIERS.items()
            },
        )

    def _filter(self, declared: Property) -> GraphQLInputObjectType:
        leaf = self.leaf(declared)
        name = "StringListFilter" if declared.kind is Kind.TEXTS else f"{leaf.name}Filter"
        return self._object(
            name,
            f"{leaf.name} 的条件 | Conditions on a {leaf.name}",
            lambda: _operators(declared.kind, leaf),
        )

    # -------------------------------------------------------------------------------------------------------- sort keys
    def _keys(self, noun: Noun, hop: Hop | None) -> dict[str, GraphQLInputField]:
        fields = {each.name: _given(DIRECTION, each) for each in ordered(noun.properties)}
        for name, other in self.model.hops(noun.name).items():
            kind = self.far_order(other) if other.one else self._totals(self.model[other.far])
            fields[name] = GraphQLInputField(kind, description=f"{other.zh} | {other.en}")
        if hop is not None:
            fields["edge"] = GraphQLInputField(
                self._edge_order(hop), description="关系的属性 | Properties of the edge"
            )
        return fields

    def _edge_order(self, hop: Hop) -> GraphQLInputObjectType:
        properties = hop.edge.properties
        return self._object(
            f"{edge_title(hop)}Order",
            "按关系属性排序 | One sort key of the edge",
            lambda: {
                each.name: _given(DIRECTION, each)
                for each in properties
                if each.kind is not Kind.TEXTS
            },
            one_of=True,
        )

    def _totals(self, noun: Noun) -> GraphQLInputObjectType:
        def fields() -> dict[str, GraphQLInputField]:
            made = {"count": GraphQLInputField(DIRECTION, description="数量 | How many")}
            for words, properties in (
                (SUMS, summed(noun.properties)),
                (EXTREMES, compared(noun.properties)),
            ):
                for word in words if properties else ():
                    made[word] = GraphQLInputField(
                        self._total(noun, word, properties), description=TOTALS[word]
                    )
            return made

        return self._object(
            f"{noun.name}TotalOrder",
            f"按{noun.zh}的合计排序 | Sort by a total over: {noun.en}",
            fields,
            one_of=True,
        )

    def _total(
        self, noun: Noun, word: str, properties: tuple[Property, ...]
    ) -> GraphQLInputObjectType:
        kind = "Sum" if word in SUMS else "Extreme"
        return self._object(
            f"{noun.name}{kind}Order",
            f"按{noun.zh}的统计值排序 | Sort by a figure of: {noun.en}",
            lambda: {each.name: _given(DIRECTION, each) for each in properties},
            one_of=True,
        )

    def _object(
        self,
        name: str,
        description: str,
        fields: Callable[[], dict[str, GraphQLInputField]],
        *,
        one_of: bool = False,
    ) -> GraphQLInputObjectType:
        if name not in self._made:
            self._made[name] = GraphQLInputObjectType(
                name, fields, description=description, is_one_of=one_of
            )
        return self._made[name]


TOTALS = {
    "sum": "合计 | Sum",
    "avg": "平均 | Average",
    "min": "最小 | Smallest",
    "max": "最大 | Largest",
}


def _given(kind: GraphQLInputType, declared: Property) -> GraphQLInputField:
    return GraphQLInputField(kind, description=f"{declared.zh} | {declared.en}")


def _operators(
    kind: Kind, leaf: GraphQLScalarType | GraphQLEnumType
) -> dict[str, GraphQLInputField]:
    types: dict[str, GraphQLInputType] = {
        "in": GraphQLList(GraphQLNonNull(leaf)),
        "isNull": GraphQLBoolean,
    }
    return {
        word: GraphQLInputField(types.get(word, leaf), description=_OPERATORS[word])
        for word in _OFFERED[kind]
    }
