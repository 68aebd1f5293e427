"""The figures as a table for people."""

from __future__ import annotations

from typing import Any


def table(figures: dict[str, Any]) -> str:
    """Markdown: the books of both runs, the rates by round."""
    killed, calm = figures["result"], figures["calmBooks"]
    lines = ["| books | workers killed | calm |", "|---|---|---|"]
    lines += [f"| {name} | {killed[name]} | {calm[name]} |" for name in calm]
    lines += ["", "| round | floor/s | registrations/s | ratio |", "|---|---|---|---|"]
    pairs = zip(figures["floors"], figures["rates"], strict=True)
    lines += [
        f"| {number} | {bare:.0f} | {rate:.0f} | {rate / bare:.2f} |"
        for number, (bare, rate) in enumerate(pairs, 1)
    ]
    return "\n".join(lines)
