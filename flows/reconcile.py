"""核对 | Finds and repairs whatever a crash left behind, and says in both languages what it found."""

from __future__ import annotations

from datetime import timedelta

from flows.desk import at_desk, current
from flows.engine import PrefectIsAway, hub_flow
from flows.recording import recorded
from flows.repairs import repair
from flows.reports import Report
from graph_store.commands.deliveries import DOUBTFUL, EMAIL, SENDING, SETTLE_DELIVERY, Settled
from graph_store.commands.facts import Written
from graph_store.commands.flow_runs import CRASHED, END_RUN, Ended
from graph_store.commands.import_runs import BURY_IMPORT, Silent
from graph_store.commands.rows import instant_text
from graph_store.flow_leftovers import KnownRun, at_work, deliveries, silent_imports

LATE = timedelta(minutes=10)
UNNAMED = timedelta(minutes=5)
SILENCE = timedelta(minutes=5)
"""No portion of an import takes so long."""


@hub_flow
async def reconcile() -> Report:
    """Everything that is found is repaired here, or named for a person to look at."""
    report = Report()
    await bury_the_dead(report)
    await doubt_what_nobody_sends(report)
    await bury_imports(report)
    await repair(report)
    await look_at_the_outbox(report)
    async with recorded(report.served, always=report.said) as told:
        told.take(report)
    return told


async def bury_the_dead(report: Report) -> None:
    """Runs, rows and Prefect runs of workers that show no life."""
    desk = at_desk()
    standing = await desk.plans.look()
    alive = {each.id for each in standing.workers if each.lives(desk.now, desk.lease)}
    alive.add(desk.worker)
    for run in await at_work(desk.run):
        if run.worker not in alive:
            await bury(run, report)
    for worker in {each.id for each in standing.workers} - alive:
        released = await desk.outbox.release(worker, desk.now)
        report.note(
            f"执行进程 {worker} 已中断，放回 {released} 项待办",
            f"worker {worker} died; {released} rows of the outbox are due again",
        )
        await desk.plans.gone(worker)
    await _bury_in_prefect(frozenset(alive), report)


async def bury(run: KnownRun, report: Report) -> None:
    """A run whose worker died is crashed."""
    ended = Ended(
        run.id, CRASHED, failure="WorkerDied", report="执行进程中断。", report_en="The worker died."
    )
    outcome = await at_desk().do(END_RUN, f"crashed/{run.id}/{run.attempt}", ended)
    if isinstance(outcome, Written):
        report.did(
            f"流程 {run.flow} 的一次运行已标为中断", f"a run of {run.flow} is marked as crashed"
        )


async def _bury_in_prefect(alive: frozenset[str], report: Report) -> None:
    desk = at_desk()
    if desk.undertaker is None:
        return
    try:
        buried = await desk.undertaker.bury(alive, desk.now - max(desk.lease, UNNAMED))
    except PrefectIsAway:
        report.note(
            "Prefect 未应答，其运行稍后再核对",
            "Prefect does not answer; its runs are left for later",
        )
        return
    if buried:
        report.did(
            f"Prefect 中 {buried} 次运行已标为中断",
            f"{buried} runs in Prefect are marked as crashed",
            effects=buried,
        )


async def doubt_what_nobody_sends(report: Report) -> None:
    """E-mails that somebody began to send and never settled are doubtful; every doubtful one is named."""
    desk = at_desk()
    before = instant_text(desk.now - max(desk.lease * 2, timedelta(seconds=1)))
    for each in await deliveries(desk.run, SENDING, before):
        if each.channel == EMAIL:
            settled = Settled(each.id, DOUBTFUL, "SenderDied")
            await desk.do(SETTLE_DELIVERY, f"doubt/{each.id}/{each.version}", settled)
            report.did(
                f"邮件 {each.id} 标为存疑", f"e-mail {each.id} is marked as doubtful", each.id
            )
    for each in await deliveries(desk.run, DOUBTFUL, instant_text(desk.now)):
        report.note(
            f"邮件 {each.id} 自 {each.at} 起存疑，未重发",
            f"e-mail {each.id} has been doubtful since {each.at} and was not sent again",
        )


async def bury_imports(report: Report) -> None:
    """Imports whose process died: each portion is a sign of life."""
    desk = at_desk()
    for id_, version, name in await silent_imports(desk.run, instant_text(desk.now - SILENCE)):
        outcome = await desk.do(BURY_IMPORT, f"bury/{id_}/{version}", Silent(id_, version))
        if isinstance(outcome, Written):
            report.did(f"导入 {name} 已标为中断", f"the import of {name} is marked as died")


async def look_at_the_outbox(report: Report) -> None:
    """What waits too long, and what was given up."""
    desk = at_desk()
    standing = await desk.outbox.standing(desk.now - LATE)
    if standing.late:
        report.note(
            f"{standing.late} 项待办已等待十分钟以上",
            f"{standing.late} rows of the outbox have waited ten minutes or more",
        )
    if standing.failed:
        report.note(
            f"{standing.failed} 项待办多次失败，请在流程运行中重试",
            f"{standing.failed} rows of the outbox were given up; retry their runs",
        )


async def reconcile_now() -> Report:
    """The same without Prefect, for the command line; the desk and the run are around."""
    await reconcile.fn()
    report = current().report
    assert report is not None
    return report
