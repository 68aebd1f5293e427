"""Opening a file that may be anything: one look over all its bytes before the first record is read.

The look finds what makes a file unreadable as a whole (a cut gzip, a bomb, an unknown encoding, binary, an endless
line), so that such a file is refused before anything was written. It holds a megabyte at a time.
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
LONGEST_LINE_CHARACTERS = 16 * MEGABYTE

# Text compresses some 30 times, deflate at most 1,032 times: what swells more than this is a bomb.
_SWELLING_ALLOWED = 100
_SWELLING_FREE_BYTES = 64 * MEGABYTE

_GZIP_START = b"\x1f\x8b"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = ("utf-8", "gb18030")
_READ_AS = {
    "gb18030": Problem(
        "文件不是 UTF-8，已按 GB18030 读取", "the file is not UTF-8; it was read as GB18030"
    ),
    "utf-16": Problem("文件是 UTF-16，已按此读取", "the file is UTF-16 and was read as such"),
}


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that was looked through: how it is packed, and how its characters are coded (None: not looked at)."""

    path: Path
    packed: bool
    encoding: str | None = None

    @property
    def notes(self) -> Iterator[Note]:
        """What a person should know of the encoding, if it is not plain UTF-8."""
        if self.encoding in _READ_AS:
            yield Note(_READ_AS[self.encoding])

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The bytes, unpacked. Raises SourceError where they are damaged."""
        with _refusing_damage(), self._stream() as stream:
            yield stream

    def blocks(self) -> Iterator[bytes]:
        """The bytes, unpacked, a megabyte at a time; a gzip that swells beyond reason is refused on the way."""
        allowed = _SWELLING_FREE_BYTES + _SWELLING_ALLOWED * self.path.stat().st_size
        total = 0
        with self.open() as stream:
            while block := stream.read(MEGABYTE):
                total += len(block)
                if self.packed and total > allowed:
                    raise refused(
                        f"压缩文件解开后超过 {total // MEGABYTE} MB，疑似压缩炸弹",
                        f"the packed file unpacks to more than {total // MEGABYTE} MB: it looks like a bomb",
                    )
                yield block

    def chunks(self) -> Iterator[str]:
        """The text, a megabyte or so at a time. Raises UnicodeDecodeError where it is not in `encoding`."""
        decode = codecs.getincrementaldecoder(self.encoding or "utf-8")().decode
        for block in self.blocks():
            yield decode(block)
        yield decode(b"", True)

    def lines(self) -> Iterator[str]:
        """The text, a line at a time, line ends kept."""
        pending = ""
        for chunk in self.chunks():
            *whole, pending = (pending + chunk).split("\n")
            yield from [line + "\n" for line in whole]
        if pending:
            yield pending

    def _stream(self) -> IO[bytes]:
        return (
            cast("IO[bytes]", gzip.open(self.path, "rb")) if self.packed else self.path.open("rb")
        )


def inspect(path: Path) -> Inspected:
    """Look the bytes through: there are some, and they unpack. Raises SourceError."""
    inspected = _recognised(path)
    if not sum(map(len, inspected.blocks())):
        raise _EMPTY
    return inspected


def inspect_text(path: Path) -> Inspected:
    """Look the text through: it is of a known encoding, is text, and its lines end. Raises SourceError."""
    file = _recognised(path)
    with file.open() as stream:
        head = stream.read(4)
    encodings = tuple(encoding for mark, encoding in _MARKS if head.startswith(mark)) or _UNMARKED
    for encoding in encodings:
        inspected = Inspected(path, file.packed, encoding)
        if _reads(inspected):
            return inspected
    raise refused(
        "文件的编码既不是 UTF-8、UTF-16，也不是 GB18030，或者不是文本文件",
        "the file is neither UTF-8, UTF-16 nor GB18030, or it is no text at all",
    )


def _recognised(path: Path) -> Inspected:
    if path.is_dir():
        raise refused(f"{path.name} 是文件夹，不是文件", f"{path.name} is a folder, not a file")
    if not path.exists():
        raise refused(f"没有这个文件：{path.name}", f"there is no such file: {path.name}")
    with _refusing_damage(), path.open("rb") as stream:
        head = stream.read(2)
    if not head:
        raise _EMPTY
    return Inspected(path, head == _GZIP_START)


def _reads(inspected: Inspected) -> bool:
    """Whether all of it is in this encoding; raises SourceError for text that no encoding would mend."""
    blank, line = True, 0
    try:
        for chunk in inspected.chunks():
            if "\0" in chunk:
                raise refused(
                    "文件含有空字节，不是文本文件", "the file has NUL bytes: it is no text"
                )
            blank = blank and not chunk.strip()
            line = _open_line(chunk, line)
    except UnicodeDecodeError:
        return False
    if blank:
        raise _EMPTY
    return True


def _open_line(chunk: str, before: int) -> int:
    """The length of the line that is open at the end of a chunk. A chunk is shorter than a line may be."""
    end = chunk.find("\n")
    first = before + (len(chunk) if end < 0 else end)
    if first > LONGEST_LINE_CHARACTERS:
        limit = LONGEST_LINE_CHARACTERS // MEGABYTE
        raise refused(
            f"有一行超过 {limit} MB，不像数据文件",
            f"a line is longer than {limit} MB: this is no data file",
        )
    return first if end < 0 else len(chunk) - chunk.rfind("\n") - 1


@contextmanager
def _refusing_damage() -> Iterator[None]:
    """Turn what gzip and the operating system raise into one SourceError."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise refused(
            "gzip 文件已损坏或被截断", f"the gzip file is damaged or cut short: {error}"
        ) from error
    except OSError as error:
        raise refused(
            f"无法读取文件：{error.strerror}", f"the file cannot be read: {error.strerror}"
        ) from error


_EMPTY = refused("文件是空的", "the file is empty")
