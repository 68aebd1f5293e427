"""协议 | An agreement between institutions."""

from bench.questions.model.stored import native
from graph_store.model.words import choice, day, id_, noun, options, text

STATUS = options(
    "AgreementStatus",
    ("active", "有效", "Active"),
    ("expired", "已到期", "Expired"),
    ("draft", "草案", "Draft"),
)

AGREEMENT = noun(
    "Agreement",
    "agreements",
    "协议",
    "An agreement between institutions",
    properties=(
        id_(),
        text("name", "名称", "Name", required=True, searchable=True),
        native(day("signedOn", "签署日期", "Day of signing")),
        native(day("expiresOn", "到期日期", "Last day in force")),
        choice("status", "状态", "Status", STATUS),
    ),
)
