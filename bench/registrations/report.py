"""The figures as a table for people."""

from __future__ import annotations

from typing import Any


def table(figures: dict[str, Any]) -> str:
    """Markdown: the books of both runs, the rates by round."""
    killed, calm, result = figures["result"], figures["calmBooks"], figures["result"]
    lines = ["| books | workers killed | calm |", "|---|---|---|"]
    lines.append(f"| requests | {figures['requests']} | {figures['calmRequests']} |")
    lines += [f"| {name} | {killed[name]} | {calm[name]} |" for name in calm]
    lines += [
        "",
        "| round | floor/s | registrations/s | ratio | CPU ms: floor | registration | ratio |",
        "|---|---|---|---|---|---|---|",
    ]
    for number, each in enumerate(figures["rounds"], 1):
        bare, rate, floor_cpu, cpu = each.values()
        lines.append(
            f"| {number} | {bare:.0f} | {rate:.0f} | {rate / bare:.2f} | {floor_cpu:.2f} | {cpu:.2f} | {floor_cpu / cpu:.2f} |"
        )
    lines += [
        "",
        (
            f"Median of the rounds **{result['ratioToFloor']}** (goal ≥ 3), by CPU {figures['cpuRatioToFloor']}; an API worker and the flow worker were killed"
            f" {figures['kills']} times, {figures['sentAgain']} requests were sent again; {figures['minutes']} minutes,"
            f" load average at the end {figures['loadAverage']} on {figures['machine']['cpus']} processors."
        ),
    ]
    return "\n".join(lines)
