"""An import tried again: the file that was kept, the same connector and mapping, the rows that were not taken."""

from __future__ import annotations

import asyncio
from pathlib import Path

from flows.desk import Desk
from flows.reports import Report
from flows.sources.again import Again
from flows.sources.batches import Purpose
from flows.sources.books import Books
from flows.sources.imports import Readable, import_file, look_through, problem_of
from flows.sources.reports import report_at
from flows.sources.rows import SourceError, refused
from flows.sources.runs import Told
from flows.sources.shelf import Shelf, digest_of
from graph_store.commands.import_runs import FAIL_IMPORT, FINISHED, Unreadable
from graph_store.import_retries import KnownRetry, retry_asked_for
from graph_store.local_server.progress import silent


async def tried_again(desk: Desk, id_: str, key: str, report: Report) -> None:
    """Carry out the import that waits; one that has ended already is left as it is.

    Where its file cannot be read it has died, and says what to do. `key`: of that deed. Raises GraphStoreError.
    """
    asked = await retry_asked_for(desk.run, id_)
    if asked is None or asked.values["state"] == FINISHED:
        return
    name = asked.values["name"]
    if asked.chosen is None:
        report.note(
            f"{name}：未收的行超过逐行保留的数量，已重新读取整个文件",
            f"{name}: not every row that was not taken is kept one by one, so the whole file was read again",
            id_,
        )
    try:
        books = await _imported(desk, asked)
    except (SourceError, OSError, ValueError) as error:
        problem = problem_of(error)
        # where it had begun, its record says so already
        await desk.do(FAIL_IMPORT, key, Unreadable(id_, problem.zh, problem.en))
        report.note(f"{name}：{problem.zh}", f"{name}: {problem.en}", id_)
        return
    taken = books.new + books.changed
    report.did(
        f"重试导入 {name}：读取 {books.read} 行，新增或更改 {taken}，仍未收 {books.rejected}，建立关联 {books.links}",
        f"{name} again: {books.read} rows read, {taken} new or changed, {books.rejected} still rejected, {books.links} links made",
        id_,
        effects=taken,
    )


async def _imported(desk: Desk, asked: KnownRetry) -> Books:
    values = asked.values
    readable = await asyncio.to_thread(_readable, desk.shelf, asked)
    purpose = Purpose(
        base=asked.former.partition("-")[0],
        actor=values["actor"],
        command=f"import {values['connector']}",
        clock=desk.clock,
        synthetic=values["synthetic"],
    )
    with report_at(desk.shelf.folder.parent / f"{values['id']}.csv") as told:
        return await import_file(readable, desk.imports, purpose, told, silent)


def _readable(shelf: Shelf, asked: KnownRetry) -> Readable:
    values = asked.values
    path = _kept(shelf, values["digest"])
    mapping = _kept(shelf, values["mappingDigest"]) if values.get("mapping") else None
    found = look_through(values["connector"], path, mapping)
    told = Told(
        values["name"],
        values["digest"],
        values["connector"],
        values.get("mapping"),
        values.get("mappingDigest"),
    )
    again = Again(values["id"], told, asked.chosen, asked.refused)
    return Readable(found.connector, found.file, mapping, again)


def _kept(shelf: Shelf, digest: str | None) -> Path:
    """Where the file is kept, as it was when it was imported: its rows are known by number. Raises SourceError."""
    path = shelf.place(digest or "")
    if not digest or not path.is_file() or digest_of(path) != digest:
        raise refused(
            "枢纽没有留存这个文件（在另一台机器上导入、超过大小限制、导入于留存功能之前，或已被改动、删除），"
            "请在执行进程所在的机器上用 bashu import 重新导入文件。",
            "The hub does not have the file (it was imported on another machine, is too large, came before files were kept, or was"
            " changed or deleted): import it again by bashu import on the machine of the workers.",
        )
    return path
