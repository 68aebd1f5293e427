"""The hub's model with its rights drawn at random: levels of nouns, fields and edges, who shares by which clause, who alone reads."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from graph_store.model import Model
from graph_store.model.words import (
    NETWORK,
    PUBLIC,
    Edge,
    Kind,
    Level,
    Mask,
    Noun,
    Property,
    SharedBy,
)
from graph_store.rights import Role

CLAUSES = ("share_instruments", "share_data")
Draw = st.DrawFn


@st.composite
def models(draw: Draw, model: Model) -> Model:
    """A model of the same nouns, fields and edges, so that one graph does for all."""
    return Model(tuple(_noun(draw, model, noun) for noun in model))


def _noun(draw: Draw, model: Model, noun: Noun) -> Noun:
    both = (Role.AUDITOR, Role.MEMBER)
    readers = draw(st.sampled_from((*[()] * 5, *((each,) for each in both), both)))
    properties = tuple(
        # whose words only a role may read are not searched
        replace(each, searchable=False) if readers else _property(draw, each)
        for each in noun.properties
    )
    return replace(
        noun,
        properties=properties,
        edges=tuple(_edge(draw, each) for each in noun.edges),
        visible=noun.visible and draw(st.sampled_from(tuple(Level))),
        readers=readers,
        subject=draw(st.sampled_from((noun.subject, *_to_people(model, noun)))),
        shared_by=_shared_by(draw, noun),
    )


def _property(draw: Draw, declared: Property) -> Property:
    if declared.searchable or declared.name in {"id", "visibility"}:
        return declared
    level = draw(st.sampled_from((PUBLIC, PUBLIC, *Level)))
    may_be_personal = declared.kind is Kind.TEXT and not declared.sortable
    mask = draw(st.sampled_from((None, None, *Mask))) if may_be_personal else None
    return replace(declared, level=level, mask=mask)


def _edge(draw: Draw, edge: Edge) -> Edge:
    return replace(edge, level=draw(st.sampled_from((PUBLIC, PUBLIC, NETWORK))))


def _to_people(model: Model, noun: Noun) -> tuple[str, ...]:
    return tuple(hop.name for hop in model.hops(noun.name).values() if hop.far == "Person")


def _shared_by(draw: Draw, noun: Noun) -> SharedBy | None:
    if not noun.holders or draw(st.booleans()):
        return None
    kinds = [each.name for each in noun.properties if each.kind is Kind.CHOICE]
    return SharedBy(draw(st.sampled_from(CLAUSES)), draw(st.sampled_from((None, *kinds))))
