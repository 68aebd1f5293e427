"""人员 | A person, affiliated with one or two institutions."""

from bench.questions.model.stored import native
from graph_store.model.words import day, edge, id_, noun, text

PERSON = noun(
    "Person",
    "people",
    "人员",
    "A person",
    properties=(
        id_(),
        text("name", "姓名", "Name", required=True, searchable=True),
        text("title", "职称", "Title"),
        text("orcid", "ORCID 标识", "ORCID identifier"),
    ),
    edges=(
        edge(
            "affiliations",
            "AFFILIATED_WITH",
            "Institution",
            "任职机构",
            "Institutions the person belongs to",
            reverse=("people", "人员", "People who belong to it"),
            properties=(
                text("role", "角色", "Role"),
                native(day("since", "起始", "Since")),
            ),
        ),
        edge(
            "projects",
            "WORKS_ON",
            "Project",
            "项目",
            "Projects the person works on",
            reverse=("people", "人员", "People who work on it"),
            properties=(text("role", "角色", "Role"),),
        ),
    ),
)
