"""Real public institutions of both regions; each ROR identifier stands in ROR's own data, which a test asks.

A division is the city where the district is not certain; a website is given where ROR or the institution's own is
known; unified social credit codes are left out, for none was at hand from its registry.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from demo.facts.divisions import division_id
from demo.facts.sources import ORIGIN, ROR, from_source
from demo.records import Properties, Record, Tie, fact

SCAST, CQAST = "cd-institution-scast", "cq-institution-cqast"
SICHUAN_DEPARTMENT, CHONGQING_BUREAU = "cd-institution-kjt", "cq-institution-kjj"
SICHUAN_PROMOTION, CHONGQING_PROMOTION = "cd-institution-cxcjh", "cq-institution-cxyhz"
SICHUAN_MUSEUM, CHONGQING_MUSEUM = "cd-institution-scstm", "cq-institution-cqstm"
SICHUAN_PRESS, CHONGQING_PRESS = "cd-institution-kjb", "cq-institution-kjb"
SICHUAN_UNIVERSITY, CHONGQING_UNIVERSITY = "cd-institution-scu", "cq-institution-cqu"
CANCER_HOSPITAL = "cq-institution-cqch"
_SIGNATORIES = frozenset(
    {
        SCAST,
        CQAST,
        SICHUAN_DEPARTMENT,
        CHONGQING_BUREAU,
        SICHUAN_PROMOTION,
        CHONGQING_PROMOTION,
        SICHUAN_MUSEUM,
        CHONGQING_MUSEUM,
        SICHUAN_PRESS,
        CHONGQING_PRESS,
    }
)
_OWN_INSTRUMENTS = frozenset({"university", "institute", "hospital"})


@dataclass(frozen=True, slots=True)
class Known:
    """One real institution; `code` is its division's."""

    id: str
    name: str
    english: str
    kind: str
    code: str
    website: str | None = None
    ror: str | None = None
    part_of: str | None = None

    @property
    def city(self) -> str | None:
        """The city in English, where the division leaves no doubt."""
        if self.code.startswith("50"):
            return "Chongqing"
        return "Chengdu" if self.code.startswith("5101") else None


def known() -> tuple[Known, ...]:
    """All of them; among those that own instruments the larger come first."""
    return (*_signatories(), *_of_sichuan(), *_of_chongqing())


def _signatories() -> tuple[Known, ...]:
    return (
        Known(SCAST, "四川省科学技术协会", "Sichuan Association for Science and Technology", "science_association", "510100"),
        Known(CQAST, "重庆市科学技术协会", "Chongqing Association for Science and Technology", "science_association", "500103"),
        Known(SICHUAN_DEPARTMENT, "四川省科学技术厅", "Science and Technology Department of Sichuan Province", "government", "510100", "https://kjt.sc.gov.cn", "04323m874"),
        Known(CHONGQING_BUREAU, "重庆市科学技术局", "Chongqing Science and Technology Bureau", "government", "500112", "https://kjj.cq.gov.cn", "05w9erc61"),
        Known(SICHUAN_PROMOTION, "四川省科协创新促进会", "Innovation Promotion Association of Sichuan AST", "society", "510100"),
        Known(CHONGQING_PROMOTION, "重庆市产学研合作促进会", "Chongqing Association for Industry-University-Research Cooperation", "society", "500000"),
        Known(SICHUAN_MUSEUM, "四川科技馆", "Sichuan Science and Technology Museum", "museum", "510105", "http://www.scstm.com", None, SCAST),
        Known(CHONGQING_MUSEUM, "重庆科技馆", "Chongqing Science and Technology Museum", "museum", "500105", "http://www.cqkjg.cn", None, CQAST),
        Known(SICHUAN_PRESS, "四川科技报社", "Sichuan Science and Technology News", "press", "510100", None, None, SCAST),
        Known(CHONGQING_PRESS, "重庆科技报社有限公司", "Chongqing Science and Technology News Co., Ltd.", "press", "500000"),
    )  # fmt: skip


