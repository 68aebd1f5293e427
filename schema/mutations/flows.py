"""流程 | Mutations on flows: an administrator of the platform runs one now, or has a run that failed tried again."""

from __future__ import annotations

from typing import Any

from graph_store.commands.flow_runs import RETRY_FLOW_RUN, RUN_FLOW, Again, Wanted
from schema.mutations.fields import mutation
from schema.mutations.inputs import ID, Given

NAME = Given(str, "流程名称", "The flow's name, as `flows` lists it", required=True)


def _wanted(given: Any) -> Wanted:
    return Wanted(given.flow)


def _again(given: Any) -> Again:
    return Again(given.id)


FLOW_RUNS = (
    mutation(
        RUN_FLOW,
        "FlowRun",
        "FlowRequested",
        "立即运行流程，须为平台管理员 | Run a flow now; for administrators of the platform",
        fields={"flow": NAME},
        to_command=_wanted,
    ),
    mutation(
        RETRY_FLOW_RUN,
        "FlowRun",
        "FlowRetryRequested",
        "重试失败或中断的流程运行，须为平台管理员 | Have a run that failed or crashed tried again; for administrators of the platform",
        fields={"id": ID},
        to_command=_again,
    ),
)
