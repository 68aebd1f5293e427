"""The table of a run, each figure beside the bar of the console's design brief."""

from __future__ import annotations

from typing import Any

BARS = {
    "homePaintMs": ("home, cold: largest paint", 2_000),
    "homeUsableMs": ("home, cold: usable", 2_500),
    "routeMs": ("a route with its data, median", 500),
    "routeWorstMs": ("a route with its data, the slowest", None),
    "responseMs": ("a key or a click until the next paint", 200),
    "searchMs": ("a search until its hits stand, without the hub's time", 400),
    "graph100Ms": ("some 100 records drawn, from the address", 1_500),
    "graph100Nodes": ("records that were drawn", None),
    "expand25Ms": ("25 more drawn, from the click, with the hub's time", 400),
    "expandMoved": ("records that moved as they came", 0),
    "relations2000Ms": ("2,000 relations drawn in groups, from the address", None),
    "relations": ("relations that were drawn", None),
    "relations2000TableMs": ("2,000 relations: the table, from the click", 1_500),
    "relations2000PictureMs": ("2,000 relations: the grouped picture, from the click", 1_500),
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
        lines.append(f"| {told} | {found[name]:g} | {'' if most is None else most} | {kept} |")
    sizes = ", ".join(f"{name} {size}" for name, size in budgets.items())
    told = (
        f"Scripts, KB gzip: {sizes}; a build beyond its budgets fails. Medians of five; {figures['minutes']} minutes, "
        f"load average at the end {figures['loadAverage']} on {figures['machine']['cpus']} processors."
    )
    return "\n".join((*lines, "", told))
