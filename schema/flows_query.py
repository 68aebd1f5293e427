"""`flows`: which flows the hub has, when each runs, how the last run went, and whether anybody is at work."""

from __future__ import annotations

import strawberry

from graph_store.flow_names import ZONE
from resolvers.context import Context
from resolvers.flows import FlowSeen, FlowsSeen

Info = strawberry.Info[Context, None]


@strawberry.type(name="Flow", description="一个流程 | A flow")
class FlowType:
    """A flow and its plan."""

    name: str = strawberry.field(
        description="名称，runFlow 用此名称 | Its name, by which runFlow runs it"
    )
    about: str = strawberry.field(description="用途 | What it does, in Chinese")
    about_en: str = strawberry.field(description="用途（英文） | What it does, in English")
    schedule: str | None = strawberry.field(
        description=f"运行计划，cron 格式，时区 {ZONE}；随业务触发者为空 | When it runs, as cron in {ZONE}; null for what follows"
        " commands only"
    )
    next_at: str | None = strawberry.field(
        description="下次运行时间，UTC | When it runs next, an instant in UTC"
    )
    last_at: str | None = strawberry.field(
        description="上次运行时间，UTC | When its last run ended, an instant in UTC"
    )
    last_failed: bool | None = strawberry.field(
        description="上次运行是否失败，未运行过时为空 | Whether its last run failed; null where there was none"
    )
    is_paused: bool = strawberry.field(
        description="计划是否已暂停 | Whether its schedule is paused"
    )


@strawberry.type(name="Flows", description="流程总览 | How flows stand")
class FlowsType:
    """All flows and those who run them."""

    flows: list[FlowType] = strawberry.field(description="全部流程 | All flows")
    workers: int = strawberry.field(
        description="在线执行进程数，为零时流程不运行，待办保留 | Workers that are alive; with none nothing runs and nothing is lost"
    )
    due: int = strawberry.field(
        description="等待执行的后续事项数 | Rows of the outbox that wait to be done"
    )
    first_due_at: str | None = strawberry.field(
        description="最早一项应执行的时间，UTC，早于现在者已积压 | When the first of them is due, an instant in UTC: before now, it is late"
    )
    given_up: int = strawberry.field(
        description="多次失败后搁置的事项数，重试其流程运行即可恢复 | Rows given up after too many failures; retrying their run revives them"
    )


async def flows(info: Info) -> FlowsType | None:
    """How flows stand, for administrators and auditors."""
    seen = await info.context.flows(info.context.viewer)
    return None if seen is None else _shown(seen)


def _shown(seen: FlowsSeen) -> FlowsType:
    return FlowsType(
        flows=[_flow(each) for each in seen.flows],
        workers=seen.workers,
        due=seen.due,
        first_due_at=seen.first_due_at,
        given_up=seen.failed,
    )


def _flow(seen: FlowSeen) -> FlowType:
    plan = seen.plan
    return FlowType(
        name=seen.name,
        about=seen.told.zh,
        about_en=seen.told.en,
        schedule=seen.told.cron,
        next_at=plan.next_at if plan else None,
        last_at=plan.last_at if plan else None,
        last_failed=plan.last_state == "failed" if plan and plan.last_state else None,
        is_paused=plan.is_paused if plan else False,
    )


FLOWS = strawberry.field(
    flows,
    description="流程及其运行情况，仅管理员与审计员可见，否则为空"
    " | Flows and how they stand; null for whoever is neither an administrator nor an auditor",
)
