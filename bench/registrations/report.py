"""The figures as a table for people."""

from __future__ import annotations

from typing import Any


def table(figures: dict[str, Any]) -> str:
    """Markdown: the books of both runs, the rates by round."""
    killed, calm, result = figures["result"], figures["calmBooks"], figures["result"]
    lines = ["| books | workers killed | calm |", "|---|---|---|"]
    lines.append(f"| requests | {figures['requests']} | {figures['calmRequests']} |")
    lines += [f"| {name} | {killed[name]} | {calm[name]} |" for name in calm]
    lines += ["", "| round | floor/s | registrations/s | ratio |", "|---|---|---|---|"]
    pairs = zip(figures["floors"], figures["rates"], strict=True)
    lines += [
        f"| {number} | {bare:.0f} | {rate:.0f} | {rate / bare:.2f} |"
        for number, (bare, rate) in enumerate(pairs, 1)
    ]
    lines += [
        "",
        (
            f"Median of the rounds **{result['ratioToFloor']}** (goal ≥ 3); an API worker and the flow worker were killed"
            f" {figures['kills']} times, {figures['sentAgain']} requests were sent again; {figures['minutes']} minutes,"
            f" load average at the end {figures['loadAverage']} on {figures['machine']['cpus']} processors."
        ),
    ]
    return "\n".join(lines)
