"""`/training/classes/{id}/registrations`: a list of people by POST, its template by GET.

The way of a list: file → table → entries → people → parties → `registerMany`, the same mutation that programs call with rows of their
own. It is one transaction: where any row is refused nobody is registered, and the report says of each row what it would have become.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import anyio
import orjson
from starlette.responses import Response

from auth.viewer import Viewer
from graph_store.rights import Role
from web.bodies import read
from web.documents.entries import RowFault, entry
from web.documents.files import PRIVATE, named, streamed
from web.documents.headings import places
from web.documents.people import Known, identified
from web.documents.refusals import IS_EMPTY, KEY_IS_MISSING
from web.documents.reports import Refused, Report, Told
from web.documents.serving import Caller
from web.documents.sheets import XLSX_TYPE, Table, check_type, read_table
from web.errors import Refusal, WebError, malformed

REGISTER_MANY = """mutation RegisterMany($key: ID!, $input: RegisterManyInput!, $dryRun: Boolean!) {
  registerMany(requestKey: $key, input: $input, dryRun: $dryRun) {
    ... on ManyRegistered { rows { number state registrationIds refusal { fact message messageEn whatNext whatNextEn } } }
    ... on Fact { __typename message messageEn whatNext whatNextEn } } }"""

LONGEST_KEY = 200
LONGEST_ROW = 6
"""Digits of a row's number."""
DRY_RUN_KEY = "dry run of an import"
SENDERS = frozenset({Role.INSTITUTION_ADMIN, Role.APPROVER, Role.SERVICE})

GROUP_IS_REFUSED = RowFault(
    "GROUP_IS_REFUSED",
    "同组的其他人不能报名，整组一同退回。",
    "Somebody else of the same group is refused, and a group goes together.",
    "请改正同组的其他行，或将其移出该组。",
    "Correct the other rows of the group, or take them out of it.",
)
HOME_IS_UNCLEAR = Refusal(
    400,
    "HOME_IS_UNCLEAR",
    "It is not clear which institution sends these people: you act for several, or for none. Add `home=` with the id of the one that sends them.",
    "不清楚由哪个机构派出：您代表多个机构或没有可代表的机构。请加上参数 home=派出机构的标识。",
)

Parties = Mapping[int, list[Known]]
"""People who register together, by the first of their rows."""


async def import_registrations(caller: Caller) -> Response:
    """The report, as JSON or as a workbook."""
    caller.signed_on()
    request, query = caller.request, caller.request.query_params
    is_dry_run = _flag(query.get("dryRun"))
    key = _request_key(request.headers.get("idempotency-key"), is_dry_run=is_dry_run)
    home = query.get("home") or _home(caller.viewer)
    check_type(request.headers.get("content-type", ""))
    body = await read(request.receive, dict(request.scope["headers"]))
    table = await anyio.to_thread.run_sync(read_table, body)
    found, left_out = places(table.headings), _numbers(query.get("without"))
    kept = [row for row in table.rows if row[0] not in left_out]
    if not kept:
        raise WebError(IS_EMPTY)
    rows = await identified(caller, [entry(number, cells, found) for number, cells in kept])
    work = Import(caller, request.path_params["id"], home, key)
    report = await work.report(rows, _columns(table, found), is_dry_run=is_dry_run)
    return await _answer(caller, report, table)


class Import:
    """One list on its way into a class."""

    def __init__(self, caller: Caller, training_class: str, home: str, key: str) -> None:
        self._caller, self._class, self._home, self._key = caller, training_class, home, key

    async def report(
        self, rows: Sequence[Known], columns: Sequence[tuple[str, str | None]], *, is_dry_run: bool
    ) -> Report:
        """Register all, or say of each row what stands in the way. Raises WebError, GraphStoreError."""
        refused = {each.entry.number: _of_fault(each.fault) for each in rows if each.fault}
        parties = _parties(rows)
        _with_their_groups(parties, refused)
        before = len(refused)
        told = await self._tell(parties, refused, is_dry_run=is_dry_run or before > 0)
        if (
            len(refused) > before
        ):  # nobody was registered: what would become of the others without these?
            _with_their_groups(parties, refused)
            told = await self._tell(parties, refused, is_dry_run=True)
        return Report(
            training_class=self._class,
            home=self._home,
            is_dry_run=is_dry_run,
            imported=not is_dry_run and not refused,
            columns=columns,
            rows=[_told(each, told, refused) for each in rows],
        )

    async def _tell(
        self, parties: Parties, refused: dict[int, Refused], *, is_dry_run: bool
    ) -> dict[str, tuple[str, str | None]]:
        """State and registration by person, of the parties without a refused row; those that the hub refuses are added."""
        good = {number: party for number, party in parties.items() if number not in refused}
        if not good:
            return {}
        given = {
            "trainingClass": self._class,
            "home": self._home,
            "rows": [
                {"number": number, "people": [each.person for each in party]}
                for number, party in good.items()
            ],
        }
        # a dry run leaves no key behind, so that the real one may use it for the whole list
        key = DRY_RUN_KEY if is_dry_run else self._key
        data = await self._caller.ask(REGISTER_MANY, key=key, input=given, dryRun=is_dry_run)
        answer = data["registerMany"]
        if "rows" not in answer:
            return _all_refused(good, refused, answer)
        return _sorted_out(good, refused, answer["rows"])


