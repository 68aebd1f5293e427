"""Groups: rows of a connection grouped by values or by related records; and figures of all its rows together.

Figures by nothing are always one row. Where they are all that is asked of a connection they are its whole cell (`figures`):
under the rows of a page they are read by `CALL`, which costs a tenth less than `COLLECT`, and not wrapped into lists.
"""

from __future__ import annotations

from abc import abstractmethod

from graph_store.cypher.ast import Column, Every, Group, Grouping, Many
from graph_store.cypher.names import Place
from graph_store.cypher.operands import Renderer, aggregate, filtered, pattern, returned
from graph_store.cypher.sources import Literal


def figures(column: object) -> Group | None:
    """The one group by nothing that is all that is asked of a connection."""
    if not isinstance(column, Many) or column.items or column.total or len(column.groups) != 1:
        return None
    (group,) = column.groups
    # a limit of none is for the general form
    is_row = isinstance(group.limit, Literal) and group.limit.value != 0
    return group if is_row and group.values and not group.by else None


class GroupWriter(Renderer):
    """Writes the groups of a connection, whose rows a subclass finds."""

    @abstractmethod
    def row(self, columns: tuple[Column, ...], place: Place, *more: str) -> str:
        """The list of a record's columns."""

    @abstractmethod
    def all_rows(self, many: Many, place: Place, *where: object) -> tuple[str, Place]:
        """The clauses that find all of a connection's records, and the place at one of them."""

    def figures(self, many: Many, group: Group, place: Place, name: str) -> str:
        """The query of the one row of `figures`, under a name."""
        match, here = self.all_rows(many, place, *group.known)
        values = [aggregate(value.function, value.property, here) for value in group.values]
        return f"{match} RETURN [{', '.join(values)}] AS {name}"

    def group(self, many: Many, group: Group, place: Place) -> str:
        """The list of the groups' rows."""
        match, here = self.all_rows(many, place, *group.known)
        hops, keys, read = [], [], []
        for by in group.by:
            joins, name, expression, row = self._grouping(by, here)
            hops += joins
            keys.append(f"{expression} AS {name}")
            read.append(row)
        named = [place.names.variable("value") for _ in group.values]
        values = [
            f"{aggregate(value.function, value.property, here)} AS {name}"
            for value, name in zip(group.values, named, strict=True)
        ]
        size, limit = place.names.variable("size"), place.names.limit(group.limit)
        sizes = [
            f"{size} DESC",
            *(
                key.rsplit(" AS ", 1)[1] + (".id" if by.columns else "")
                for key, by in zip(keys, group.by, strict=True)
            ),
        ]
        order = f"ORDER BY {', '.join(sizes)} " if keys else ""
        row, kept = (
            f"[{', '.join([*read, *named])}]",
            [each.rsplit(" AS ", 1)[1] for each in keys],
        )
        return (
            f"COLLECT {{ {' '.join([match, *hops])} WITH {', '.join([*keys, f'count(*) AS {size}', *values])} "
            f"{order}LIMIT {limit} {returned(row, Place(place.names, size, ''), group.by, *kept, *named)} }}"
        )

    def _grouping(self, by: Grouping, place: Place) -> tuple[list[str], str, str, str]:
        """A group key: the joins that reach it, its name, its expression before and its row after grouping."""
        joins, here, name = [], place, place.names.variable("group")
        for hop, seen in zip(by.hops, by.where or (Every(()),) * len(by.hops), strict=True):
            far = Place(place.names, place.names.variable(hop.name), hop.far)
            joins.append(
                f"OPTIONAL MATCH {pattern(hop, here.record, far.record)}{filtered(self, far, seen)}"
            )
            here = far
        if by.operand is not None:
            return joins, name, self.operand(by.operand, here), name
        row = self.row(by.columns, Place(place.names, name, here.noun))
        return joins, name, here.record, f"CASE WHEN {name} IS NULL THEN null ELSE {row} END"
