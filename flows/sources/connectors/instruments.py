"""仪器清单 | CSV files of instruments, each shape by its mapping file; UNIQUIP is one such shape."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from flows.sources.csv_rows import header_of, read_csv
from flows.sources.drafts import Connector
from flows.sources.mapping_files import FOLDER, FileMapping, read_mapping
from flows.sources.opening import Inspected, inspect_text
from flows.sources.rows import Reading, refused

UNIQUIP_FILE = FOLDER / "uniquip.toml"


def instruments(path: Path, mapping: Path | None) -> Connector:
    """The connector for a file: by the mapping that is given, or the one of our own that fits its header."""
    return _connector("instruments", read_mapping(mapping) if mapping else _fitting(path))


def uniquip() -> Connector:
    """The connector for files in the columns of UNIQUIP."""
    return _connector("uniquip", read_mapping(UNIQUIP_FILE))


def _connector(kind: str, mapping: FileMapping) -> Connector:
    return Connector(kind, mapping.origin, partial(_read, mapping), mapping.draft)


def _read(mapping: FileMapping, file: Inspected) -> Reading:
    return read_csv(file, required=mapping.required, known=mapping.known)


def _fitting(path: Path) -> FileMapping:
    header = header_of(inspect_text(path))
    for each in sorted(FOLDER.glob("*.toml")):
        mapping = read_mapping(each)
        if each != UNIQUIP_FILE and mapping.required <= header:
            return mapping
    known = ", ".join(sorted(each.stem for each in FOLDER.glob("*.toml")))
    raise refused(
        f"表头与现有映射（{known}）都不符，请用 --mapping 指定映射文件",
        f"the header fits none of our mappings ({known}): name one with --mapping",
    )
