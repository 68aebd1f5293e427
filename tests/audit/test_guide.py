"""What the administrator's guide tells auditors runs, and finds something."""

import re
from pathlib import Path

import pytest

from auth import noting
from graph_store.audit import AuditLog
from graph_store.rights import Role
from tests.audit.conftest import PERSON
from tests.engine.conftest import Hub
from tests.viewers import at_home, elsewhere

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "administrator.md"
QUESTIONS = re.findall(
    r"^```graphql auditor\n(.*?)^```", GUIDE.read_text(), re.MULTILINE | re.DOTALL
)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_for_auditors_finds_something(
    question: str, hub: Hub, audit: AuditLog
) -> None:
    reader = at_home(("cd-institution-1",), "cd-person-900")
    await noting.personal_read(audit.note, reader, {PERSON: ["Person.email"]})
    await noting.denied(audit.note, reader, "edit_person", "NotYours", PERSON)
    answer = await hub.data(question, None, elsewhere(Role.AUDITOR))
    assert [node["subject"] for node in answer["auditEntries"]["nodes"]] == [PERSON]
    assert [group["happened"] for group in answer["refusals"]["groups"]] == ["ACCESS_DENIED"]


def test_the_guide_has_such_a_question() -> None:
    assert len(QUESTIONS) == 1
