"""CERIF | OpenAIRE CERIF XML of a research information system: six kinds of records, by name of element."""

from __future__ import annotations

from collections.abc import Callable

from flows.sources.connectors import cerif_records
from flows.sources.connectors.cerif_words import ORIGIN, Scope
from flows.sources.drafts import Connector, Draft, Mapped
from flows.sources.opening import Inspected, inspect
from flows.sources.rows import Reading, Row
from flows.sources.xml_rows import Element, name_of, read_xml

_DRAFTS: dict[str, Callable[[Element, Scope], Draft]] = {
    "OrgUnit": cerif_records.institution,
    "Person": cerif_records.person,
    "Project": cerif_records.project,
    "Equipment": cerif_records.instrument,
    "Event": cerif_records.event,
    "Publication": cerif_records.achievement,
}


def _read(file: Inspected) -> Reading:
    return read_xml(file, *_DRAFTS)


def _map(row: Row) -> Mapped:
    element: Element = row.values
    return _DRAFTS[name_of(element)](element, Scope(_repository(element)))


def _repository(element: Element) -> str | None:
    """The repository in `oai:cris.example.org:82394874`, within which a CERIF id is unique; None outside of OAI."""
    record = next((each for each in element.iterancestors() if name_of(each) == "record"), None)
    identifier = None if record is None else record.findtext("{*}header/{*}identifier")
    parts = (identifier or "").split(":")
    return parts[1] if len(parts) > 2 and parts[0] == "oai" else None


CERIF = Connector("cerif", ORIGIN, _read, _map, inspect=inspect)
