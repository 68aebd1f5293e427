"""Generated events: ten lectures of a cancer-awareness week on line, then lectures, contests, seminars and more."""

from collections.abc import Iterator
from random import Random

from demo.facts import divisions, topics
from demo.facts import institutions as who
from demo.generated.days import day, later
from demo.records import CHENGDU, CHONGQING, Properties, Record, Tie, invented
from demo.words import subjects as words
from demo.world import World

_KINDS = ("lecture", "contest", "seminar", "conference", "popular_science", "other")
_KIND_WEIGHTS = (35, 10, 20, 10, 20, 5)
_TITLES = {
    "lecture": "专家讲座",
    "contest": "创新创业大赛",
    "seminar": "学术研讨会",
    "conference": "川渝论坛",
    "popular_science": "科普进校园活动",
    "other": "成果展示会",
}
_HOSTS = (who.SCAST, who.CQAST, who.SICHUAN_MUSEUM, who.CHONGQING_MUSEUM, who.SICHUAN_PROMOTION, who.CHONGQING_PROMOTION)  # fmt: skip
_LECTURES = (
    "肺癌的早筛早诊早治", "远离胃癌：从幽门螺杆菌说起", "肝癌高危人群的自我管理", "乳腺癌：早发现早治疗", "宫颈癌疫苗与筛查",
    "结直肠癌与肠镜检查", "鼻咽癌的放射治疗", "甲状腺结节怎么看", "肿瘤患者的营养支持", "肿瘤心理：与焦虑相处",
)  # fmt: skip
_WEEK_OPENS = "2020-04-15"


def records(world: World) -> Iterator[Record]:
    """The series, then the others up to the figures' number."""
    chance = world.chance("events")
    for number, title in enumerate(_LECTURES):
        yield _lecture(world, number, title)
    for index in range(len(_LECTURES), world.figures.events):
        yield _event(world, index, chance)


def _lecture(world: World, number: int, title: str) -> Record:
    own = world.id(CHONGQING, "event", number)
    held = later(_WEEK_OPENS, number * 7 // len(_LECTURES))
    properties = invented(
        own,
        f"肿瘤防治宣传周线上讲座（{number + 1}/{len(_LECTURES)}）：{title}",
        number,
        kind="lecture",
        startsOn=held,
        endsOn=held,
        place="线上",
        description="全国肿瘤防治宣传周系列专家讲座，线上直播。",
    )
    hosts = (who.CQAST, who.SCAST, who.CANCER_HOSPITAL)
    return Record("Event", properties, tuple(Tie("ORGANISED_BY", own, host) for host in hosts))


def _event(world: World, index: int, chance: Random) -> Record:
    base, places = chance.choice(((CHENGDU, divisions.cities()), (CHONGQING, divisions.counties())))
    code, place = chance.choice([each for each in places if base == CHENGDU or each[0] < "51"])
    own = world.id(base, "event", index)
    hosts = {chance.choice(_HOSTS)}
    if chance.random() < 0.5:
        hosts.add(chance.choice((*world.sichuan, *world.chongqing)))
    ties = [Tie("ORGANISED_BY", own, host) for host in sorted(hosts)]
    ties.append(Tie("HELD_IN", own, divisions.division_id(code)))
    return Record("Event", _properties(own, index, place, chance), tuple(ties))


def _properties(own: str, index: int, place: str, chance: Random) -> Properties:
    kind = chance.choices(_KINDS, _KIND_WEIGHTS)[0]
    thing = chance.choice(words.things(chance.choice(topics.codes())))
    starts = day(chance, 2020, 2026)
    return invented(
        own,
        f"{thing}{_TITLES[kind]}",
        index,
        kind=kind,
        startsOn=starts,
        endsOn=later(starts, chance.randint(0, 3)),
        place=place,
        description=f"以{thing}为主题的{_TITLES[kind]}。",
    )
