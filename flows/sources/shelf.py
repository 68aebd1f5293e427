"""Files that were imported, kept as they were read, so that what was not taken of them can be tried again.

By their SHA-256 under the data folder's `imports/files`, each once however often it comes, for the hub's own user alone: they hold
whatever people put into them. Nothing but a retry reads them, so an operator may delete any of them at any time.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from flows.sources.opening import MEGABYTE
from flows.sources.rows import Note
from graph_store.identifiers import Problem

MOST_BYTES = 1024 * MEGABYTE
"""ROR's whole dump, the largest file that is known to be imported, has some 300 MB: room to grow, none to fill a disk by one mistake."""

_MINE = 0o700


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder, and the size beyond which a file is not kept."""

    folder: Path
    most_bytes: int = MOST_BYTES

    @classmethod
    def under(cls, data_dir: Path) -> Shelf:
        """The shelf of a hub's data folder."""
        return cls(data_dir / "imports" / "files")

    def place(self, digest: str) -> Path:
        """Where the file of this digest is, if it is kept."""
        return self.folder / digest

    def keep(self, path: Path) -> tuple[str, Note | None]:
        """The file's digest; a note where it could not be kept, which does not hinder its import. Raises OSError where it cannot be read."""
        size = path.stat().st_size
        if size > self.most_bytes:
            return digest_of(path), _too_large(size, self.most_bytes)
        try:
            return self._copied(path), None
        except OSError as error:
            return digest_of(path), _not_kept(error.strerror or type(error).__name__)

    def _copied(self, path: Path) -> str:
        self.folder.mkdir(mode=_MINE, parents=True, exist_ok=True)
        sum_ = hashlib.sha256()
        # under a name of its own, which nobody else may read, until it is whole
        with path.open("rb") as source, NamedTemporaryFile(dir=self.folder, delete=False) as copy:
            draft = Path(copy.name)
            try:
                while block := source.read(MEGABYTE):
                    sum_.update(block)
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())
                draft.replace(self.place(sum_.hexdigest()))
            except BaseException:
                draft.unlink(missing_ok=True)
                raise
        return sum_.hexdigest()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file as it lies there, packed or not."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _too_large(size: int, most: int) -> Note:
    told, limit = f"{size / MEGABYTE:,.0f}", f"{most / MEGABYTE:,.0f}"
    return Note(
        Problem(
            f"文件有 {told} MB，超过 {limit} MB，枢纽不留存；未收的行不能在控制台重试，请改正后重新导入",
            f"the file has {told} MB, more than {limit}, and is not kept: what was not taken cannot be retried, import it again",
        )
    )


def _not_kept(why: str) -> Note:
    return Note(
        Problem(
            f"文件未能留存（{why}）；未收的行不能在控制台重试，请改正后重新导入",
            f"the file could not be kept ({why}): what was not taken cannot be retried, import it again",
        )
    )
