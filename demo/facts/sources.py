"""Where the facts were read: a record for each source, and the edge that says so."""

from collections.abc import Iterator

from demo.records import CHENGDU, Record, Tie, fact

DIVISIONS = "gbt-2260"
SUBJECTS = "gbt-13745"
ROR = "ror"
CERIF = "cerif"
ORIGIN = "origin-2020-04"

_SOURCES = (
    (DIVISIONS, "GB/T 2260 中华人民共和国行政区划代码", "Codes of the administrative divisions of China", None, None),
    (SUBJECTS, "GB/T 13745-2009 学科分类与代码", "Classification and code of disciplines", None, None),
    (ROR, "研究机构注册 ROR", "Research Organization Registry", "https://ror.org", "CC0-1.0"),
    (CERIF, "OpenAIRE CERIF 科研信息", "Research information in OpenAIRE CERIF XML", "https://github.com/openaire/guidelines-cris-managers", "CC-BY-4.0"),
    (ORIGIN, "川渝科技合作公开报道（2020年4月）", "Public reports of April 2020 on the agreements", None, None),
)  # fmt: skip


def source_id(code: str) -> str:
    """The id of the source with that short name."""
    return f"{CHENGDU}-source-{code}"


def from_source(id_: str, code: str) -> Tie:
    """The edge from a record to where it was read."""
    return Tie("FROM_SOURCE", id_, source_id(code))


def records() -> Iterator[Record]:
    """The sources themselves."""
    for code, name, english, url, licence in _SOURCES:
        yield Record(
            "Source",
            fact(
                source_id(code),
                name,
                nameEn=english,
                code=code,
                url=url,
                licence=licence,
                # imports are its own source, and so say when it was last read
                originKey=f"source:{code}" if code == CERIF else None,
            ),
        )
