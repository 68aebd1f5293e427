"""CERIF's manners: names in many languages, addresses by scheme, ids that are unique in one repository."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flows.sources.drafts import Origin, Target
from flows.sources.xml_rows import Element, name_of, text_of

ORIGIN = Origin(
    "cerif",
    "OpenAIRE CERIF 科研信息",
    "Research information in OpenAIRE CERIF XML",
    "https://github.com/openaire/guidelines-cris-managers",
    "CC-BY-4.0",
)

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CJK = ("\u3400", "\u9fff")


@dataclass(frozen=True, slots=True)
class Scope:
    """The repository whose ids these are."""

    repository: str | None

    def key(self, element: Element) -> str:
        """The origin key of a record, or of a mention of it. Raises ValueError where it has no id."""
        own = (element.get("id") or "").strip()
        if not own:
            raise ValueError(f"{name_of(element)} has no id")
        return ORIGIN.key(own if self.repository is None else f"{self.repository}:{own}")

    def target(self, noun: str, element: Element) -> Target:
        """How a link names the record."""
        return Target(noun, "originKey", self.key(element))


def children(element: Element, name: str) -> list[Element]:
    """The children of that name, whatever their namespace."""
    return element.findall(f"{{*}}{name}")


def mentions(element: Element, path: str) -> list[Element]:
    """The records that an element mentions at the end of a path; one without an id cannot be told from others."""
    steps = "/".join(f"{{*}}{name}" for name in path.split("/"))
    return [each for each in element.iterfind(steps) if (each.get("id") or "").strip()]


def named(element: Element, tag: str) -> dict[str, Any]:
    """`name`, `nameEn` and `aliases` from the names in several languages, and the acronym."""
    told = [(each.get(_LANGUAGE, ""), text_of(each)) for each in children(element, tag)]
    names = [(language.lower(), text) for language, text in told if text]
    acronyms = [text for each in children(element, "Acronym") if (text := text_of(each))]
    english = _first(text for language, text in names if language.startswith("en"))
    name = (
        _first(text for language, text in names if language.startswith("zh"))
        or english
        or _first(text for _, text in names)
        or _first(acronyms)
    )
    every = dict.fromkeys([*(text for _, text in names), *acronyms])
    return {
        "name": name,
        "nameEn": english,
        "aliases": [each for each in every if each not in (name, english)],
    }


def person_name(element: Element) -> str | None:
    """Family name first and unspaced for Chinese names, last for others."""
    family = _first(
        text for each in element.iterfind("{*}PersonName/{*}FamilyNames") if (text := text_of(each))
    )
    first = _first(
        text for each in element.iterfind("{*}PersonName/{*}FirstNames") if (text := text_of(each))
    )
    if family and first and _CJK[0] <= family[0] <= _CJK[1]:
        return family + first
    return " ".join(part for part in (first, family) if part) or None


def address(element: Element, *schemes: str) -> str | None:
    """The first electronic address of one of these schemes, `mailto:` and `tel:` taken off."""
    for each in children(element, "ElectronicAddress"):
        text = text_of(each) or ""
        if text.startswith(schemes):
            return text.removeprefix("mailto:").removeprefix("tel:")
    return None


def day(element: Element, name: str) -> str | None:
    """A date that is known to the day; None for a year or a month alone."""
    text = text_of(next(iter(children(element, name)), None)) or ""
    return text[:10] if len(text) >= 10 else None


def type_of(element: Element) -> str:
    """The last part of the type's address: `University` of `…OrganisationTypes#University`."""
    text = text_of(next(iter(children(element, "Type")), None)) or ""
    return text.replace("/", "#").rsplit("#", 1)[-1]


def _first(texts: Iterable[str]) -> str | None:
    return next(iter(texts), None)
