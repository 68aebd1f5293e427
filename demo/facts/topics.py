"""The subjects of GB/T 13745-2009: its 62 of the first level, and those of the second that the hub's work is about."""

from collections.abc import Iterator
from functools import cache

from demo.facts.sources import SUBJECTS, from_source
from demo.records import CHENGDU, Record, Tie, fact

_FIRST_LEVEL = """
110 数学 Mathematics
120 信息科学与系统科学 Information and systems science
130 力学 Mechanics
140 物理学 Physics
150 化学 Chemistry
160 天文学 Astronomy
170 地球科学 Earth science
180 生物学 Biology
190 心理学 Psychology
210 农学 Agronomy
220 林学 Forestry
230 畜牧、兽医科学 Animal husbandry and veterinary science
240 水产学 Aquaculture
310 基础医学 Basic medicine
320 临床医学 Clinical medicine
330 预防医学与公共卫生学 Preventive medicine and public health
340 军事医学与特种医学 Military and special medicine
350 药学 Pharmacy
360 中医学与中药学 Chinese medicine and pharmacology
410 工程与技术科学基础学科 Basic engineering and technology
413 信息与系统科学相关工程与技术 Engineering of information and systems
416 自然科学相关工程与技术 Engineering of the natural sciences
420 测绘科学技术 Surveying and mapping
430 材料科学 Materials science
440 矿山工程技术 Mining engineering
450 冶金工程技术 Metallurgical engineering
460 机械工程 Mechanical engineering
470 动力与电气工程 Power and electrical engineering
480 能源科学技术 Energy science and technology
490 核科学技术 Nuclear science and technology
510 电子与通信技术 Electronics and communications
520 计算机科学技术 Computer science and technology
530 化学工程 Chemical engineering
535 产品应用相关工程与技术 Engineering of products and their use
540 纺织科学技术 Textile science and technology
550 食品科学技术 Food science and technology
560 土木建筑工程 Civil engineering and architecture
570 水利工程 Hydraulic engineering
580 交通运输工程 Transport engineering
590 航空、航天科学技术 Aeronautics and astronautics
610 环境科学技术及资源科学技术 Environmental and resource science
620 安全科学技术 Safety science and technology
630 管理学 Management
710 马克思主义 Marxism
720 哲学 Philosophy
730 宗教学 Religious studies
740 语言学 Linguistics
750 文学 Literature
760 艺术学 Arts
770 历史学 History
780 考古学 Archaeology
790 经济学 Economics
810 政治学 Political science
820 法学 Law
830 军事学 Military science
840 社会学 Sociology
850 民族学与文化学 Ethnology and cultural studies
860 新闻学与传播学 Journalism and communication
870 图书馆、情报与文献学 Library, information and documentation
880 教育学 Education
890 体育科学 Sports science
910 统计学 Statistics
"""

_SECOND_LEVEL = """
14020 声学 Acoustics
14030 光学 Optics
14050 凝聚态物理学 Condensed matter physics
14055 等离子体物理学 Plasma physics
14065 原子核物理学 Nuclear physics
15015 无机化学 Inorganic chemistry
15020 有机化学 Organic chemistry
15025 分析化学 Analytical chemistry
15030 物理化学 Physical chemistry
15065 材料化学 Materials chemistry
16035 射电天文学 Radio astronomy
17015 大气科学 Atmospheric science
17020 固体地球物理学 Solid earth geophysics
17030 地球化学 Geochemistry
17050 地质学 Geology
17055 水文学 Hydrology
17060 海洋科学 Ocean science
18017 生物化学 Biochemistry
18021 细胞生物学 Cell biology
18031 遗传学 Genetics
18037 分子生物学 Molecular biology
18044 生态学 Ecology
18051 植物学 Botany
18061 微生物学 Microbiology
21030 农艺学 Crop science
21060 植物保护学 Plant protection
23030 兽医学 Veterinary science
32024 内科学 Internal medicine
32027 外科学 Surgery
32044 口腔医学 Stomatology
32064 核医学 Nuclear medicine
32067 肿瘤学 Oncology
33021 流行病学 Epidemiology
35010 药物化学 Medicinal chemistry
36040 中药学 Chinese pharmacology
41055 计量学 Metrology
41310 控制科学与技术 Control science and technology
41320 信息安全技术 Information security
41620 光学工程 Optical engineering
41640 生物工程 Bioengineering
41660 生物医学工程学 Biomedical engineering
42020 摄影测量与遥感技术 Photogrammetry and remote sensing
43025 材料检测与分析技术 Testing and analysis of materials
43040 金属材料 Metals
43045 无机非金属材料 Inorganic non-metals
43050 有机高分子材料 Organic polymers
43055 复合材料 Composites
43070 纳米材料 Nanomaterials
44050 油气田井开发工程 Oil and gas field development
46025 机械制造工艺与设备 Manufacturing processes and equipment
46050 机械制造自动化 Manufacturing automation
47040 电气工程 Electrical engineering
48040 储能技术 Energy storage
49045 核聚变工程技术 Fusion engineering
51010 电子技术 Electronics
51020 光电子学与激光技术 Optoelectronics and lasers
51030 半导体技术 Semiconductors
51050 通信技术 Communications
51070 雷达工程 Radar engineering
52020 人工智能 Artificial intelligence
52030 计算机系统结构 Computer architecture
52040 计算机软件 Computer software
52060 计算机应用 Computer applications
53510 仪器仪表技术 Instrumentation
55020 食品加工技术 Food processing
56035 土木建筑结构 Structural engineering
57045 河流泥沙工程学 River sediment engineering
58010 道路工程 Road engineering
58030 铁路运输 Rail transport
59050 飞行器试验技术 Flight vehicle testing
61020 环境学 Environmental studies
61030 环境工程学 Environmental engineering
62080 公共安全 Public safety
63035 科学学与科技管理 Science of science and technology management
88041 教育技术学 Educational technology
"""


def topic_id(code: str) -> str:
    """The id of the subject with that code."""
    return f"{CHENGDU}-topic-{code}"


@cache
def codes() -> tuple[str, ...]:
    """The codes of all subjects in the hub, first level first."""
    return tuple(line[0] for line in _lines(_FIRST_LEVEL + _SECOND_LEVEL))


@cache
def names() -> dict[str, str]:
    """The Chinese names by code."""
    return {code: name for code, name, _ in _lines(_FIRST_LEVEL + _SECOND_LEVEL)}


def records() -> Iterator[Record]:
    """The first level, then the second, each tied to the subject it belongs to."""
    for code, name, english in _lines(_FIRST_LEVEL + _SECOND_LEVEL):
        own = topic_id(code)
        broader = [Tie("PART_OF", own, topic_id(code[:3]))] if len(code) > 3 else []
        properties = fact(own, name, nameEn=english, code=code)
        yield Record("Topic", properties, (*broader, from_source(own, SUBJECTS)))


def _lines(text: str) -> Iterator[tuple[str, str, str]]:
    for line in text.strip().splitlines():
        code, _, rest = line.partition(" ")
        if code:
            name, _, english = rest.partition(" ")
            yield code, name, english
