"""干部交流 | Mutations on exchanges: drafting one, and every move of its machine that people make."""

from __future__ import annotations

from graph_store.commands.exchange_drafts import DRAFT_EXCHANGE, EDIT_EXCHANGE, PROPERTIES
from graph_store.commands.exchanges import (
    APPROVE_EXCHANGE,
    COMPLETE_EXCHANGE,
    RECALL_EXCHANGE,
    REJECT_EXCHANGE,
    SUBMIT_EXCHANGE,
    WITHDRAW_EXCHANGE,
)
from resolvers.commands.inputs import given_proposal, given_revision
from schema.mutations.fields import mutation
from schema.mutations.inputs import ID, VERSION, Given, value
from schema.mutations.moves import moves

NOUN = "CadreExchange"
_VALUES = {each.name: value(each) for each in PROPERTIES}
_DAYS = {name: _VALUES[name]._replace(required=True) for name in ("since", "until")}
_ENDS = {
    "person": ID._replace(zh="交流人员的标识", en="Id of whoever is exchanged"),
    "home": ID._replace(zh="派出机构的标识", en="Id of the institution that sends"),
    "post": ID._replace(
        zh="交流岗位的标识，接收机构由此而定", en="Id of the post; whoever offers it is the host"
    ),
}
_NAME: dict[str, Given] = {
    "name": _VALUES["name"]._replace(
        zh="名称，不填则由人员和岗位组成",
        en="Its name; made of person and post where none is given",
    )
}

EXCHANGES = (
    mutation(
        DRAFT_EXCHANGE,
        NOUN,
        "ExchangeDrafted",
        "草拟干部交流，由派出机构或本人 | Draft an exchange, by the home institution or the person",
        fields=_ENDS | _VALUES | _DAYS | _NAME,
        to_command=given_proposal,
    ),
    mutation(
        EDIT_EXCHANGE,
        NOUN,
        "ExchangeEdited",
        "编辑尚未提交的干部交流 | Edit an exchange that was not submitted yet",
        fields={"id": ID, "version": VERSION}
        | _VALUES
        | {"post": _ENDS["post"]._replace(required=False)},
        to_command=given_revision,
    ),
    moves(
        SUBMIT_EXCHANGE,
        NOUN,
        "ExchangeSubmitted",
        "提交干部交流：核对全部规则，记录依据条款 | Submit an exchange: all its rules are checked, the clause that allows it is recorded",
    ),
    moves(
        APPROVE_EXCHANGE,
        NOUN,
        "ExchangeApproved",
        "批准干部交流：先由派出机构（占用名额），再由接收机构 | Approve an exchange: home first, which takes a place of the quota, then the host",
    ),
    moves(
        REJECT_EXCHANGE,
        NOUN,
        "ExchangeRejected",
        "驳回干部交流，须说明原因 | Reject an exchange and say why",
        reasoned=True,
    ),
    moves(
        WITHDRAW_EXCHANGE,
        NOUN,
        "ExchangeWithdrawn",
        "撤回尚未开始的干部交流 | Withdraw an exchange that has not begun",
    ),
    moves(
        RECALL_EXCHANGE,
        NOUN,
        "ExchangeRecalled",
        "派出机构召回在外人员，今天结束 | Home calls the person back: the exchange ends today",
        reasoned=True,
    ),
    moves(
        COMPLETE_EXCHANGE,
        NOUN,
        "ExchangeCompleted",
        "交流期满后完成 | Complete an exchange whose last day has come",
    ),
)