def _of_sichuan() -> tuple[Known, ...]:
    return (
        Known(SICHUAN_UNIVERSITY, "四川大学", "Sichuan University", "university", "510107", "https://scu.edu.cn", "011ashp19"),
        Known("cd-institution-uestc", "电子科技大学", "University of Electronic Science and Technology of China", "university", "510100", "https://www.uestc.edu.cn", "04qr3zq92"),
        Known("cd-institution-swjtu", "西南交通大学", "Southwest Jiaotong University", "university", "510100", "https://swjtu.edu.cn", "00hn7w693"),
        Known("cd-institution-wchscu", "四川大学华西医院", "West China Hospital of Sichuan University", "hospital", "510107", "https://www.wchscu.cn", "007mrxy13", SICHUAN_UNIVERSITY),
        Known("cd-institution-cdut", "成都理工大学", "Chengdu University of Technology", "university", "510108", "https://cdut.edu.cn", "05pejbw21"),
        Known("cd-institution-swpu", "西南石油大学", "Southwest Petroleum University", "university", "510114", "https://www.swpu.edu.cn", "03h17x602"),
        Known("cd-institution-sicau", "四川农业大学", "Sichuan Agricultural University", "university", "511802", "https://www.sicau.edu.cn", "0388c3403"),
        Known("cd-institution-caep", "中国工程物理研究院", "China Academy of Engineering Physics", "institute", "510700", "https://www.caep.ac.cn", "039vqpp67"),
        Known("cd-institution-ioe", "中国科学院光电技术研究所", "Institute of Optics and Electronics, Chinese Academy of Sciences", "institute", "510116", "https://ioe.cas.cn", "02bn68w95"),
        Known("cd-institution-cib", "中国科学院成都生物研究所", "Chengdu Institute of Biology", "institute", "510107", "http://english.cib.cas.cn", "04w5etv87"),
        Known("cd-institution-nimtt", "中国测试技术研究院", "National Institute of Measurement and Testing Technology", "institute", "510108", "https://www.nimtt.com", "002qybp75"),
        Known("cd-institution-xhu", "西华大学", "Xihua University", "university", "510100", "https://www.xhu.edu.cn", "04gwtvf26"),
        Known("cd-institution-swmu", "西南医科大学", "Southwest Medical University", "university", "510500", "https://www.swmu.edu.cn", "00g2rqs52"),
        Known("cd-institution-sicnu", "四川师范大学", "Sichuan Normal University", "university", "510100", "https://www.sicnu.edu.cn", "043dxc061"),
        Known("cd-institution-nscccd", "国家超级计算成都中心", "National Supercomputing Center in Chengdu", "institute", "510100", "https://www.nscc-cd.cn", "02whzxb57"),
        Known("cd-institution-panda", "成都大熊猫繁育研究基地", "Chengdu Research Base of Giant Panda Breeding", "institute", "510108", "http://www.panda.org.cn", "0168fvh11"),
        Known("cd-institution-cdst", "成都市科学技术局", "Chengdu Science and Technology Bureau", "government", "510100", "https://cdst.chengdu.gov.cn", "00xfea068"),
        Known("cd-institution-cdast", "成都市科学技术协会", "Chengdu Association for Science and Technology", "science_association", "510100"),
        Known("cd-institution-scdx", "中共四川省委党校（四川行政学院）", "Party School of the Sichuan Provincial Committee", "party_school", "510100"),
        Known("cd-institution-scmuseum", "四川博物院", "Sichuan Museum", "museum", "510105"),
        Known("cd-institution-sclib", "四川省图书馆", "Sichuan Library", "archive", "510105"),
    )  # fmt: skip


