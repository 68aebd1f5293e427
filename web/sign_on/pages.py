"""What people read when they sign on and off: text in Chinese and English, nothing inline, nothing from another host.

Every value that comes from a request or a file is escaped where it is put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from auth.agencies import Agency
from auth.failures import Failure
from web.headers import page_headers, policy

FILES = "/sign-on"

_FRAME = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · 巴蜀科技云数据枢纽 Bashu Hub</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{files}/page.css">
{style}</head>
<body>
<header><a href="/"><img src="/favicon.svg" alt="" width="32" height="32"><span>巴蜀科技云数据枢纽 <span lang="en">Bashu Hub</span></span></a></header>
<main>
{main}
</main>
{script}</body>
</html>
"""


def page(  # noqa: PLR0913 - the parts of a page, by keyword
    title: str,
    main: str,
    *,
    status: int = 200,
    script: str = "",
    style: str = "",
    forms: str = "'self'",
    headers: dict[str, str] | None = None,
) -> HTMLResponse:
    """A page that no cache keeps; `style` is the address of one more style sheet."""
    tag = f'<script src="{FILES}/{script}"></script>\n' if script else ""
    sheet = f'<link rel="stylesheet" href="{escape(style)}">\n' if style else ""
    html = _FRAME.format(title=escape(title), files=FILES, style=sheet, main=main, script=tag)
    own = {**page_headers(policy(forms=forms)), "Cache-Control": "no-store"}
    return HTMLResponse(html, status, headers=own | (headers or {}))


def two(chinese: str, english: str) -> str:
    """Both languages, escaped."""
    return f'{escape(chinese)} <span lang="en">{escape(english)}</span>'


def agencies_page(
    agencies: Sequence[Agency], *, asked: str = "", place: str = "/", last: str | None = None
) -> HTMLResponse:
    """The agencies to choose from; those shown that fit a search where one was asked, the one chosen last before all."""
    if not agencies:
        return failure_like(
            503,
            ("现在无人可以登录", "Nobody can sign on yet"),
            ("本枢纽尚未配置任何机构的身份提供方。公开的内容无需登录即可查看；管理员可用 BASHU_AGENCIES 配置。",
             "This hub is not told of any agency's provider. What is public can be seen without signing on; the administrator configures agencies by BASHU_AGENCIES."),
        )  # fmt: skip
    fitting = found(agencies, asked)
    rows = "\n".join(
        _row(each, place, is_last=each.key == last, is_shown=each in fitting)
        for each in sorted(agencies, key=lambda each: each.key != last)
    )
    hidden, nobody = ("", " hidden") if fitting else (" hidden", "")
    main = f"""<h1>选择您所在的机构 <span lang="en">Choose your agency</span></h1>
<p class="lead">用本机构的账号登录一次，即可使用川渝两个基地的全部服务。<span lang="en">Sign on once, with your own agency's account, and use both bases.</span></p>
<form action="/auth/agencies" method="get" role="search">
<label for="q">{two("按机构名称查找，或输入单位邮箱", "Find by name, or enter your e-mail address at work")}</label>
<div class="search"><input id="q" name="q" type="search" autocomplete="email" spellcheck="false" maxlength="200" value="{escape(asked)}" autofocus><button>{two("查找", "Find")}</button></div>
<input type="hidden" name="next" value="{escape(place)}">
</form>
<ul class="agencies" id="agencies"{hidden}>
{rows}
</ul>
{_demonstrated(agencies)}<p class="nobody" id="nobody" role="status"{nobody}>{two("没有符合的机构。请换一个名称或邮箱域名，或清空后从全部机构中选择。", "No agency fits. Try another name or e-mail domain, or clear the field to see all.")}</p>"""
    return page("登录", main, script="page.js")


def _demonstrated(agencies: Sequence[Agency]) -> str:
    if not any(each.demonstration for each in agencies):
        return ""
    told = two(
        "标有“演示”的机构由枢纽自带的演示提供方登录：其中的人员均为虚构，任何人都可以扮演。",
        "Agencies marked as a demonstration sign on at the hub's own demonstration provider: their people are made up, and anyone may play them.",
    )
    return f'<p class="demonstrated">{told}</p>\n'


