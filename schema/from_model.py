"""The output types of questions, derived from the model with graphql-core, and the root `Query`.

Every derived field has the one resolver `bridge`: the engine hands graphql-core a decoded answer keyed by response key,
and graphql-core only walks it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
)

from graph_store.model import Hop, Model
from graph_store.model.imports import IMPORT
from graph_store.model.people import PERSON
from graph_store.model.words import Kind, Noun, Property, Reach
from resolvers.naming import (
    EXTREMES,
    SUMS,
    GroupKey,
    capital,
    compared,
    edge_title,
    far_title,
    group_keys,
    summed,
)
from schema.federation import federation_fields
from schema.fields import bridge
from schema.fields import field as _field
from schema.inputs import TOTALS, Inputs
from schema.levels import told, told_of_edge
from schema.roots import roots

DEFAULT_PAGE = 20


class Types:
    """Output types by name, over one model."""

    def __init__(self, model: Model) -> None:
        self.model, self.inputs = model, Inputs(model)
        self._made: dict[str, GraphQLObjectType] = {}
        self._keys: dict[str, GraphQLEnumType] = {}
        self.node = self._interface("Node", "有全局标识的记录 | A record with a global id", ("id",))
        self.record = self._interface(
            "Record", "枢纽中的任何记录 | Any record of the hub", self.shared(), self.node
        )
        self.page_info = _page_info()

    def shared(self) -> tuple[str, ...]:
        """The properties that every record has, whatever its noun."""
        nouns = [noun for noun in self.model if not noun.log]
        return tuple(
            each.name
            for each in nouns[0].properties
            if all(_reads_alike(each, self.model.properties(n.name).get(each.name)) for n in nouns)
        )

    def noun(self, noun: Noun) -> GraphQLObjectType:
        """`Instrument`."""
        return self._object(
            noun.name,
            f"{noun.zh} | {noun.en}",
            lambda: self._fields(noun),
            () if noun.log else (self.node, self.record),
        )

    def query(self) -> GraphQLObjectType:
        """The root of all questions."""
        fields: dict[str, GraphQLField] = {}
        for noun in self.model:
            fields[noun.singular] = self._lookup(noun)
            fields[noun.plural] = self._connection(noun, None)
        fields |= self._by_id() | self._roots()
        entities = [self.noun(noun) for noun in self.model if not noun.log]
        fields |= federation_fields(self.model, entities)
        return GraphQLObjectType("Query", fields, description="全部查询 | All questions")

    def _roots(self) -> dict[str, GraphQLField]:
        has_log = {PERSON.name, IMPORT.name} <= {noun.name for noun in self.model}
        who = (self._of(PERSON), self._of(IMPORT)) if has_log else None
        return roots(self.model, self.record, self.page_info, who)

    def _of(self, noun: Noun) -> GraphQLObjectType:
        return self.noun(self.model[noun.name])

    # ------------------------------------------------------------------------------------------------------------ nouns
    def _fields(self, noun: Noun) -> dict[str, GraphQLField]:
        fields = {each.name: self._value(each) for each in noun.properties}
        for hop in self.model.hops(noun.name).values():
            fields |= self._hop(hop)
        return fields

    def _value(self, declared: Property) -> GraphQLField:
        kind = self.inputs.leaf(declared)
        unit = f" ({declared.unit})" if declared.unit else ""
        zh, en = told(declared)
        is_list = declared.kind is Kind.TEXTS
        value = GraphQLList(GraphQLNonNull(kind)) if is_list else kind
        always = (declared.required or is_list) and not declared.restricted
        return _field(
            GraphQLNonNull(value) if always else value,
            f"{declared.zh}{unit}{zh}",
            f"{declared.en}{unit}{en}",
        )

    def _hop(self, hop: Hop) -> dict[str, GraphQLField]:
        far = self.noun(self.model[hop.far])
        if hop.reach is Reach.MANY:
            return {hop.name: self._connection(self.model[hop.far], hop)}
        seen_zh, seen_en = told_of_edge(hop.edge)
        zh, en = hop.zh + seen_zh, hop.en + seen_en
        if hop.reach is Reach.FEW:
            return {hop.name: _field(GraphQLNonNull(GraphQLList(GraphQLNonNull(far))), zh, en)}
        fields = {hop.name: _field(far, zh, en)}
        if hop.edge.properties:
            fields[f"{hop.name}Edge"] = _field(
                self._link(hop), f"{zh}（含关系属性）", f"{en}, with the edge's properties"
            )
        return fields

    def _link(self, hop: Hop) -> GraphQLObjectType:
        far = self.noun(self.model[hop.far])
        return self._object(
            f"{hop.title}Link",
            f"{hop.zh} | {hop.en}",
            lambda: (
                {"node": _field(GraphQLNonNull(far), hop.zh, hop.en)}
                | {each.name: self._value(each) for each in hop.edge.properties}
            ),
        )

    # ------------------------------------------------------------------------------------------------------ connections
    def _connection(self, noun: Noun, hop: Hop | None) -> GraphQLField:
        inputs = self.inputs
        where = inputs.where(noun) if hop is None else inputs.far_where(hop)
        order = inputs.order(noun) if hop is None else inputs.far_order(hop)
        seen_zh, seen_en = ("", "") if hop is None else told_of_edge(hop.edge)
        zh, en = (
            (noun.zh, f"All: {noun.en}") if hop is None else (hop.zh + seen_zh, hop.en + seen_en)
        )
        arguments = {
            "where": GraphQLArgument(where, description="筛选条件 | Conditions"),
            "orderBy": GraphQLArgument(
                GraphQLList(GraphQLNonNull(order)),
                description="排序，依次比较；最后比较标识 | Sort keys in turn, at last the id",
            ),
            **page_arguments(),
        }
        return _field(GraphQLNonNull(self._page_of(noun, hop)), zh, en, arguments)

    def _page_of(self, noun: Noun, hop: Hop | None) -> GraphQLObjectType:
        title = noun.name if hop is None else far_title(hop)
        node = self.noun(noun)
        return self._object(
            f"{title}Connection",
            f"{noun.zh}的一页 | A page of: {noun.en}",
            lambda: {
                "totalCount": _field(
                    GraphQLNonNull(GraphQLInt), "总数（准确）", "How many there are in all, exactly"
                ),
                "nodes": _field(
                    GraphQLNonNull(GraphQLList(GraphQLNonNull(node))),
                    "本页记录",
                    "The records of the page",
                ),
                "edges": _field(
                    GraphQLNonNull(GraphQLList(GraphQLNonNull(self._edge(noun, hop)))),
                    "本页的边",
                    "The page with cursors and edge properties",
                ),
                "pageInfo": _field(
                    GraphQLNonNull(self.page_info), "翻页信息", "Where the page lies"
                ),
                # an enum of no keys is no type: what nothing groups has no groups
                **({"groups": self._groups(noun)} if group_keys(self.model, noun.name) else {}),
            },
        )

    def _edge(self, noun: Noun, hop: Hop | None) -> GraphQLObjectType:
        title = noun.name if hop is None else far_title(hop)
        properties = () if hop is None else hop.edge.properties
        return self._object(
            f"{title}Edge",
            f"{noun.zh}及其游标 | A record with its cursor",
            lambda: (
                {
                    "cursor": _field(
                        GraphQLNonNull(GraphQLString), "游标", "Where the record lies in the order"
                    ),
                    "node": _field(GraphQLNonNull(self.noun(noun)), noun.zh, noun.en),
                }
                | {each.name: self._value(each) for each in properties}
            ),
        )

    # ----------------------------------------------------------------------------------------------------------- groups
    def _groups(self, noun: Noun) -> GraphQLField:
        by = GraphQLList(GraphQLNonNull(self._group_key(noun)))
        arguments = {
            "by": GraphQLArgument(
                GraphQLNonNull(by),
                description="分组键；空列表表示全部为一组 | Keys; an empty list makes one group of all",
            ),
            "limit": GraphQLArgument(
                GraphQLNonNull(GraphQLInt),
                default_value=1000,
                description="最多几组，大组在前 | At most so many, largest first",
            ),
        }
        return _field(
            GraphQLNonNull(GraphQLList(GraphQLNonNull(self._group(noun)))),
            "分组统计",
            "Figures by group",
            arguments,
        )

    def _group_key(self, noun: Noun) -> GraphQLEnumType:
        if noun.name not in self._keys:
            values = {
                word: GraphQLEnumValue(word, description=f"{key.zh} | {key.en}")
                for word, key in group_keys(self.model, noun.name).items()
            }
            self._keys[noun.name] = GraphQLEnumType(
                f"{noun.name}GroupKey", values, description=f"{noun.zh}的分组键 | What to group by"
            )
        return self._keys[noun.name]

    def _group(self, noun: Noun) -> GraphQLObjectType:
        def fields() -> dict[str, GraphQLField]:
            made = {
                key.name: self._group_value(key)
                for key in group_keys(self.model, noun.name).values()
            }
            made["count"] = _field(GraphQLNonNull(GraphQLInt), "数量", "How many")
            for words, properties in (
                (SUMS, summed(noun.properties)),
                (EXTREMES, compared(noun.properties)),
            ):
                for word in words if properties else ():
                    zh, en = TOTALS[word].split(" | ")
                    made[word] = _field(
                        GraphQLNonNull(self._figures(noun, word, properties)), zh, en
                    )
            return made

        return self._object(f"{noun.name}Group", f"{noun.zh}的一组 | A group of: {noun.en}", fields)

    def _group_value(self, key: GroupKey) -> GraphQLField:
        if key.property is not None:
            return _field(self.inputs.leaf(key.property), key.zh, key.en)
        return _field(self.noun(self.model[key.hops[-1].far]), key.zh, key.en)

    def _figures(
        self, noun: Noun, word: str, properties: tuple[Property, ...]
    ) -> GraphQLObjectType:
        kind = GraphQLFloat if word in SUMS else None
        return self._object(
            f"{noun.name}{capital(word)}",
            f"{noun.zh}：{TOTALS[word]}",
            lambda: {
                each.name: _field(kind or self.inputs.leaf(each), each.zh, each.en)
                for each in properties
            },
        )

    # ------------------------------------------------------------------------------------------------------------ roots
    def _lookup(self, noun: Noun) -> GraphQLField:
        arguments = {
            "id": GraphQLArgument(GraphQLID, description="标识 | The record's id"),
            "by": GraphQLArgument(
                self.inputs.by(noun), description="其他唯一标识 | Another unique value"
            ),
        }
        return _field(
            self.noun(noun),
            f"按标识查{noun.zh}",
            f"By id or another unique value: {noun.en}",
            arguments,
        )

    def _by_id(self) -> dict[str, GraphQLField]:
        one = {"id": GraphQLArgument(GraphQLNonNull(GraphQLID), description="标识 | Its id")}
        several = {
            "ids": GraphQLArgument(
                GraphQLNonNull(GraphQLList(GraphQLNonNull(GraphQLID))),
                description="标识列表 | Their ids",
            )
        }
        return {
            "node": _field(self.node, "按标识查任何记录", "Any record by its id", one),
            "nodes": _field(
                GraphQLNonNull(GraphQLList(self.node)),
                "按标识查多个记录，缺者为 null",
                "Records by id, null where missing",
                several,
            ),
        }

    def _interface(
        self, name: str, description: str, shared: tuple[str, ...], *parents: GraphQLInterfaceType
    ) -> GraphQLInterfaceType:
        properties = self.model.properties(next(iter(self.model)).name)
        return GraphQLInterfaceType(
            name,
            lambda: {word: self._value(properties[word]) for word in shared},
            interfaces=parents,
            description=description,
            resolve_type=lambda value, *_: value[""],
        )

    def _object(
        self, name: str, description: str, fields: Any, interfaces: Any = ()
    ) -> GraphQLObjectType:
        if name not in self._made:
            self._made[name] = GraphQLObjectType(
                name, fields, interfaces=interfaces, description=description
            )
        return self._made[name]


def page_arguments() -> dict[str, GraphQLArgument]:
    """`first after last before`."""
    return {
        "first": GraphQLArgument(
            GraphQLInt,
            description=f"从头取几条，默认 {DEFAULT_PAGE} | How many from the start, {DEFAULT_PAGE} unless told",
        ),
        "after": GraphQLArgument(GraphQLString, description="在此游标之后 | After this cursor"),
        "last": GraphQLArgument(GraphQLInt, description="从尾取几条 | How many from the end"),
        "before": GraphQLArgument(GraphQLString, description="在此游标之前 | Before this cursor"),
    }


def _page_info() -> GraphQLObjectType:
    flag, cursor = GraphQLNonNull(GraphQLBoolean), GraphQLString
    return GraphQLObjectType(
        "PageInfo",
        {
            "hasNextPage": _field(flag, "后面还有", "Whether there is more after the page"),
            "hasPreviousPage": _field(flag, "前面还有", "Whether there is more before the page"),
            "startCursor": _field(cursor, "首条游标", "Cursor of the first record"),
            "endCursor": _field(cursor, "末条游标", "Cursor of the last record"),
        },
        description="翻页信息 | Where a page lies",
    )


__all__ = ["Types", "bridge", "edge_title", "page_arguments"]


def _reads_alike(one: Property, other: Property | None) -> bool:
    """Whether they are the same to whoever reads them; by which of them records are found is each noun's own matter."""
    if other is None:
        return False
    return one == replace(other, searchable=one.searchable, sortable=one.sortable)
