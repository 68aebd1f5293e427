"""项目 | A project of one or several institutions."""

from bench.questions.model.stored import native
from graph_store.model.words import amount, day, id_, noun, text

PROJECT = noun(
    "Project",
    "projects",
    "项目",
    "A project",
    properties=(
        id_(),
        text("name", "名称", "Name", required=True, searchable=True),
        native(day("startedOn", "开始日期", "First day")),
        amount("budgetCny", "预算", "Budget", unit="CNY"),
    ),
)
