"""One platform, two bases, and the platforms and clouds which they join (`domain.md`, rows 4 to 6 and 11)."""

from collections.abc import Iterator

from demo.facts.institutions import CHONGQING_BUREAU, SCAST, SICHUAN_DEPARTMENT
from demo.facts.sources import ORIGIN, from_source
from demo.records import Record, Tie, fact

HUB = "cd-platform-hub"
CHENGDU_BASE, CHONGQING_BASE = "cd-platform-base", "cq-platform-base"
SICHUAN_INSTRUMENTS, CHONGQING_RESOURCES = "cd-platform-instruments", "cq-platform-resources"
TIANFU_CLOUD, CHONGQING_CLOUD = "cd-platform-tianfu-cloud", "cq-platform-service-cloud"

# id, zh, en, kind, aliases, what it is part of, who runs it where the origin says so
_PLATFORMS: tuple[tuple[str, str, str, str, list[str], str | None, str | None], ...] = (
    (HUB, "巴蜀科技云服务平台", "Bashu Science and Technology Cloud", "hub", ["川渝科技资源共享服务平台", "Bashu Hub"], None, None),
    (CHENGDU_BASE, "巴蜀科技云服务平台成都基地", "Chengdu base", "base", ["成都基地"], HUB, SICHUAN_DEPARTMENT),
    (CHONGQING_BASE, "巴蜀科技云服务平台重庆基地", "Chongqing base", "base", ["重庆基地"], HUB, CHONGQING_BUREAU),
    (SICHUAN_INSTRUMENTS, "四川省大型科学仪器共享平台", "Sichuan platform for sharing large instruments", "resource_platform", [], CHENGDU_BASE, None),
    (CHONGQING_RESOURCES, "重庆科技资源共享平台", "Chongqing platform for sharing science resources", "resource_platform", [], CHONGQING_BASE, None),
    (TIANFU_CLOUD, "天府科技云", "Tianfu Science and Technology Cloud", "service_cloud", ["天府科技云服务平台"], HUB, SCAST),
    (CHONGQING_CLOUD, "重庆科技服务云（易智网）", "Chongqing science service cloud (Yizhi)", "service_cloud", ["易智网"], HUB, None),
)  # fmt: skip


def records() -> Iterator[Record]:
    """Each after the one it is part of."""
    for own, name, english, kind, aliases, parent, operator in _PLATFORMS:
        ties = [from_source(own, ORIGIN)]
        if parent:
            ties.append(Tie("PART_OF", own, parent))
        if operator:
            ties.append(Tie("RUN_BY", own, operator))
        yield Record(
            "Platform", fact(own, name, nameEn=english, kind=kind, aliases=aliases), tuple(ties)
        )
