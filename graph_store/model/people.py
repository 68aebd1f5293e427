"""人员 | A person: researcher, cadre, expert or volunteer by the roles on their edges, not by subclass."""

from __future__ import annotations

from graph_store.identifiers import ORCID
from graph_store.model.records import record, sources
from graph_store.model.words import INSTITUTION, PUBLIC, choice, day, edge, noun, options, text

AFFILIATION_ROLE = options(
    "AffiliationRole",
    ("employee", "在职人员", "Employed"),
    ("researcher", "科研人员", "Researcher"),
    ("cadre", "干部", "Cadre"),
    ("expert", "专家", "Expert"),
    ("volunteer", "志愿者", "Volunteer"),
    ("student", "学生", "Student"),
    ("on_exchange", "挂职交流", "On exchange for a time"),
    ("visiting", "访问", "Visiting"),
)

SKILL_LEVEL = options(
    "SkillLevel",
    ("familiar", "熟悉", "Familiar"),
    ("skilled", "熟练", "Skilled"),
    ("expert", "专家", "Expert"),
)

WORK_ROLE = options(
    "WorkRole",
    ("leader", "负责人", "Leads"),
    ("key_member", "骨干", "Key member"),
    ("member", "成员", "Member"),
)

PERSON = noun(
    "Person",
    "people",
    "人员",
    "A person who works in science and technology",
    properties=(
        *record(),
        text("orcid", "ORCID", "Open Researcher and Contributor ID", key=True, check=ORCID),
        text("email", "电子邮箱", "E-mail address", level=INSTITUTION),
        text("phone", "电话", "Telephone number", level=INSTITUTION),
        day("endedOn", "停用日期", "Last day the person takes part; empty while they do"),
    ),
    edges=(
        edge(
            "affiliations",
            "AFFILIATED_WITH",
            "Institution",
            "任职机构",
            "Institutions the person is affiliated with",
            reverse=("people", "人员", "People affiliated with it"),
            properties=(
                choice("role", "角色", "In what role", AFFILIATION_ROLE),
                text("title", "职务职称", "Title or position"),
                day("since", "起始日", "First day", sortable=True),
                day("until", "截止日", "Last day", sortable=True),
            ),
        ),
        edge(
            "topics",
            "SKILLED_IN",
            "Topic",
            "专长学科",
            "Topics the person is skilled in",
            reverse=("experts", "专家人员", "People skilled in it"),
            properties=(choice("level", "水平", "How skilled", SKILL_LEVEL),),
        ),
        edge(
            "projects",
            "WORKS_ON",
            "Project",
            "参与项目",
            "Projects the person works on",
            reverse=("people", "项目人员", "People who work on it"),
            properties=(choice("role", "角色", "Part played", WORK_ROLE),),
        ),
        edge(
            "achievements",
            "AUTHORED",
            "Achievement",
            "完成成果",
            "Achievements the person made",
            reverse=("authors", "完成人", "People who made it"),
        ),
        sources("people", "人员", "People read from it"),
    ),
    visible=PUBLIC,
    holder="affiliations",
)