def _parties(rows: Iterable[Known]) -> Parties:
    """Rows with the same group together, each other row alone; in order of their first rows."""
    by_group: dict[object, list[Known]] = defaultdict(list)
    for each in rows:
        by_group[each.entry.group or each.entry.number].append(each)
    return {party[0].entry.number: party for party in by_group.values()}


def _with_their_groups(parties: Parties, refused: dict[int, Refused]) -> None:
    """Who registers with somebody who is refused is refused too."""
    for party in parties.values():
        numbers = [each.entry.number for each in party]
        if any(number in refused for number in numbers):
            for number in numbers:
                refused.setdefault(number, _of_fault(GROUP_IS_REFUSED))


def _all_refused(
    parties: Parties, refused: dict[int, Refused], answer: dict[str, Any]
) -> dict[str, tuple[str, str | None]]:
    fact = _of_answer(answer["__typename"], answer)
    for party in parties.values():
        refused.update({each.entry.number: fact for each in party})
    return {}


def _sorted_out(
    parties: Parties, refused: dict[int, Refused], rows: Iterable[dict[str, Any]]
) -> dict[str, tuple[str, str | None]]:
    told: dict[str, tuple[str, str | None]] = {}
    for row in rows:
        party = parties[row["number"]]
        if refusal := row["refusal"]:
            fact = _of_answer(refusal["fact"], refusal)
            refused.update({each.entry.number: fact for each in party})
        elif row["state"]:
            # nothing is made by a dry run
            made = row["registrationIds"] or [None] * len(party)
            for each, registration in zip(party, made, strict=True):
                told[str(each.person)] = (row["state"].lower(), registration)
    return told


def _told(
    row: Known, told: Mapping[str, tuple[str, str | None]], refused: Mapping[int, Refused]
) -> Told:
    refusal = refused.get(row.entry.number)
    if refusal:
        return Told(row, refused=refusal)
    state, registration = told.get(str(row.person), (None, None))
    return Told(row, state, registration)


def _of_fault(fault: RowFault) -> Refused:
    return Refused(fault.code, fault.zh, fault.en, fault.next_zh, fault.next_en, fault.column)


def _of_answer(fact: str, told: Mapping[str, Any]) -> Refused:
    return Refused(fact, told["message"], told["messageEn"], told["whatNext"], told["whatNextEn"])


async def _answer(caller: Caller, report: Report, table: Table) -> Response:
    """As the client would rather have it: JSON unless it asks for a workbook."""
    wanted = caller.request.query_params.get("report", "")
    if wanted == "xlsx" or XLSX_TYPE in caller.request.headers.get("accept", ""):
        file = await anyio.to_thread.run_sync(report.as_workbook, table)
        return streamed(file, XLSX_TYPE, PRIVATE | named("导入结果.xlsx", "report.xlsx"))
    body = orjson.dumps(report.as_json())
    return Response(body, media_type="application/json", headers=PRIVATE)


def _columns(table: Table, found: Mapping[str, int]) -> list[tuple[str, str | None]]:
    """Each heading with the key of what it was taken for."""
    keys = {place: key for key, place in found.items()}
    return [(heading, keys.get(place)) for place, heading in enumerate(table.headings)]


def _numbers(text: str | None) -> frozenset[int]:
    """Rows that the sender leaves out, as `4,7`. Raises WebError 400 for anything else."""
    parts = [each.strip() for each in (text or "").split(",") if each.strip()]
    if not all(each.isascii() and each.isdecimal() and len(each) <= LONGEST_ROW for each in parts):
        raise malformed("without", "numbers of rows, as 4,7", " 行号，如 4,7")
    return frozenset(int(each) for each in parts)


def _flag(value: str | None) -> bool:
    """Raises WebError 400 for what is no flag: a slip of the pen must not import."""
    if value in {None, "", "false", "0"}:
        return False
    if value in {"true", "1"}:
        return True
    raise malformed("dryRun", "true or false", " true 或 false")


def _request_key(given: str | None, *, is_dry_run: bool) -> str:
    if given and len(given) <= LONGEST_KEY:
        return given
    if is_dry_run and not given:
        return DRY_RUN_KEY
    raise WebError(KEY_IS_MISSING)


def _home(viewer: Viewer) -> str:
    """The one institution for which they may send people. Raises WebError 400."""
    at = {each.institution for each in viewer.rights.roles if each.role in SENDERS}
    if len(at) != 1:
        raise WebError(HOME_IS_UNCLEAR)
    return at.pop()
