"""Who the people of a list are: by the hub's id, by ORCID, or by name with the e-mail address or telephone number that the hub knows.

All is asked in the name of whoever sends the list: somebody they may not see is not found, and an address they may not read matches
nothing. What is read of persons to compare it stands in the audit log, as with any question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from web.documents.entries import Entry, RowFault
from web.documents.serving import Caller

BY_ID = """query PeopleByIds($keys: [ID!], $first: Int, $after: String) {
  people(where: {id: {in: $keys}}, first: $first, after: $after) { ...Found } }
fragment Found on PersonConnection { nodes { id name nameEn aliases orcid } pageInfo { hasNextPage endCursor } }"""

BY_ORCID = """query PeopleByOrcids($keys: [String!], $first: Int, $after: String) {
  people(where: {orcid: {in: $keys}}, first: $first, after: $after) { ...Found } }
fragment Found on PersonConnection { nodes { id name nameEn aliases orcid } pageInfo { hasNextPage endCursor } }"""

BY_NAME = """query PeopleByNames($keys: [String!], $homes: [ID!], $first: Int, $after: String) {
  people(where: {name: {in: $keys}, affiliations: {some: {id: {in: $homes}}}}, first: $first, after: $after) {
    nodes { id name nameEn aliases orcid email phone } pageInfo { hasNextPage endCursor } } }"""

CHUNK = 200

NOT_FOUND = RowFault(
    "PERSON_NOT_FOUND",
    "没有找到此人，或您无权查看。",
    "Nobody was found who fits, or whom you may see.",
    "请核对标识、ORCID、邮箱或电话；新人员须先登记。用令牌导入并以邮箱、电话核对时，令牌须带 personal:read 用途。",
    "Check the id, ORCID iD, e-mail address or telephone number; who is new must be entered first. A token that is to match by e-mail or telephone needs the scope personal:read.",
)
AMBIGUOUS = RowFault(
    "PERSON_IS_AMBIGUOUS",
    "有不止一人符合该行。",
    "More than one person fits the row.",
    "请改用人员标识或 ORCID。",
    "Use the hub's id or the ORCID iD instead.",
    "name",
)


@dataclass(frozen=True, slots=True)
class Known:
    """A row whose person is known, or that has a fault."""

    entry: Entry
    person: str | None = None
    name: str | None = None

    @property
    def fault(self) -> RowFault | None:
        """What is wrong with it."""
        return self.entry.fault


async def identified(caller: Caller, entries: Sequence[Entry]) -> list[Known]:
    """The rows with their people; nobody stands twice. Raises WebError, GraphStoreError."""
    good = [each for each in entries if each.fault is None]
    by_id = await _all(caller, BY_ID, (each.person for each in good))
    by_orcid = await _all(caller, BY_ORCID, (each.orcid for each in good if not each.person))
    named = (each.name for each in good if not (each.person or each.orcid))
    by_name = await _all(caller, BY_NAME, named, homes=list(caller.viewer.rights.institutions))
    ids, orcids = {each["id"]: each for each in by_id}, {each["orcid"]: each for each in by_orcid}
    names: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in by_name:
        names[each["name"]].append(each)

    def fitting(each: Entry) -> list[dict[str, Any]]:
        if each.person:
            return [ids[each.person]] if each.person in ids else []
        if each.orcid:
            return [orcids[each.orcid]] if each.orcid in orcids else []
        return [one for one in names.get(each.name or "", ()) if _reached(one, each)]

    return list(_once([_known(each, fitting(each)) for each in entries]))


def _known(each: Entry, fitting: list[dict[str, Any]]) -> Known:
    if each.fault:
        return Known(each)
    if len(fitting) != 1:
        fault = AMBIGUOUS if fitting else replace(NOT_FOUND, column=each.named_by)
        return Known(each.refused(fault))
    (person,) = fitting
    if each.name and each.name not in {person["name"], person["nameEn"], *person["aliases"]}:
        return Known(each.refused(_differs(each.name, person["name"])))
    return Known(each, person["id"], person["name"])


def _once(rows: Iterable[Known]) -> Iterator[Known]:
    """Whoever stands twice is refused the second time."""
    first: dict[str, int] = {}
    for row in rows:
        if row.person is None:
            yield row
        elif row.person in first:
            yield replace(row, entry=row.entry.refused(_twice(first[row.person])))
        else:
            first[row.person] = row.entry.number
            yield row


def _reached(person: dict[str, Any], each: Entry) -> bool:
    """Whether what the row gives of both is what the hub knows; a masked value is equal to nothing."""
    email = (person["email"] or "").casefold()
    phone = _digits(person["phone"] or "")
    given = [(each.email, email), (_digits(each.phone) if each.phone else None, phone)]
    return all(one == other for one, other in given if one is not None)


def _digits(phone: str) -> str:
    """A number without blanks, strokes and the country's code.

    >>> _digits("+86 138-1234 5678")
    '13812345678'
    """
    return phone.replace(" ", "").replace("-", "").removeprefix("+86").removeprefix("0086")


def _differs(given: str, name: str) -> RowFault:
    return RowFault(
        "NAME_DIFFERS",
        f"该标识是{name}的，而该行姓名为{given}。",
        f"The identifier is {name}'s, and the row says {given}.",
        "请核对是哪一位，改正姓名或标识。",
        "Check who is meant, and correct the name or the identifier.",
        "name",
    )


def _twice(first: int) -> RowFault:
    return RowFault(
        "PERSON_STANDS_TWICE",
        f"此人已在第 {first} 行。",
        f"The same person stands in row {first}.",
        "请删除其中一行。",
        "Remove one of the rows.",
    )


async def _all(
    caller: Caller, text: str, keys: Iterable[str | None], **variables: Any
) -> list[dict[str, Any]]:
    """All people with one of the keys, page by page."""
    wanted = sorted({key for key in keys if key})
    found: list[dict[str, Any]] = []
    for start in range(0, len(wanted), CHUNK):
        after, more = None, True
        while more:
            data = await caller.ask(
                text,
                keys=wanted[start : start + CHUNK],
                first=caller.page,
                after=after,
                **variables,
            )
            found += data["people"]["nodes"]
            page = data["people"]["pageInfo"]
            after, more = page["endCursor"], page["hasNextPage"]
    return found
