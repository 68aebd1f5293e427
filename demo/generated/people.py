"""Generated people: Chongqing's, Sichuan's expert team, and the cadres of Sichuan's agencies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from demo.generated import exchanges, identifiers
from demo.generated.cast import cast
from demo.generated.days import day, later
from demo.generated.names import Name, drawn, name_in_cast
from demo.records import CHENGDU, CHONGQING, Properties, Record, Tie, invented
from demo.sample_people import samples
from demo.world import Employer, World

_TITLES = {
    "researcher": ("教授", "副教授", "研究员", "副研究员", "助理研究员", "讲师", "实验师", "主任医师"),
    "employee": ("工程师", "高级工程师", "技术员", "项目经理", "产品经理", "质量工程师", "研发主管"),
    "cadre": ("处长", "副处长", "科长", "副科长", "一级主任科员", "二级主任科员", "四级调研员", "部长"),
    "expert": ("教授", "研究员", "正高级工程师", "高级实验师", "首席专家"),
    "student": ("博士研究生", "硕士研究生", "博士后"),
    "volunteer": ("科普志愿者",),
    "on_exchange": ("挂职副处长", "挂职干部"),
    "visiting": ("访问学者", "客座研究员"),
}  # fmt: skip
_AT_INSTITUTES = ("researcher", "employee", "student", "expert")
_AT_INSTITUTES_WEIGHTS = (62, 20, 13, 5)
_SKILLS = ("familiar", "skilled", "expert")


@dataclass(frozen=True, slots=True)
class _Post:
    """One person's place: id, number within the base, main employer and role there."""

    id: str
    index: int
    employer: Employer
    role: str


@dataclass(frozen=True, slots=True)
class _Abroad:
    """The other side's employers."""

    agencies: list[Employer]
    everywhere: list[Employer]

    @classmethod
    def of(cls, world: World, base: str) -> _Abroad:
        everywhere = [each for each in world.employers if each.base == base]
        return cls([each for each in everywhere if each.agency], everywhere)


def records(world: World) -> Iterator[Record]:
    """Everybody, employer by employer; those of one base are numbered through."""
    streams = {base: world.chance(f"people/{base}") for base in (CHONGQING, CHENGDU)}
    firms = frozenset(world.enterprises)
    abroad = {
        CHONGQING: _Abroad.of(world, CHENGDU),
        CHENGDU: _Abroad.of(world, CHONGQING),
    }
    known, named, sent = samples(world), cast(world), exchanges.affiliations(world)
    for employer in world.employers:
        chance = streams[employer.base]
        for index in employer.staff:
            role = _role(employer, chance, is_firm=employer.id in firms)
            post = _Post(world.id(employer.base, "person", index), index, employer, role)
            ties = tuple(_ties(world, post, abroad[employer.base], chance))
            name = drawn(chance)
            if post.id in named:
                name = name_in_cast(world, post.id)
                ties = (*filter(_is_no_exchange, ties), *sent.get(post.id, ()))
            properties = _properties(post, name, chance)
            if sample := known.get(post.id):
                properties |= sample.properties
                ties = (*ties, sample.tie)
            yield Record("Person", properties, ties)


def _role(employer: Employer, chance: Random, *, is_firm: bool) -> str:
    if employer.agency:
        return "cadre"
    if employer.base == CHENGDU:
        return "expert"
    if is_firm:
        return "employee" if chance.random() < 0.85 else "researcher"
    return chance.choices(_AT_INSTITUTES, _AT_INSTITUTES_WEIGHTS)[0]


def _is_no_exchange(tie: Tie) -> bool:
    """The exchanges of those in the cast are records of their own, which bring their affiliations."""
    return tie.properties.get("role") != "on_exchange"


def _properties(post: _Post, name: Name, chance: Random) -> Properties:
    role = post.role
    base, index = post.employer.base, post.index
    has_orcid = role in {"researcher", "expert", "student"} and chance.random() < 0.5
    has_mail = chance.random() < 0.4
    return invented(
        post.id,
        name.chinese,
        index,
        nameEn=name.english,
        orcid=identifiers.orcid(base, index) if has_orcid else None,
        email=f"{name.mailbox}.{base}{index}@example.org" if has_mail else None,
    )


def _ties(world: World, post: _Post, abroad: _Abroad, chance: Random) -> Iterator[Tie]:
    own, role = post.id, post.role
    since = day(chance, 1998, 2024)
    title = chance.choice(_TITLES[role])
    yield Tie(
        "AFFILIATED_WITH", own, post.employer.id, {"role": role, "title": title, "since": since}
    )
    yield from _second(own, role, abroad, chance)
    for topic in world.some_topics(chance, 2):
        level = "expert" if role == "expert" else chance.choices(_SKILLS, (3, 5, 1))[0]
        yield Tie("SKILLED_IN", own, topic, {"level": level})


def _second(own: str, role: str, abroad: _Abroad, chance: Random) -> Iterator[Tie]:
    """Now and then a second affiliation on the other side of the border; exchanges are all over."""
    if chance.random() > (0.3 if role == "cadre" else 0.02):
        return
    if role == "cadre":
        kind, other = "on_exchange", chance.choice(abroad.agencies)
    else:
        kind = "visiting" if role in {"researcher", "expert"} else "volunteer"
        other = chance.choice(abroad.everywhere)
    since = day(chance, 2020, 2023)
    properties = {"role": kind, "title": chance.choice(_TITLES[kind]), "since": since}
    if kind != "volunteer":
        properties["until"] = later(since, chance.choice((180, 365, 545)))
    yield Tie("AFFILIATED_WITH", own, other.id, properties)
