"""流程运行 | A run of a flow: work done outside a request, linked to the records that it served."""

from __future__ import annotations

from graph_store.model.records import record
from graph_store.model.words import (
    NETWORK,
    Edge,
    choice,
    edge,
    instant,
    integer,
    noun,
    options,
    text,
)

RUN_STATE = options(
    "FlowRunState",
    ("waiting", "待运行", "Somebody asked for it; a worker begins it"),
    ("running", "运行中", "At work"),
    ("completed", "已完成", "Did what it had to"),
    ("failed", "失败", "Ended with an error; it is tried again, or waits for somebody to retry"),
    ("crashed", "中断", "Its process died; reconcile found it"),
)


def _served(name: str, target: str, zh: str, en: str) -> Edge:
    return edge(
        name,
        "SERVED",
        target,
        zh,
        en,
        reverse=("runs", "流程运行", "Runs of flows that served it"),
    )


FLOW_RUN = noun(
    "FlowRun",
    "flowRuns",
    "流程运行",
    "A run of a flow",
    properties=(
        *record(),
        text("flow", "流程", "Name of the flow", required=True, sortable=True),
        choice("state", "状态", "How it went", RUN_STATE, required=True, sortable=True),
        text("runId", "运行标识", "Prefect's id of the run", key=True),
        text("worker", "执行进程", "The worker that does it"),
        integer("attempt", "第几次", "Which attempt it was", required=True),
        instant("startedAt", "开始时间", "When it began", required=True, sortable=True),
        instant("endedAt", "结束时间", "When it ended", sortable=True),
        integer("effects", "处理数", "How many records it changed"),
        text("report", "报告", "What it did, in Chinese"),
        text("reportEn", "英文报告", "What it did, in English"),
        text("failure", "失败原因", "Why it failed, without anybody's data"),
    ),
    edges=(
        _served("exchanges", "CadreExchange", "干部交流", "Exchanges it served"),
        _served("trainingClasses", "TrainingClass", "培训班", "Classes it served"),
        _served("registrations", "Registration", "报名", "Registrations it served"),
        _served("exchangePlans", "ExchangePlan", "交流匹配方案", "Plans of exchanges it computed"),
        _served("tasks", "Task", "待办", "Decisions it served"),
        _served("certificates", "Certificate", "证书", "Certificates it served"),
        _served("notices", "Notice", "通知", "Notices it served"),
        _served("deliveries", "Delivery", "送达", "Deliveries it served"),
        _served("imports", "Import", "导入批次", "Imports that it carried out"),
    ),
    visible=NETWORK,
    clerical=True,
)
