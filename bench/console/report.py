"""The table of a run, each figure beside the bar of the console's design brief."""

from __future__ import annotations

from typing import Any

BARS = {
    "homePaintMs": ("home, cold: largest paint", 2_000),
    "homeUsableMs": ("home, cold: usable", 2_500),
    "routeMs": ("a route with its data, median", 500),
    "routeWorstMs": ("a route with its data, the slowest", None),
    "responseMs": ("a key or a click until the next paint", 200),
    "graph200Ms": ("some 175 records drawn, from the address", 3_000),
    "graphNodes": ("records that were drawn", None),
    "panFrameMs": ("a frame while they are moved", 33),
    "inbox5000Ms": ("inbox of 5,000: usable", None),
    "inboxRows": ("inbox of 5,000: rows in the page", 60),
    "inboxLongestTaskMs": ("inbox of 5,000: longest task", 200),
}
"""By name: what it is, and the most that it may be."""


def table(figures: dict[str, Any]) -> str:
    """Markdown."""
    found, budgets = figures["found"], figures["budgetsKb"]
    lines = ["| in the browser | found | bar | kept |", "|---|---|---|---|"]
    for name, (told, most) in BARS.items():
        kept = "" if most is None else ("yes" if found[name] <= most else "**no**")
        lines.append(f"| {told} | {found[name]:g} | {most or ''} | {kept} |")
    sizes = ", ".join(f"{name} {size}" for name, size in budgets.items())
    told = (
        f"Scripts, KB gzip: {sizes}; a build beyond its budgets fails. Medians of five; {figures['minutes']} minutes, "
        f"load average at the end {figures['loadAverage']} on {figures['machine']['cpus']} processors."
    )
    return "\n".join((*lines, "", told))
