"""机构 | A university, academy, hospital or company."""

from bench.questions.model.stored import native
from graph_store.model.words import choice, edge, id_, instant, noun, options, text

KIND = options(
    "InstitutionKind",
    ("university", "大学", "University"),
    ("research_institute", "科研院所", "Research institute"),
    ("college", "职业学院", "College"),
    ("hospital", "医院", "Hospital"),
    ("government", "政府机构", "Government"),
    ("company", "企业", "Company"),
)

INSTITUTION = noun(
    "Institution",
    "institutions",
    "机构",
    "An institution",
    properties=(
        id_(),
        text("name", "名称", "Name", required=True, searchable=True),
        text("nameEn", "英文名称", "Name in English"),
        choice("kind", "类型", "Kind", KIND, required=True),
        text("ror", "ROR 标识", "ROR identifier"),
        native(instant("createdAt", "创建时刻", "When it was recorded", required=True)),
    ),
    edges=(
        edge(
            "projects",
            "PARTICIPATES_IN",
            "Project",
            "参与项目",
            "Projects it takes part in",
            reverse=("institutions", "参与机构", "Institutions that take part"),
            properties=(text("role", "角色", "Role"),),
        ),
        edge(
            "agreements",
            "PARTY_TO",
            "Agreement",
            "协议",
            "Agreements it is party to",
            reverse=("parties", "缔约方", "Parties"),
        ),
    ),
)
