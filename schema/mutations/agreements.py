"""协议 | Mutations on agreements: drafting one, and what its parties do with it together."""

from __future__ import annotations

from typing import Any

from strawberry.types.field import StrawberryField

from graph_store.commands.agreements import (
    CREATE_AGREEMENT,
    EDIT_AGREEMENT,
    END_AGREEMENT,
    RESUME_AGREEMENT,
    RULES,
    SIGN_AGREEMENT,
    SUSPEND_AGREEMENT,
    WITHDRAW_CONSENT,
)
from graph_store.commands.commands import Decision
from resolvers.commands.inputs import given_consent
from schema.mutations.fields import creates, edits, mutation
from schema.mutations.inputs import ID, VERSION

SIDE = ID._replace(
    zh="代表哪一个签约机构，管理多方时必填",
    en="The party for which you act; needed by whoever administers several",
    required=False,
)


def acts(decision: Decision[Any, Any], deed: str, about: str) -> StrawberryField:
    """A mutation by which one party consents, and with the last of them it is done."""
    fields = {"id": ID, "version": VERSION, "institution": SIDE}
    return mutation(decision, "Agreement", deed, about, fields=fields, to_command=given_consent)


AGREEMENTS = (
    creates(
        CREATE_AGREEMENT,
        RULES,
        "AgreementCreated",
        "草拟协议 | Draft an agreement",
    ),
    edits(
        EDIT_AGREEMENT,
        RULES,
        "AgreementEdited",
        "编辑协议草案，各方的同意随之失效 | Edit a draft; whoever had consented must do so again",
    ),
    acts(
        SIGN_AGREEMENT,
        "AgreementSigning",
        "同意签署协议，各方均同意时即签署 | Consent to sign a draft; the last party's consent signs it",
    ),
    acts(
        SUSPEND_AGREEMENT,
        "AgreementSuspension",
        "同意中止协议，各方均同意时即中止 | Consent to suspend an agreement; the last consent suspends it",
    ),
    acts(
        RESUME_AGREEMENT,
        "AgreementResumption",
        "同意恢复协议，各方均同意时即恢复 | Consent to resume an agreement; the last consent resumes it",
    ),
    acts(
        END_AGREEMENT,
        "AgreementEnding",
        "同意终止协议，各方均同意时即终止 | Consent to end an agreement; the last consent ends it",
    ),
    acts(
        WITHDRAW_CONSENT,
        "ConsentWithdrawn",
        "撤回本方尚未生效的同意 | Take back a consent that has not yet taken effect",
    ),
)
