"""Opening a file that may be anything: one look over all its bytes before the first record is read.

The look finds what makes a file unreadable as a whole (a cut gzip, a bomb, an unknown encoding, binary, an endless
line), so that such a file is refused before anything was written. It holds one line at a time.
"""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from flows.sources.rows import Note, refused
from graph_store.identifiers import Problem

MEGABYTE = 1 << 20
LONGEST_LINE_BYTES = 16 * MEGABYTE
CHUNK_BYTES = MEGABYTE

# Text compresses some 30 times at best, deflate 1,032 times: what swells more than this is a bomb.
_GZIP_START = b"\x1f\x8b"
_SWELLING_ALLOWED = 100
_SWELLING_FREE_BYTES = 64 * MEGABYTE

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANNOT_OPEN = "打不开文件"


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that was looked through: how it is packed, and for text files how its characters are coded."""

    path: Path
    packed: bool
    encoding: str = "utf-8"

    @property
    def notes(self) -> Iterator[Note]:
        """What a person should know of the encoding, if it is not plain UTF-8."""
        if self.encoding == "gb18030":
            yield Note(Problem("文件不是 UTF-8，已按 GB18030 读取", "the file is not UTF-8 and was read as GB18030"))
        elif self.encoding == "utf-16":
            yield Note(Problem("文件是 UTF-16，已按此读取", "the file is UTF-16 and was read as such"))

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The bytes, unpacked."""
        with _opened(self.path, packed=self.packed) as stream:
            yield stream

    def chunks(self) -> Iterator[str]:
        """The text, a megabyte or so at a time."""
        decode = codecs.getincrementaldecoder(self.encoding)().decode
        with self.open() as stream:
            while block := stream.read(CHUNK_BYTES):
                yield decode(block)
        yield decode(b"", True)

    def lines(self) -> Iterator[str]:
        """The text, a line at a time, line ends kept."""
        pending = ""
        for chunk in self.chunks():
            *whole, pending = (pending + chunk).split("\n")
            yield from (line + "\n" for line in whole)
        if pending:
            yield pending


def inspect(path: Path, *, text: bool) -> Inspected:
    """Look the file through; `text` asks for an encoding and bounded lines as well. Raises SourceError."""
    _must_be_a_file(path)
    with path.open("rb") as stream:
        packed = stream.read(2) == _GZIP_START
    encoding = _encoding(path, packed=packed) if text else "utf-8"
    inspected = Inspected(path, packed, encoding)
    with refusing_damage(), inspected.open() as stream:
        if text:
            _look_at_lines(inspected)
        elif not _bounded(stream, path.stat().st_size if packed else None):
            raise refused("文件是空的", "the file is empty")
    return inspected


@contextmanager
def refusing_damage() -> Iterator[None]:
    """Turn what the gzip and text decoders raise into one SourceError."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise refused(f"gzip 文件已损坏或被截断（{error}）", f"the gzip file is damaged or cut short: {error}") from error
    except OSError as error:
        raise refused(f"{_CANNOT_OPEN}：{error.strerror}", f"the file cannot be read: {error.strerror}") from error


def _opened(path: Path, *, packed: bool) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "rb")) if packed else path.open("rb")


def _must_be_a_file(path: Path) -> None:
    if path.is_dir():
        raise refused(f"{path.name} 是文件夹，不是文件", f"{path.name} is a folder, not a file")
    if not path.exists():
        raise refused(f"没有这个文件：{path.name}", f"there is no such file: {path.name}")
    with refusing_damage(), path.open("rb") as stream:
        if not stream.read(1):
            raise refused("文件是空的", "the file is empty")


def _bounded(stream: IO[bytes], packed_bytes: int | None) -> int:
    """How many bytes there are; a gzip that swells beyond reason is refused before it is unpacked whole."""
    total = 0
    while block := stream.read(CHUNK_BYTES):
        total += len(block)
        if packed_bytes is not None and total > _SWELLING_FREE_BYTES + _SWELLING_ALLOWED * packed_bytes:
            raise refused(
                f"压缩文件解开后超过 {total // MEGABYTE} MB，疑似压缩炸弹",
                f"the packed file unpacks to more than {total // MEGABYTE} MB: it looks like a bomb",
            )
    return total


def _encoding(path: Path, *, packed: bool) -> str:
    with refusing_damage(), _opened(path, packed=packed) as stream:
        head = stream.read(4)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    return next((each for each in ("utf-8", "gb18030") if _decodes(path, each, packed=packed)), "unknown")


def _decodes(path: Path, encoding: str, *, packed: bool) -> bool:
    decode = codecs.getincrementaldecoder(encoding)().decode
    size = path.stat().st_size
    total = 0
    with refusing_damage(), _opened(path, packed=packed) as stream:
        try:
            while block := stream.read(CHUNK_BYTES):
                decode(block)
        except UnicodeDecodeError:
            return False
    return True
