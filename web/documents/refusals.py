"""Why a file is not taken or not given: one place for the codes and their sentences in both languages."""

from __future__ import annotations

from graph_store.commands.registering import MOST_MANY
from web.errors import Refusal, WebError

MOST_ROWS = MOST_MANY
MOST_SHEET_ROWS = 10_000
MOST_CHARACTERS = 500

SIGN_ON_FIRST = Refusal(
    401,
    "DOCUMENT_NEEDS_SIGN_ON",
    "This file is for people who are signed on, and it is not known who asks. Sign on at /auth/login, or send a token.",
    "此文件须登录后才能使用，而请求者身份未知。请先在 /auth/login 登录，或发送令牌。",
    headers=((b"www-authenticate", b"Bearer"),),
)
NOT_FOUND = Refusal(
    404,
    "DOCUMENT_NOT_FOUND",
    "There is no such file, or you may not see what it is made of. Check the address; whoever answers for the record can tell you more.",
    "没有这个文件，或您无权查看其内容。请核对地址；也可询问负责该记录的机构。",
)
KIND_UNSUPPORTED = Refusal(
    415,
    "SPREADSHEET_KIND_UNSUPPORTED",
    "Only CSV and XLSX files are read here. Save the spreadsheet as .xlsx, or as CSV in UTF-8, and send it with its content type.",
    "此处只接受 CSV 和 XLSX 文件。请将表格另存为 .xlsx 或 UTF-8 编码的 CSV，并注明内容类型后重新发送。",
)
UNREADABLE = Refusal(
    400,
    "SPREADSHEET_IS_UNREADABLE",
    "The file is damaged, protected by a password, or not what it claims to be. Open it, save it anew without a password, and send it again.",
    "文件已损坏、设有密码，或并非其所称的格式。请打开后不设密码另存，再重新发送。",
)
NOT_TEXT = Refusal(
    400,
    "SPREADSHEET_IS_NOT_TEXT",
    "The CSV file is neither UTF-8 nor GB 18030. Save it as “CSV UTF-8”, and send it again.",
    "CSV 文件既不是 UTF-8 也不是 GB 18030 编码。请另存为“CSV UTF-8”后重新发送。",
)
TOO_LARGE_INSIDE = Refusal(
    413,
    "SPREADSHEET_IS_TOO_LARGE",
    "Unpacked, the workbook is far larger than a list of people needs to be. Copy the rows into a new workbook, and send that.",
    "工作簿解压后远大于一份名单所需。请将各行复制到新工作簿后重新发送。",
)
TOO_MANY_ROWS = Refusal(
    413,
    "SPREADSHEET_HAS_TOO_MANY_ROWS",
    f"At most {MOST_ROWS:,} people are imported at once, within the first {MOST_SHEET_ROWS:,} rows of the sheet. Send several files, and remove rows that are empty.",
    f"一次最多导入 {MOST_ROWS:,} 人，且须位于工作表前 {MOST_SHEET_ROWS:,} 行内。请分成几个文件，并删除空行。",
)
IS_EMPTY = Refusal(
    400,
    "SPREADSHEET_IS_EMPTY",
    "The file has no row below its headings. Fill in one row for each person, and send it again.",
    "文件在标题行以下没有任何内容。请每人填写一行后重新发送。",
)
KEY_IS_MISSING = Refusal(
    400,
    "IDEMPOTENCY_KEY_IS_MISSING",
    "An import needs the header `Idempotency-Key` of 1 to 200 characters: sent again with the same key, it is done once. A dry run does without.",
    "导入须带请求头 Idempotency-Key（1 到 200 个字符）：以同一键重发只执行一次。试运行可不带。",
)


def headings_refused(problem: str, problem_zh: str) -> WebError:
    """A 400 to raise: the first row does not say what stands below."""
    return WebError(
        Refusal(
            400,
            "SPREADSHEET_HEADINGS_UNKNOWN",
            f"The headings in the first row do not fit: {problem}. Take the template of the class, and keep its first row.",
            f"首行标题不符：{problem_zh}。请使用该培训班的模板，并保留其首行。",
        )
    )
