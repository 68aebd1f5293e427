"""任职 | Mutations on people's affiliations."""

from __future__ import annotations

from graph_store.commands.affiliations import (
    EDIT_AFFILIATION,
    END_AFFILIATION,
    PROPERTIES,
    START_AFFILIATION,
)
from resolvers.commands.inputs import edited_affiliation, ended_affiliation, new_affiliation
from schema.mutations.fields import mutation
from schema.mutations.inputs import ID, ON, VERSION, Given, input_type, value

PERSON = ID._replace(zh="人员标识", en="The person's id")
INSTITUTION = ID._replace(zh="机构标识", en="The institution's id")
VALUES = {each.name: value(each) for each in PROPERTIES}

WHICH = input_type(
    "AffiliationKeyInput",
    "按机构、角色和起始日指定一段任职 | An affiliation by its institution, role and first day",
    {"institution": INSTITUTION, "role": VALUES["role"], "since": VALUES["since"]},
)
CHANGE = input_type("AffiliationChangeInput", "任职的变更 | What changes in an affiliation", VALUES)
NAMED = {
    "person": PERSON,
    "version": VERSION._replace(zh="读取时的人员版本", en="The person's version as it was read"),
    "affiliation": Given(WHICH, "哪一段任职", "Which affiliation", required=True),
}

AFFILIATIONS = (
    mutation(
        START_AFFILIATION,
        "Person",
        "AffiliationStarted",
        "开始任职 | Start an affiliation",
        fields={"person": PERSON, "institution": INSTITUTION} | VALUES,
        to_command=new_affiliation,
    ),
    mutation(
        EDIT_AFFILIATION,
        "Person",
        "AffiliationEdited",
        "编辑任职 | Edit an affiliation",
        fields=NAMED | {"change": Given(CHANGE, "变更内容", "What changes", required=True)},
        to_command=edited_affiliation,
    ),
    mutation(
        END_AFFILIATION,
        "Person",
        "AffiliationEnded",
        "结束任职 | End an affiliation",
        fields=NAMED | {"on": ON},
        to_command=ended_affiliation,
    ),
)
