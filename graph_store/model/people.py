"""人员 | A person: researcher, cadre, expert or volunteer by the roles on their edges, not by subclass."""

from __future__ import annotations

from graph_store.identifiers import ORCID
from graph_store.model.records import record, sources
from graph_store.model.words import (
    INSTITUTION,
    NETWORK,
    PUBLIC,
    Mask,
    choice,
    day,
    edge,
    noun,
    options,
    text,
)
from graph_store.rights import Role

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

ROLE = options(
    "Role",
    (Role.MEMBER.value, "成员", "Belongs to the institution"),
    (
        Role.INSTITUTION_ADMIN.value,
        "机构管理员",
        "Administers the institution's records, people and agreements",
    ),
    (Role.APPROVER.value, "审批人", "Decides on exchanges and registrations for the institution"),
    (Role.PLATFORM_ADMIN.value, "平台管理员", "Administers the hub"),
    (Role.SERVICE.value, "服务程序", "A program that acts for the institution"),
    (Role.AUDITOR.value, "审计员", "Reads the audit log"),
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
        text("email", "电子邮箱", "E-mail address", level=INSTITUTION, mask=Mask.EMAIL),
        text("phone", "电话", "Telephone number", level=INSTITUTION, mask=Mask.PHONE),
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
            "roles",
            "HOLDS",
            "Institution",
            "平台角色",
            "Institutions at which the person holds a role in the hub",
            reverse=("roleHolders", "角色持有人", "People who hold a role in the hub at it"),
            properties=(
                choice("role", "角色", "Which role", ROLE, required=True),
                day("since", "起始日", "First day", sortable=True),
                day("until", "截止日", "Last day", sortable=True),
                text(
                    "grantedBy",
                    "授予者",
                    "Id of whoever gave it: a person, an agency's provider, or the hub",
                ),
            ),
            level=NETWORK,
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
    subject="id",
)
