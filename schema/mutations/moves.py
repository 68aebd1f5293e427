"""Mutations that move a record on in its state machine: `id`, the version that was read, a reason."""

from __future__ import annotations

from typing import Any

from strawberry.types.field import StrawberryField

from graph_store.commands.commands import Decision
from graph_store.commands.machines import Step
from resolvers.commands.inputs import given_step
from schema.mutations.fields import mutation
from schema.mutations.inputs import ID, VERSION, Given

SEEN_VERSION = VERSION._replace(
    zh="读取时的版本，已变更则拒绝；不填则不核对",
    en="Version as it was read, refused once it has changed; without it the record is taken as it stands",
    required=False,
)
REASON = Given(str, "原因，告知相关人员", "Why; whoever is concerned is told")


def moves(
    decision: Decision[Step, Any], noun: str, deed: str, about: str, *, reasoned: bool = False
) -> StrawberryField:
    """A mutation that makes one move; `reasoned`: a reason must be given."""
    fields = {"id": ID, "version": SEEN_VERSION, "reason": REASON._replace(required=reasoned)}
    return mutation(decision, noun, deed, about, fields=fields, to_command=given_step)
