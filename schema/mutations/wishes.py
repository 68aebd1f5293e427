"""交流意向 | Mutations on wishes to be exchanged."""

from __future__ import annotations

from graph_store.commands.wishes import CREATE_WISH, EDIT_WISH, RULES, WITHDRAW_WISH
from schema.mutations.fields import creates, edits, ends

WISHES = (
    creates(
        CREATE_WISH,
        RULES,
        "ExchangeWishCreated",
        "登记交流意向：由本人或派出机构管理员 | Enter a wish to be exchanged: the person themself, or home's administrator",
    ),
    edits(
        EDIT_WISH,
        RULES,
        "ExchangeWishEdited",
        "编辑有效的交流意向 | Edit a wish that is open",
    ),
    ends(
        WITHDRAW_WISH,
        RULES,
        "ExchangeWishWithdrawn",
        "撤回交流意向 | Take a wish back",
    ),
)