def _of_chongqing() -> tuple[Known, ...]:
    return (
        Known(CHONGQING_UNIVERSITY, "重庆大学", "Chongqing University", "university", "500106", "https://www.cqu.edu.cn", "023rhb549"),
        Known("cq-institution-swu", "西南大学", "Southwest University", "university", "500109", "https://swu.edu.cn", "01kj4z117"),
        Known("cq-institution-cqmu", "重庆医科大学", "Chongqing Medical University", "university", "500103", "http://www.cqmu.edu.cn", "017z00e58"),
        Known("cq-institution-cqupt", "重庆邮电大学", "Chongqing University of Posts and Telecommunications", "university", "500108", "https://www.cqupt.edu.cn", "03dgaqz26"),
        Known("cq-institution-cqjtu", "重庆交通大学", "Chongqing Jiaotong University", "university", "500108", "https://www.cqjtu.edu.cn", "01t001k65"),
        Known("cq-institution-cqut", "重庆理工大学", "Chongqing University of Technology", "university", "500113", "https://cqut.edu.cn", "04vgbd477"),
        Known("cq-institution-cigit", "中国科学院重庆绿色智能技术研究院", "Chongqing Institute of Green and Intelligent Technology", "institute", "500109", "http://english.cigit.cas.cn", "031npqv35"),
        Known("cq-institution-cqnu", "重庆师范大学", "Chongqing Normal University", "university", "500106", "https://www.cqnu.edu.cn", "01dcw5w74"),
        Known("cq-institution-ctbu", "重庆工商大学", "Chongqing Technology and Business University", "university", "500108", "https://www.ctbu.edu.cn", "05hqf1284"),
        Known("cq-institution-cqust", "重庆科技大学", "Chongqing University of Science and Technology", "university", "500106", "http://www.cqust.edu.cn", "03n3v6d52"),
        Known("cq-institution-castmc", "重庆市科学技术研究院", "Chongqing Academy of Science and Technology", "institute", "500000", None, "01gnzp994"),
        Known("cq-institution-cmct", "招商局重庆交通科研设计院有限公司", "China Merchants Chongqing Communications Research and Design Institute", "institute", "500108", None, "01jvv7h21"),
        Known(CANCER_HOSPITAL, "重庆大学附属肿瘤医院", "Chongqing University Cancer Hospital", "hospital", "500106", "http://www.cqch.cn", "047d8yx24"),
        Known("cq-institution-jflab", "金凤实验室", "Jinfeng Laboratory", "institute", "500000", "https://www.jflab.ac.cn", "04amdcz96"),
        Known("cq-institution-cqdx", "中共重庆市委党校（重庆行政学院）", "Party School of the Chongqing Municipal Committee", "party_school", "500107"),
        Known("cq-institution-cqnhm", "重庆自然博物馆", "Chongqing Museum of Natural History", "museum", "500109"),
        Known("cq-institution-3gmuseum", "重庆中国三峡博物馆", "China Three Gorges Museum", "museum", "500103"),
        Known("cq-institution-cqlib", "重庆图书馆", "Chongqing Library", "archive", "500106"),
    )  # fmt: skip


def owners(base: str) -> tuple[str, ...]:
    """The ids of those of one base that may own instruments, the larger first."""
    return tuple(
        each.id for each in known() if each.id.startswith(base) and each.kind in _OWN_INSTRUMENTS
    )


def others(base: str) -> tuple[str, ...]:
    """The ids of the rest of that base: associations, departments, museums, press, party schools."""
    return tuple(
        each.id
        for each in known()
        if each.id.startswith(base) and each.kind not in _OWN_INSTRUMENTS
    )


def records() -> Iterator[Record]:
    """Each after the one it is part of."""
    for each in known():
        yield Record("Institution", _properties(each), tuple(_ties(each)))


def _properties(each: Known) -> Properties:
    return fact(
        each.id,
        each.name,
        nameEn=each.english,
        kind=each.kind,
        status="active",
        visibility="public",
        country="CN",
        city=each.city,
        website=each.website,
        ror=each.ror,
    )


def _ties(each: Known) -> Iterator[Tie]:
    yield Tie("LOCATED_IN", each.id, division_id(each.code))
    if each.part_of:
        yield Tie("PART_OF", each.id, each.part_of)
    if each.ror:
        yield from_source(each.id, ROR)
    if each.id in _SIGNATORIES:
        yield from_source(each.id, ORIGIN)
