"""XML by a hardened parser: no document type, no entities, no network, bounded depth and text."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from flows.sources.opening import Inspected
from flows.sources.rows import Reading, Row, refused

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type of an element


def read_xml(file: Inspected, *tags: str) -> Reading:
    """The elements of these names, whatever their namespace, outermost only; each is emptied once the next is asked for.

    Raises SourceError where the document is not well-formed or has a document type.
    """
    with file.open() as stream:
        try:
            yield from _rows(
                etree.iterparse(
                    stream,
                    events=("start", "end"),
                    resolve_entities=False,
                    no_network=True,
                    huge_tree=False,
                    load_dtd=False,
                    remove_comments=True,
                    remove_pis=True,
                ),
                frozenset(tags),
            )
        except etree.XMLSyntaxError as error:
            raise refused(
                f"XML 格式错误：{error.msg}", f"the XML is not well-formed: {error.msg}"
            ) from error


def name_of(element: Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def found(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of names, whatever their namespaces."""
    return None if element is None else element.find("/".join(f"{{*}}{name}" for name in path))


def texts_of(element: Element, *path: str) -> list[str]:
    """The texts of all elements at the end of a path, empty ones left out."""
    every = element.iterfind("/".join(f"{{*}}{name}" for name in path))
    return [text for each in every if (text := text_of(each))]


def text_of(element: Element | None) -> str | None:
    """The element's own text with blanks made single; None when it is absent or empty."""
    return None if element is None else " ".join((element.text or "").split()) or None


def _rows(events: etree.iterparse[tuple[str, Element]], tags: frozenset[str]) -> Iterator[Row]:
    number = 0
    inside: Element | None = None
    for event, element in events:
        if event == "start":
            if element.getparent() is None:
                _refuse_document_type(element)
            if inside is None and name_of(element) in tags:
                inside = element
        elif inside is not None and inside is element:
            inside = None
            number += 1
            yield Row(number, element)
            _forget(element)


def _refuse_document_type(root: Element) -> None:
    # entities can only be declared in a document type: without one there are no bombs and no foreign files
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused(
            "XML 含有 DOCTYPE，为安全起见不予读取",
            "the XML has a DOCTYPE, which is refused for safety",
        )


def _forget(element: Element) -> None:
    """Free the element, and the ones before it wherever it hangs."""
    element.clear()
    for place in element.iterancestors():
        while (before := place.getprevious()) is not None and (
            parent := place.getparent()
        ) is not None:
            parent.remove(before)
