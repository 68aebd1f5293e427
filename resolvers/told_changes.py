"""An entry of the change log → what its reader may know of it: field by field, before and after, by the rights of now.

Whatever the model does not declare is the hub's own bookkeeping and is left out. Personal data is told as the network reads it, to
its owner too: who needs the value itself reads the record, where reading it is noted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from graph_store.commands.rows import BOOKKEEPING
from graph_store.model import Hop, Model
from graph_store.model.words import PUBLIC, Kind, Mask, Property

Row = list[Any]

_KEPT = 3
_LONGEST_UNMASKED = 7


@dataclass(frozen=True, slots=True)
class ToldChanges:
    """Tells entries in the words of a model."""

    model: Model

    def rows(self, values: Row) -> list[Row]:
        """[noun, in the network, levels, before, after, ends] → field, zh, en, values before, values after.

        A value is text, the record at the end of a relation (null for other fields) and the relation's properties.
        """
        noun, in_network, levels, *texts, ends = values
        old, new = (orjson.loads(text or "{}") for text in texts)
        may = Seen(in_network=in_network, levels=frozenset(filter(None, levels)), ends=dict(ends))
        return list(self._changed(noun, old, new, may))

    def _changed(
        self, noun: str, old: dict[str, Any], new: dict[str, Any], may: Seen
    ) -> Iterator[Row]:
        properties, hops = self.model.properties(noun), self.model.hops(noun)
        for name in {**old, **new}:
            declared, hop = properties.get(name), hops.get(name)
            if declared is not None and name not in BOOKKEEPING and may.see(declared):
                words = declared.zh, declared.en
                before, after = (may.texts(declared, each.get(name)) for each in (old, new))
            elif hop is not None and (hop.edge.level is PUBLIC or may.in_network):
                words = hop.zh, hop.en
                before, after = (list(may.ties(hop, each.get(name, []))) for each in (old, new))
            else:
                continue
            if before or after:
                yield [name, *words, before, after]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the viewer may see: fields of these levels, and the ends of relations by their ids."""

    in_network: bool
    levels: frozenset[str]
    ends: Mapping[str, Row]

    def see(self, declared: Property) -> bool:
        """Whether the viewer may see the field, of personal data its mask."""
        if declared.personal:
            return self.in_network
        return declared.level is PUBLIC or declared.level.value in self.levels

    def texts(self, declared: Property, value: Any) -> list[Row]:
        """The values of a field."""
        every = value if isinstance(value, list) else [] if value is None else [value]
        return [[_text(declared, each), None, []] for each in every]

    def ties(self, hop: Hop, ties: list[dict[str, Any]]) -> Iterator[Row]:
        """The ends of a relation that may be seen."""
        for each in ties:
            record = self.ends.get(each["id"])
            if record is not None:
                yield [each["id"], record, list(_properties(hop, each))]


def _properties(hop: Hop, tie: Mapping[str, Any]) -> Iterator[Row]:
    for each in hop.edge.properties:
        if each.level is PUBLIC and tie.get(each.name) is not None:
            yield [each.name, each.zh, each.en, _text(each, tie[each.name])]


def _text(declared: Property, value: Any) -> str:
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    if declared.mask is not None:
        return masked(declared.mask, text)
    return text.upper() if declared.kind is Kind.CHOICE else text


def masked(mask: Mask, text: str) -> str:
    """The mask of `cypher/personal.py`, for a value that the store has only within a text.

    >>> masked(Mask.PHONE, "13812345678"), masked(Mask.PHONE, "110"), masked(Mask.EMAIL, "li@example.cn"), masked(Mask.EMAIL, "li")
    ('138****5678', '****', 'l***@example.cn', '***')
    """
    if mask is Mask.PHONE:
        return f"{text[:_KEPT]}****{text[-4:]}" if len(text) > _LONGEST_UNMASKED else "****"
    return f"{text[:1]}***@{text.rpartition('@')[2]}" if "@" in text else "***"
