"""What can be imported: a connector for each kind, some of them chosen by the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flows.sources.connectors.agreements import AGREEMENTS
from flows.sources.connectors.cerif import CERIF
from flows.sources.connectors.courses import COURSES
from flows.sources.connectors.divisions import DIVISIONS
from flows.sources.connectors.instruments import instruments, uniquip
from flows.sources.connectors.nemo import NEMO
from flows.sources.connectors.pidinst import PIDINST
from flows.sources.connectors.ror import ROR
from flows.sources.drafts import Connector
from flows.sources.rows import refused

_BY_KIND = {each.kind: each for each in (DIVISIONS, ROR, NEMO, PIDINST, CERIF, COURSES, AGREEMENTS)}
_BY_FILE: dict[str, Callable[[Path, Path | None], Connector]] = {
    "instruments": instruments,
    "uniquip": lambda _path, _mapping: uniquip(),
}
KINDS = (*_BY_KIND, *_BY_FILE)


def connector_for(kind: str, path: Path, mapping: Path | None = None) -> Connector:
    """The connector for a file of that kind; raises SourceError for an unknown kind or an unfit mapping."""
    if mapping and kind != "instruments":
        raise refused("只有 instruments 可用映射文件", "only instruments take a mapping file")
    if kind in _BY_FILE:
        return _BY_FILE[kind](path, mapping)
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    listed = ", ".join(KINDS)
    raise refused(
        f"没有 {kind} 这一类，可用：{listed}", f"there is no kind {kind}; there are: {listed}"
    )
