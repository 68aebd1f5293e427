"""The figures as one SVG, readable on light and dark pages, labelled in Chinese and English."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from bench.questions import goals

WIDTH = 1000
ROW = 30
LEFT, RIGHT = 250, 950
OPERATIONS = {
    "q1": "按标识 · by id",
    "q2": "筛选排序 · filtered",
    "q3": "三层嵌套 · three levels",
    "q4": "第 1,000 行后 · after row 1,000",
    "q4b": "第 12,000 行后 · after row 12,000",
    "q5": "按机构合计 · totals per owner",
    "q5b": "按类别合计 · totals per category",
    "q6": "无此标识 · missing id",
    "q7": "10,000 行 · 10,000 rows",
    "q8": "全文检索 · full text",
}
STYLE = """
svg{font-family:'Noto Sans SC','PingFang SC','Microsoft YaHei',system-ui,sans-serif;font-size:13px}
.page{fill:#fff}.ink{fill:#1d2b33}.soft{fill:#54707d}.line{stroke:#c9d6dc}
.hub{fill:#0f7b72}.other{fill:#a3b4bc}.goal{stroke:#b4472d;stroke-width:2}
@media(prefers-color-scheme:dark){.page{fill:#10191d}.ink{fill:#e6eef1}.soft{fill:#9fb3bd}.line{stroke:#33454d}
.hub{fill:#3cc4b6}.other{fill:#5d727c}.goal{stroke:#ff9a7a}}
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """What one row shows: the hub's figure, another's beside it, and where the goal is."""

    label: str
    hub: float | None
    other: float | None = None
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows on one logarithmic axis."""

    title: str
    note: str
    bars: Sequence[Bar]
    ticks: Sequence[float]

    @property
    def height(self) -> int:
        """Of title, note, rows and axis."""
        return 62 + ROW * len(self.bars) + 28

    def x(self, figure: float) -> float:
        """Where a figure stands on the axis; beyond its ends at the end."""
        low, high = self.ticks[0], self.ticks[-1]
        share = math.log(min(max(figure, low), high) / low) / math.log(high / low)
        return LEFT + (RIGHT - LEFT) * share


def drawn(figures: Mapping[str, Any]) -> str:
    """An SVG document."""
    panels = _panels(figures)
    height = sum(panel.height for panel in panels) + 40
    told = "Bashu Hub beside hand-written Cypher and @neo4j/graphql"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{told}">',
        f"<style>{STYLE}</style>",
        f'<rect class="page" width="{WIDTH}" height="{height}" rx="12"/>',
    ]
    top = 20
    for panel in panels:
        parts.append(_panel(panel, top))
        top += panel.height
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panels(figures: Mapping[str, Any]) -> list[Panel]:
    operations, result = figures["operations"], figures["result"]

    def bars(of: Callable[[str, Mapping[str, Any]], Bar]) -> list[Bar]:
        return [of(name, each) for name, each in operations.items() if name in OPERATIONS]

    return [
        Panel(
            "每个请求的 CPU ÷ 手写 Cypher · CPU per request ÷ hand-written Cypher",
            "越短越好；绿：本枢纽，灰：@neo4j/graphql，线：目标 1.25 · shorter is better; green: the hub, grey: @neo4j/graphql, line: goal 1.25",
            bars(
                lambda name, each: Bar(
                    _label(name), each["cpuToRaw"], each["cpuPeerToRaw"], goals.CPU_EACH
                )
            ),
            (0.5, 1, 2, 5, 10, 20),
        ),
        Panel(
            "16 个连接的吞吐量 ÷ @neo4j/graphql · Throughput at 16 connections ÷ @neo4j/graphql",
            "越长越好；线：目标 · longer is better; line: the goal",
            bars(
                lambda name, each: Bar(
                    _label(name),
                    each["throughputToPeer16"],
                    goal=goals.THROUGHPUT_TO_PEER.get(name),
                )
            ),
            (1, 2, 5, 10, 20, 50),
        ),
        Panel(
            "64 个连接的吞吐量 ÷ 手写 · Throughput at 64 connections ÷ hand-written",
            "越长越好；线：目标 · longer is better; line: the goal",
            [
                Bar("按标识 · by id", result["throughputRatioById64"], goal=goals.BY_ID_64),
                Bar("20 行一页 · pages of 20", result["throughputRatioPage64"], goal=goals.PAGE_64),
            ],
            (0.5, 1, 2, 5, 10),
        ),
    ]


def _label(name: str) -> str:
    return f"{name}  {OPERATIONS[name]}"


def _panel(panel: Panel, top: int) -> str:
    bottom = top + 62 + ROW * len(panel.bars)
    parts = [
        _text(30, top + 20, panel.title, "ink", 'font-size="16" font-weight="600"'),
        _text(30, top + 42, panel.note, "soft", 'font-size="11.5"'),
    ]
    for tick in panel.ticks:
        x = panel.x(tick)
        parts.append(f'<path class="line" d="M{x:.1f} {top + 56}V{bottom}"/>')
        parts.append(_text(x, bottom + 16, f"{tick:g}×", "soft", 'text-anchor="middle"'))
    parts += [_bar(panel, bar, top + 60 + ROW * number) for number, bar in enumerate(panel.bars)]
    return "\n".join(parts)


def _bar(panel: Panel, bar: Bar, top: int) -> str:
    parts = [_text(LEFT - 10, top + 17, bar.label, "ink", 'text-anchor="end" font-size="12"')]
    thick = 11 if bar.other is not None else 18
    goal = panel.x(bar.goal) if bar.goal is not None else None
    for number, (figure, kind) in enumerate(((bar.hub, "hub"), (bar.other, "other"))):
        if figure is None:
            continue
        at, end = top + 2 + number * (thick + 1), max(panel.x(figure), LEFT + 1)
        size = f'x="{LEFT}" y="{at}" width="{end - LEFT:.1f}" height="{thick}"'
        parts.append(f'<rect class="{kind}" {size} rx="2"/>')
        if kind == "hub" and goal is not None and end - 4 < goal < end + 40:
            end = goal  # the figure stands beyond the line
        parts.append(
            _text(end + 5, at + thick / 2 + 4, goals.shown(figure), "ink", 'font-size="11"')
        )
    if goal is not None:
        parts.append(f'<path class="goal" d="M{goal:.1f} {top}v{thick + 4}"/>')
    return "\n".join(parts)


def _text(x: float, y: float, text: str, kind: str, more: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" {more}>{escape(text)}</text>'
