"""Generated achievements and datasets of the Chongqing platform, most of them from its projects."""

from collections.abc import Iterator
from random import Random

from demo.facts import institutions as who
from demo.figures import EIGHTHS, RESOURCE_CATEGORIES
from demo.generated import identifiers
from demo.generated.days import day
from demo.records import CHONGQING, Record, Tie, invented
from demo.streams import shares
from demo.words import subjects as words
from demo.world import Employer, World

_KINDS = {"paper": 38, "patent": 30, "software": 12, "standard": 4, "report": 6, "product": 8, "other": 2}  # fmt: skip
_ENDINGS = {
    "paper": "的实验研究",
    "patent": "的方法及装置",
    "software": "软件 V1.0",
    "standard": "技术规范",
    "report": "研究报告",
    "product": "成套设备",
    "other": "技术方案",
}
CATEGORIES = (
    "科学数据", "科技文献", "生物种质资源", "实验动物资源", "标准物质资源", "自然科技资源", "气象观测数据", "地质调查数据", "水文监测数据", "遥感影像数据", "医学影像数据", "工业测试数据", "科技统计数据",
)  # fmt: skip
_HIDDEN = ("public", "network", "agreement", "institution")
_HIDDEN_WEIGHTS = (60, 10, 20, 10)
# the first ones: so that each sample person sees other ones of them at every scale (demo/sample_people.py)
_OF_THE_UNIVERSITY = ("network", "agreement", "agreement", "institution")


def achievements(world: World) -> Iterator[Record]:
    """Every achievement of the figures: four in five came out of a project, and its people made it."""
    chance = world.chance("achievements")
    for index in range(world.figures.achievements):
        own = world.id(CHONGQING, "achievement", index)
        kind = chance.choices(tuple(_KINDS), tuple(_KINDS.values()))[0]
        about = world.some_topics(chance, 2)
        project = world.project(chance)
        lead = world.leaders[world.leads[project]]
        properties = invented(
            own,
            _thing(about[0], chance) + _ENDINGS[kind],
            index,
            kind=kind,
            doi=identifiers.doi("achievement", CHONGQING, index) if kind == "paper" else None,
            publishedOn=day(chance, 2013, 2025),
        )
        ties = [Tie("ABOUT", own, topic) for topic in about]
        ties += _holders(world, own, lead, chance)
        ties += _authors(world, own, lead, chance)
        if chance.random() < 0.8:
            ties.append(Tie("PRODUCED", world.project_id(project), own))
        yield Record("Achievement", properties, tuple(ties))


def datasets(world: World) -> Iterator[Record]:
    """The datasets of the 13 resource categories in turn; their sizes sum to the figures' terabytes exactly."""
    chance = world.chance("datasets")
    count = world.figures.datasets
    sizes = shares(
        world.figures.terabyte_eighths, [chance.paretovariate(1.3) for _ in range(count)], least=1
    )
    for index, size in enumerate(sizes):
        own = world.id(CHONGQING, "dataset", index)
        about = world.some_topics(chance, 2)
        category = CATEGORIES[index % RESOURCE_CATEGORIES]
        project = world.project(chance)
        properties = invented(
            own,
            _thing(about[0], chance) + category,
            index,
            doi=identifiers.doi("dataset", CHONGQING, index),
            cstr=identifiers.cstr("11", CHONGQING, index),
            sizeTb=size / EIGHTHS,
            publishedOn=day(chance, 2015, 2025),
            description=f"{category}，重庆科技资源共享平台资源类别之一。",
        )
        visibility = chance.choices(_HIDDEN, _HIDDEN_WEIGHTS)[0]
        keeper = chance.choice(world.chongqing)
        if index < len(_OF_THE_UNIVERSITY):
            visibility, keeper = _OF_THE_UNIVERSITY[index], who.CHONGQING_UNIVERSITY
        properties["visibility"] = visibility
        ties = [Tie("KEPT_BY", own, keeper)]
        ties += [Tie("ABOUT", own, topic) for topic in about]
        if chance.random() < 0.6:
            ties.append(Tie("PRODUCED", world.project_id(project), own))
        yield Record("Dataset", properties, tuple(ties))


def _thing(topic: str, chance: Random) -> str:
    code = topic.rsplit("-", 1)[1]
    return chance.choice(words.things(code)) + chance.choice(words.ASPECTS)


def _holders(world: World, own: str, lead: Employer, chance: Random) -> Iterator[Tie]:
    yield Tie("HELD_BY", own, lead.id)
    if chance.random() < 0.15:
        yield Tie("HELD_BY", own, chance.choice(world.sichuan))


def _authors(world: World, own: str, lead: Employer, chance: Random) -> Iterator[Tie]:
    drawn = (world.person(lead, chance) for _ in range(chance.randint(1, 4)))
    for person in dict.fromkeys(person for person in drawn if person):
        yield Tie("AUTHORED", person, own)
