"""PIDINST 仪器记录 | PIDINST 1.0 XML: one instrument a document, or several under one root."""

from __future__ import annotations

from flows.sources.drafts import Connector, Draft, Link, Mapped, Origin, Target
from flows.sources.opening import Inspected, inspect
from flows.sources.rows import Reading, Row
from flows.sources.xml_rows import Element, found, read_xml, text_of, texts_of
from graph_store.identifiers import PIDINST as PID
from graph_store.identifiers import ROR

ORIGIN = Origin(
    "pidinst",
    "PIDINST 仪器永久标识记录",
    "PIDINST instrument records",
    "https://github.com/rdawg-pidinst/schema",
    "CC-BY-4.0",
)


def _read(file: Inspected) -> Reading:
    return read_xml(file, "instrument")


def _map(row: Row) -> Mapped:
    instrument: Element = row.values
    pid = PID.normalise(text_of(found(instrument, "identifier")) or "")
    draft = Draft(
        "Instrument",
        ORIGIN.key(pid),
        {
            "pid": pid or None,
            "name": text_of(found(instrument, "name")),
            # PIDINST's types are free words, the hub's are the national list's: nothing is guessed
            "category": "other",
            "status": "available",
            "model": text_of(found(instrument, "model", "modelName")),
            "manufacturer": "; ".join(
                texts_of(instrument, "manufacturers", "manufacturer", "manufacturerName")
            )
            or None,
            "serialNumber": _alternate(instrument, "SerialNumber"),
            "assetNumber": _alternate(instrument, "InventoryNumber"),
            "description": text_of(found(instrument, "description")),
            "measuredVariables": texts_of(instrument, "measuredVariables", "measuredVariable"),
        },
    )
    _own(draft, found(instrument, "owners", "owner"))
    _place(draft, instrument)
    return draft


def _own(draft: Draft, owner: Element | None) -> None:
    """The first owner: an institution by its ROR, else by its name."""
    name = text_of(found(owner, "ownerName"))
    if name is None:
        return
    identifier = found(owner, "ownerIdentifier")
    is_ror = identifier is not None and identifier.get("ownerIdentifierType", "").upper() == "ROR"
    ror = ROR.normalise(text_of(identifier) or "") if is_ror else None
    told = {"name": name, "kind": "other", "status": "active"}
    if ror and ROR.problem(ror) is None:
        institution, target = (
            Draft("Institution", f"ror:{ror}", told | {"ror": ror}),
            Target("Institution", "ror", ror),
        )
    else:
        institution = Draft("Institution", ORIGIN.key(f"owner:{name}"), told)
        target = institution.target
    draft.companions.append(institution)
    draft.links.append(Link(draft.target, "owner", target))


def _place(draft: Draft, instrument: Element) -> None:
    for related in instrument.iterfind("{*}relatedIdentifiers/{*}relatedIdentifier"):
        match related.get("relationType"):
            case "IsComponentOf":
                draft.links.append(_component(draft.target, related))
            case "HasComponent":
                whole = _component(draft.target, related)
                draft.links.append(whole._replace(start=whole.end, end=whole.start))


def _component(start: Target, related: Element) -> Link:
    other = Target("Instrument", "pid", PID.normalise(text_of(related) or ""))
    return Link(
        Target("Instrument", "pid", start.value.removeprefix("pidinst:")),
        "componentOf",
        other,
        late=True,
    )


def _alternate(instrument: Element, kind: str) -> str | None:
    for each in instrument.iterfind("{*}alternateIdentifiers/{*}alternateIdentifier"):
        if each.get("alternateIdentifierType") == kind:
            return text_of(each)
    return None


PIDINST = Connector("pidinst", ORIGIN, _read, _map, inspect=inspect)
