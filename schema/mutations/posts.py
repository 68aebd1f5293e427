"""岗位 | Mutations on posts."""

from __future__ import annotations

from graph_store.commands.posts import CLOSE_POST, CREATE_POST, EDIT_POST, RULES
from schema.mutations.fields import creates, edits, ends

POSTS = (
    creates(
        CREATE_POST,
        RULES,
        "PostCreated",
        "提供交流岗位 | Offer a post to staff of other institutions",
    ),
    edits(
        EDIT_POST,
        RULES,
        "PostEdited",
        "编辑岗位，不得少于已承诺的名额和期限 | Edit a post, within what is promised already",
    ),
    ends(
        CLOSE_POST,
        RULES,
        "PostClosed",
        "关闭岗位，已在办的交流不受影响 | Close a post; exchanges that are accepted go on",
    ),
)