def _row(agency: Agency, place: str, *, is_last: bool, is_shown: bool) -> str:
    link = "/auth/login?" + urlencode({"agency": agency.key, "next": place})
    marks = ""
    if is_last:
        marks += f'<span class="mark last">{two("上次使用", "Last used")}</span>'
    if agency.demonstration:
        marks += f'<span class="mark demo">{two("演示", "Demonstration")}</span>'
    words = " ".join((agency.key, agency.name, agency.name_en, *agency.domains)).lower()
    domains = " ".join(agency.domains)
    hidden = "" if is_shown else " hidden"
    return (
        f'<li{hidden} data-words="{escape(words)}" data-domains="{escape(domains)}"><a href="{escape(link)}">'
        f'<strong>{escape(agency.name)}</strong><span lang="en">{escape(agency.name_en)}</span>{marks}</a></li>'
    )


def found(agencies: Iterable[Agency], asked: str) -> list[Agency]:
    """Those that a search means: by the domain of an e-mail address, else by words in names."""
    text = asked.strip().lower()
    _, is_address, domain = text.rpartition("@")
    if is_address:
        return [each for each in agencies if _is_of(domain, each.domains)]
    return [
        each
        for each in agencies
        if all(
            word in " ".join((each.key, each.name, each.name_en, *each.domains)).lower()
            for word in text.split()
        )
    ]


def _is_of(domain: str, domains: tuple[str, ...]) -> bool:
    return any(domain == each or domain.endswith(f".{each}") for each in domains)


def failure_page(
    failure: Failure, *, agency: str | None, place: str, request_id: str
) -> HTMLResponse:
    """What happened, why, and what to do next."""
    actions: list[tuple[str, str, str]] = []
    if agency is not None:
        again = "/auth/login?" + urlencode({"agency": agency, "next": place})
        actions.append((again, "重新登录", "Sign on again"))
    others = "/auth/agencies?" + urlencode({"next": place})
    actions.append((others, "选择其他机构", "Choose another agency"))
    return failure_like(
        failure.status,
        (failure.title, failure.title_en),
        (failure.text, failure.text_en),
        actions=actions,
        note=f"{failure.code} · {request_id}",
        headers={"Retry-After": "60"} if failure.status == 503 else None,
    )


def failure_like(  # noqa: PLR0913 - the parts of the page
    status: int,
    title: tuple[str, str],
    text: tuple[str, str],
    *,
    actions: Sequence[tuple[str, str, str]] = (),
    note: str = "",
    headers: dict[str, str] | None = None,
) -> HTMLResponse:
    """A page of one message."""
    first, *others = [*actions, ("/", "回到首页", "Home")]
    links = [f'<a class="button" href="{escape(first[0])}">{two(*first[1:])}</a>']
    links += [f'<a href="{escape(link)}">{two(*words)}</a>' for link, *words in others]
    noted = (
        f'<p class="note">{two("编号", "Request id")} <code>{escape(note)}</code></p>'
        if note
        else ""
    )
    main = (
        f'<h1>{escape(title[0])} <span lang="en">{escape(title[1])}</span></h1>\n'
        f'<p class="lead">{escape(text[0])}<span lang="en">{escape(text[1])}</span></p>\n'
        f'<p class="actions">{"".join(links)}</p>\n{noted}'
    )
    return page(title[0], main, status=status, headers=headers)


def sign_off_page(
    name: str | None, *, forms: str, status: int = 200, told: str = ""
) -> HTMLResponse:
    """Asks before signing off: a link alone must sign nobody off."""
    if name is None:
        return failure_like(
            status,
            ("您没有登录", "You are not signed on"),
            ("在这个浏览器里没有打开的会话。", "There is no open session in this browser."),
            actions=[("/auth/login", "登录", "Sign on")],
        )
    main = f"""<h1>退出登录？ <span lang="en">Sign off?</span></h1>
{told}<p class="lead">{escape(name)}，退出后，本枢纽的会话即告结束，并转到本机构的身份提供方一并退出。<span lang="en">Your session in the hub ends, and you are led to your agency's provider to sign off there too.</span></p>
<form action="/auth/logout" method="post" class="actions"><button class="button">{two("退出登录", "Sign off")}</button><a href="/">{two("不退出", "Stay")}</a></form>"""
    return page("退出登录", main, status=status, forms=forms)
