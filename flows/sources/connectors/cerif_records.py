"""CERIF's six kinds of records in the hub's words; records that are mentioned are made when they are absent."""

from __future__ import annotations

from flows.sources.connectors.cerif_words import (
    Scope,
    address,
    day,
    mentions,
    named,
    person_name,
    type_of,
)
from flows.sources.drafts import Draft, Link, Properties
from flows.sources.xml_rows import Element, found, text_of, texts_of
from graph_store.identifiers import ROR

_INSTITUTION_KINDS = {
    "HigherEducation": "university",
    "University": "university",
    "ResearchInstitute": "institute",
    "Commercial": "enterprise",
    "Company": "enterprise",
    "Government": "government",
    "Hospital": "hospital",
    "Non-profit": "nonprofit",
    "FundingOrganisation": "funder",
}
_EVENT_KINDS = {
    "Conference": "conference",
    "Workshop": "seminar",
    "Seminar": "seminar",
    "Lecture": "lecture",
}

# COAR resource types that are no papers; the rest of what CERIF calls publications is.
_ACHIEVEMENT_KINDS = {
    "c_0640": "other",  # journal
    "c_ddb1": "other",  # dataset
    "c_5ce6": "software",
    "c_15cd": "patent",
    "c_93fc": "report",
    "c_18gh": "report",
}
_PARTS = {
    "Coordinator": "lead",
    "Partner": "partner",
    "Contractor": "partner",
    "InKindContributor": "partner",
}
_TEAM = {"PrincipalInvestigator": "leader", "Contact": "key_member", "Member": "member"}


def institution(element: Element, scope: Scope) -> Draft:
    """An OrgUnit."""
    told = named(element, "Name")
    ror = text_of(found(element, "RORID"))
    draft = Draft(
        "Institution",
        f"ror:{ROR.normalise(ror)}" if ror else scope.key(element),
        {
            **told,
            "kind": _INSTITUTION_KINDS.get(type_of(element), "other"),
            "status": "active",
            "website": address(element, "http:", "https:"),
        },
    )
    if ror:
        draft.properties["ror"] = ror
    for each in mentions(element, "PartOf/OrgUnit"):
        _mention(draft, institution(each, scope), "parents")
    return draft


def person(element: Element, scope: Scope) -> Draft:
    """A Person, with where they work."""
    draft = Draft(
        "Person",
        scope.key(element),
        {
            "name": person_name(element),
            "orcid": text_of(found(element, "ORCID")),
            "email": address(element, "mailto:"),
            "phone": address(element, "tel:"),
        },
    )
    for each in mentions(element, "Affiliation/OrgUnit"):
        _mention(draft, institution(each, scope), "affiliations")
    return draft


def project(element: Element, scope: Scope) -> Draft:
    """A Project, with its consortium, its funders and its team."""
    draft = Draft(
        "Project",
        scope.key(element),
        {
            **named(element, "Title"),
            "kind": "research",
            "abstract": text_of(found(element, "Abstract")),
            "startedOn": day(element, "StartDate"),
            "endedOn": day(element, "EndDate"),
        },
    )
    for part, role in _PARTS.items():
        for each in mentions(element, f"Consortium/{part}/OrgUnit"):
            _joined(draft, institution(each, scope), "projects", {"role": role})
    for each in mentions(element, "Funded/By/OrgUnit"):
        _joined(draft, institution(each, scope), "projects", {"role": "funder"})
    for part, role in _TEAM.items():
        for each in mentions(element, f"Team/{part}/Person"):
            _joined(draft, person(each, scope), "projects", {"role": role})
    for each in mentions(element, "Uses/Equipment"):
        draft.links.append(
            Link(scope.target("Instrument", each), "projects", draft.target, late=True)
        )
    return draft


def instrument(element: Element, scope: Scope) -> Draft:
    """An Equipment, with its owner."""
    identifiers = texts_of(element, "Identifier")
    draft = Draft(
        "Instrument",
        scope.key(element),
        {
            **named(element, "Name"),
            "category": "other",
            "status": "available",
            "assetNumber": next(iter(identifiers), None),
            "description": text_of(found(element, "Description")),
        },
    )
    for each in mentions(element, "Owner/OrgUnit")[:1]:
        _mention(draft, institution(each, scope), "owner")
    return draft


def event(element: Element, scope: Scope) -> Draft:
    """An Event, with who holds it."""
    draft = Draft(
        "Event",
        scope.key(element),
        {
            **named(element, "Name"),
            "kind": _EVENT_KINDS.get(type_of(element), "other"),
            "startsOn": day(element, "StartDate"),
            "endsOn": day(element, "EndDate"),
            "place": text_of(found(element, "Place")),
            "description": text_of(found(element, "Description")),
        },
    )
    for each in mentions(element, "Organizer/OrgUnit"):
        _mention(draft, institution(each, scope), "organisers")
    return draft


def achievement(element: Element, scope: Scope) -> Draft:
    """A Publication, with its authors and the projects it came from."""
    draft = Draft(
        "Achievement",
        scope.key(element),
        {
            **named(element, "Title"),
            "kind": _ACHIEVEMENT_KINDS.get(type_of(element), "paper"),
            "doi": text_of(found(element, "DOI")),
            "publishedOn": day(element, "PublicationDate"),
            "abstract": text_of(found(element, "Abstract")),
        },
    )
    for each in mentions(element, "Authors/Author/Person"):
        _joined(draft, person(each, scope), "achievements")
    for each in mentions(element, "OriginatesFrom/Project"):
        draft.links.append(
            Link(scope.target("Project", each), "achievements", draft.target, late=True)
        )
    return draft


def _mention(draft: Draft, other: Draft, name: str, properties: Properties | None = None) -> None:
    """An edge from the record to one it mentions."""
    draft.companions += [other, *other.companions]
    draft.links += [Link(draft.target, name, other.target, properties or {}), *other.links]


def _joined(draft: Draft, other: Draft, name: str, properties: Properties | None = None) -> None:
    """An edge to the record from one it mentions."""
    draft.companions += [other, *other.companions]
    draft.links += [Link(other.target, name, draft.target, properties or {}), *other.links]
