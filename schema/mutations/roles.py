"""角色 | Mutations on roles; each is told to the audit log before it is answered."""

from __future__ import annotations

from typing import Any

from auth import noting
from graph_store.commands.roles import GRANT_ROLE, PROPERTIES, REVOKE_ROLE
from resolvers.commands.inputs import given_role, taken_role
from resolvers.context import Context
from schema.mutations.fields import mutation
from schema.mutations.inputs import ID, value

PERSON = ID._replace(zh="人员标识", en="The person's id")
INSTITUTION = ID._replace(zh="机构标识", en="The institution's id")
VALUES = {each.name: value(each, required=each.required) for each in PROPERTIES}
NAMED = {"person": PERSON, "institution": INSTITUTION}


async def _note_granted(context: Context, given: Any, request_key: str) -> None:
    at = noting.RoleAt(given.person, given.role, given.institution)
    await noting.role_granted(context.note, context.actor.id, at, request_key)


async def _note_revoked(context: Context, given: Any, request_key: str) -> None:
    at = noting.RoleAt(given.person, given.role, given.institution)
    await noting.role_revoked(context.note, context.actor.id, at, request_key)


ROLES = (
    mutation(
        GRANT_ROLE,
        "Person",
        "RoleGranted",
        "授予角色 | Grant a role",
        fields=NAMED | VALUES,
        to_command=given_role,
        note=_note_granted,
    ),
    mutation(
        REVOKE_ROLE,
        "Person",
        "RoleRevoked",
        "收回角色，立即生效 | Take a role, from this moment",
        fields=NAMED | {"role": VALUES["role"]},
        to_command=taken_role,
        note=_note_revoked,
    ),
)
