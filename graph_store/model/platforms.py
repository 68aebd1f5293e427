"""平台/基地 | A platform or base through which resources are shared."""

from __future__ import annotations

from graph_store.model.records import reference, sources
from graph_store.model.words import choice, edge, noun, options, text

PLATFORM_KIND = options(
    "PlatformKind",
    ("hub", "枢纽", "The joint hub"),
    ("base", "基地", "One of its bases"),
    ("resource_platform", "资源共享平台", "Platform for instruments and data"),
    ("service_cloud", "科技服务云", "Cloud of science and technology services"),
)

PLATFORM = noun(
    "Platform",
    "platforms",
    "平台",
    "A platform or base through which resources are shared",
    properties=(
        *reference(),
        choice("kind", "类型", "Kind of platform", PLATFORM_KIND, required=True),
        text("website", "网址", "Address of its website"),
    ),
    edges=(
        edge(
            "parent",
            "PART_OF",
            "Platform",
            "上级平台",
            "The platform it is part of",
            one=True,
            reverse=("bases", "下属基地", "Its parts"),
        ),
        edge(
            "operator",
            "RUN_BY",
            "Institution",
            "运营机构",
            "The institution that runs it",
            one=True,
            reverse=("runs", "运营平台", "Platforms it runs"),
        ),
        sources("platforms", "平台", "Platforms read from it"),
    ),
)
