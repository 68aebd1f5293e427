"""The guides as pages with pictures of the console: `make guides` takes the pictures, then runs this.

python docs/pages.py .data/screenshots .data/guides
"""

from __future__ import annotations

import re
import shutil
import sys
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt

GUIDES = Path(__file__).parent / "guides"
PICTURE = re.compile(r"^<!-- picture: ([^|>]+?) \| ([^|>]+?) \| ([^|>]+?) -->$", re.MULTILINE)
"""In a guide, on a line of its own: a page of `console/browser/pages.ts`, what is to be seen in Chinese and in English."""
LOOKS = ("zh-CN light 1280", "en light 1280")
_LINK = re.compile(r'href="(?:\.\./)?([\w-]+)\.md(?=["#])')
_PAGE = """\
<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{style}</style><nav>{links}</nav><main>{text}</main></html>
"""
_STYLE = """\
body{font:16px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;margin:0 auto;max-width:72rem;padding:1rem;color:#1f2933}
nav a{margin-right:1rem}a{color:#155e75}table{border-collapse:collapse}td,th{border:1px solid #7c8796;padding:.3rem .6rem;text-align:left}
pre{overflow:auto;background:#f3f5f7;padding:.8rem}figure{margin:1rem 0}figcaption,summary{color:#5f6b7a}
figure img{width:100%;max-height:46rem;object-fit:cover;object-position:top;border:1px solid #7c8796}
"""


def picture_file(page: str, look: str) -> str:
    """The name under which `make screenshots` keeps a page in a look."""
    return f"{page} {look}.png".replace(" ", "-")


def build(guides: Path, pictures: Path, folder: Path) -> list[Path]:
    """A page for each guide, and the pictures that they show beside them.

    Raises FileNotFoundError for a picture that was not taken.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    sources = [*sorted(guides.glob("*.md")), *sorted(guides.parent.glob("*.md"))]
    links = "".join(f'<a href="{each.stem}.html">{escape(_title(each))}</a>' for each in sources)
    return [_built(each, links, pictures, folder) for each in sources]


def _built(source: Path, links: str, pictures: Path, folder: Path) -> Path:
    text = source.read_text(encoding="utf-8")
    for page, *_ in PICTURE.findall(text):
        for look in LOOKS:
            shutil.copy(pictures / picture_file(page, look), folder)
    marked = PICTURE.sub(lambda found: _figure(*found.groups()), text)
    shown = MarkdownIt("commonmark").enable("table").render(marked)
    page = folder / f"{source.stem}.html"
    page.write_text(
        _PAGE.format(
            title=escape(_title(source)),
            style=_STYLE,
            links=links,
            text=_LINK.sub(r'href="\1.html', shown),
        ),
        encoding="utf-8",
    )
    return page


def _figure(page: str, chinese: str, english: str) -> str:
    """As wide as the text, so that its letters are read; whole behind a click; the other language folded below."""
    first, second = (
        f'<a href="{file}"><img src="{file}" alt="{escape(told)}"></a>'
        for file, told in zip(
            (picture_file(page, look) for look in LOOKS), (chinese, english), strict=True
        )
    )
    caption = f"<figcaption>{escape(chinese)} · {escape(english)}</figcaption>"
    return (
        f"<figure>{first}{caption}<details><summary>In English</summary>{second}</details></figure>"
    )


def _title(source: Path) -> str:
    return source.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")


if __name__ == "__main__":
    taken, wanted = map(Path, sys.argv[1:])
    try:
        print(
            f"{len(build(GUIDES, taken, wanted))} guides in {wanted}; begin with researcher.html or administrator.html"
        )
    except FileNotFoundError as error:
        sys.exit(f"There is no picture {error.filename}; take them with: make screenshots")
