"""机构 | An organisation that takes part: an agency, university, institute, enterprise, museum and so on."""

from __future__ import annotations

from graph_store.identifiers import ROR, USCC
from graph_store.model.records import record, sources
from graph_store.model.words import PUBLIC, choice, day, edge, integer, noun, options, text

INSTITUTION_KIND = options(
    "InstitutionKind",
    ("science_association", "科协", "Association for science and technology"),
    ("government", "政府部门", "Government body"),
    ("university", "高等院校", "University or college"),
    ("institute", "科研院所", "Research institute or facility"),
    ("enterprise", "企业", "Enterprise"),
    ("hospital", "医院", "Hospital"),
    ("museum", "科技馆/博物馆", "Museum"),
    ("press", "报社/出版", "Press"),
    ("society", "学会/促进会", "Learned society or promotion association"),
    ("nonprofit", "非营利组织", "Non-profit organisation"),
    ("funder", "资助机构", "Funder"),
    ("archive", "档案/图书馆", "Archive or library"),
    ("service_centre", "服务中心", "Service centre"),
    ("party_school", "党校", "Party school"),
    ("other", "其他", "Other"),
)

INSTITUTION_STATUS = options(
    "InstitutionStatus",
    ("active", "正常", "Active"),
    ("inactive", "停用", "No longer active"),
    ("withdrawn", "撤销", "Record withdrawn by its registry"),
)

PARTY_ROLE = options(
    "PartyRole",
    ("lead", "牵头方", "Leads"),
    ("party", "签约方", "Signs"),
    ("supporter", "支持方", "Supports"),
)

AGREEMENT_ACT = options(
    "AgreementAct",
    ("sign", "签署", "Sign it"),
    ("suspend", "中止", "Suspend it"),
    ("resume", "恢复", "Resume it"),
    ("end", "终止", "End it"),
)

PARTICIPATION_ROLE = options(
    "ParticipationRole",
    ("lead", "牵头单位", "Leads the project"),
    ("partner", "参与单位", "Takes part"),
    ("funder", "资助单位", "Pays for it"),
)

INSTITUTION = noun(
    "Institution",
    "institutions",
    "机构",
    "An organisation that takes part in sharing, exchange or research",
    properties=(
        *record(),
        choice(
            "kind",
            "机构类型",
            "Kind of organisation",
            INSTITUTION_KIND,
            required=True,
            sortable=True,
        ),
        choice("status", "状态", "Whether it is active", INSTITUTION_STATUS, required=True),
        text(
            "uscc",
            "统一社会信用代码",
            "Unified social credit code (GB 32100-2015)",
            key=True,
            check=USCC,
        ),
        text("ror", "ROR 标识", "Research Organization Registry identifier", key=True, check=ROR),
        text("country", "国家代码", "Country, ISO 3166-1 alpha-2"),
        text("city", "所在城市", "City as its source writes it"),
        text("website", "网址", "Address of its website"),
        integer("establishedYear", "成立年份", "Year it was founded", sortable=True),
    ),
    edges=(
        edge(
            "division",
            "LOCATED_IN",
            "Division",
            "所在区划",
            "The division it is located in",
            one=True,
            reverse=("institutions", "机构", "Institutions located directly in it"),
        ),
        edge(
            "parents",
            "PART_OF",
            "Institution",
            "上级机构",
            "Institutions it is part of",
            reverse=("units", "下属机构", "Institutions that are part of it"),
            properties=(day("since", "起始日", "First day"), day("until", "截止日", "Last day")),
        ),
        edge(
            "predecessors",
            "SUCCEEDS",
            "Institution",
            "前身机构",
            "Institutions whose work it took over",
            reverse=("successors", "后继机构", "Institutions that took over its work"),
        ),
        edge(
            "related",
            "RELATED_TO",
            "Institution",
            "关联机构",
            "Institutions related in another way",
        ),
        edge(
            "platforms",
            "MEMBER_OF",
            "Platform",
            "加入的平台",
            "Platforms it is a member of",
            reverse=("members", "成员机构", "Institutions that are members"),
        ),
        edge(
            "projects",
            "PARTICIPATES_IN",
            "Project",
            "参与项目",
            "Projects it takes part in",
            reverse=("institutions", "参与机构", "Institutions that take part"),
            properties=(choice("role", "角色", "Part it plays", PARTICIPATION_ROLE),),
        ),
        edge(
            "agreements",
            "PARTY_TO",
            "Agreement",
            "签署协议",
            "Agreements it is a party to",
            reverse=("parties", "签约机构", "Institutions that are parties"),
            properties=(
                choice("role", "角色", "Part it plays", PARTY_ROLE),
                text("signedBy", "签署人", "Who signed for it"),
                choice(
                    "consentTo",
                    "同意事项",
                    "What its administrator consented to last",
                    AGREEMENT_ACT,
                ),
                day("consentOn", "同意日期", "Day of that consent"),
                text("consentBy", "同意人", "Id of the person who consented for it"),
            ),
        ),
        sources("institutions", "机构", "Institutions read from it"),
    ),
    visible=PUBLIC,
    holder="id",
)
