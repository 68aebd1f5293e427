"""The parts of generated institutions' names: marks of firms with their spelling, fields, and forms by kind."""

from typing import NamedTuple

_MARKS = "瑞rui 恒heng 鑫xin 华hua 泰tai 博bo 智zhi 源yuan 盛sheng 康kang 安an 达da 科ke 锐rui 宏hong 嘉jia 远yuan 通tong 诚cheng 兴xing 联lian 创chuang 峰feng 润run 卓zhuo 凯kai 利li 信xin 元yuan 海hai 航hang 光guang 星xing 云yun 天tian 正zheng 中zhong 润run 晟sheng 睿rui 微wei 能neng 新xin 力li 德de 凌ling 格ge 迈mai 弘hong 佳jia 启qi 明ming 腾teng 捷jie 维wei 益yi 优you 拓tuo 翔xiang 辰chen"


class Field(NamedTuple):
    """What an institution is busy with: as its name says it, in English, and the subject's code."""

    name: str
    english: str
    code: str


FIELDS = tuple(
    Field(*line.split("|"))
    for line in (
        "智能装备|Intelligent Equipment|460", "电子信息|Electronics|510", "软件|Software|52040", "生物医药|Biopharmaceuticals|350", "新材料|New Materials|430",
        "汽车零部件|Auto Parts|580", "环保科技|Environmental Technology|61030", "新能源|New Energy|480", "仪器仪表|Instruments|53510", "航空航天|Aerospace|590",
        "精细化工|Fine Chemicals|530", "食品科技|Food Technology|55020", "农业科技|Agricultural Technology|21030", "检验检测|Testing and Inspection|41055",
        "人工智能|Artificial Intelligence|52020", "大数据|Big Data|52060", "机器人|Robotics|46050", "激光技术|Laser Technology|51020", "半导体|Semiconductors|51030",
        "医疗器械|Medical Devices|41660", "轨道交通|Rail Transit|58030", "节能技术|Energy Saving|480", "建筑科技|Building Technology|560", "水利工程|Hydraulic Engineering|570",
        "地质勘探|Geological Exploration|17050", "中药|Chinese Medicine|36040", "材料检测|Materials Testing|43025", "信息安全|Information Security|41320",
    )
)  # fmt: skip

FIRMS = (("有限公司", "Co., Ltd."), ("科技有限公司", "Technology Co., Ltd."), ("股份有限公司", "Joint Stock Co., Ltd."), ("集团有限公司", "Group Co., Ltd."))  # fmt: skip
INSTITUTES = (("研究院", "Research Institute"), ("研究所", "Institute"), ("工程技术研究中心", "Engineering Research Centre"), ("重点实验室", "Key Laboratory"), ("产业技术研究院", "Industrial Technology Institute"))  # fmt: skip
COLLEGES = (("职业技术学院", "Vocational College"), ("学院", "College"), ("工程学院", "Engineering College"))  # fmt: skip
HOSPITALS = (("第二人民医院", "Second People's Hospital"), ("中医医院", "Hospital of Chinese Medicine"), ("妇幼保健院", "Maternal and Child Hospital"))  # fmt: skip


def marks() -> tuple[tuple[str, str], ...]:
    """The characters of firms' names as (character, spelling), each once."""
    return tuple({item[0]: item[1:] for item in _MARKS.split()}.items())
