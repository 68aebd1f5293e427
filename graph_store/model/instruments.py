"""仪器设备 | A scientific instrument, owned by one institution and shared by agreement."""

from __future__ import annotations

from graph_store.identifiers import CSTR, PIDINST
from graph_store.model.records import record, sources
from graph_store.model.words import (
    AGREEMENT,
    INSTITUTION,
    SharedBy,
    amount,
    choice,
    day,
    edge,
    noun,
    options,
    text,
    texts,
)

CATEGORY = options(
    "InstrumentCategory",
    ("analytical", "分析仪器", "Analytical"),
    ("physical_property", "物理性能测试仪器", "Physical property testing"),
    ("metrology", "计量仪器", "Metrology"),
    ("electronic_measurement", "电子测量仪器", "Electronic measurement"),
    ("marine", "海洋仪器", "Marine"),
    ("earth_exploration", "地球探测仪器", "Earth exploration"),
    ("atmospheric", "大气探测仪器", "Atmospheric sounding"),
    ("special_inspection", "特种检测仪器", "Special inspection"),
    ("laser", "激光器", "Lasers"),
    ("process_test", "工艺试验仪器", "Process testing"),
    ("computing", "计算机及其配套设备", "Computing"),
    ("astronomy", "天文仪器", "Astronomy"),
    ("medical", "医学科研仪器", "Medical research"),
    ("nuclear", "核仪器", "Nuclear"),
    ("other", "其他仪器", "Other"),
)

INSTRUMENT_STATUS = options(
    "InstrumentStatus",
    ("available", "可用", "Available"),
    ("in_use", "使用中", "In use"),
    ("maintenance", "维护中", "Under maintenance"),
    ("retired", "已报废", "Retired"),
)

INSTRUMENT = noun(
    "Instrument",
    "instruments",
    "仪器设备",
    "A scientific instrument",
    properties=(
        *record(),
        choice(
            "category",
            "类别",
            "First level of the national list of instruments",
            CATEGORY,
            required=True,
            sortable=True,
        ),
        choice("status", "状态", "Whether it can be used now", INSTRUMENT_STATUS, required=True),
        text("model", "型号", "Maker's model", searchable=True),
        text("manufacturer", "制造商", "Who made it", searchable=True, sortable=True),
        amount("valueCny", "原值", "Purchase value", unit="CNY", sortable=True),
        day("commissionedOn", "启用日期", "Day of first use", sortable=True),
        text("cstr", "科技资源标识", "CSTR identifier (GB/T 32843-2016)", key=True, check=CSTR),
        text("pid", "仪器永久标识", "PIDINST persistent identifier", key=True, check=PIDINST),
        text("assetNumber", "资产编号", "Asset number in the owner's books", level=INSTITUTION),
        text("serialNumber", "出厂编号", "Maker's serial number", level=INSTITUTION),
        text("description", "说明", "What it does and what it is used for"),
        text("location", "放置地点", "Where it stands"),
        texts("measuredVariables", "测量参数", "Variables that it measures"),
    ),
    edges=(
        edge(
            "owner",
            "OWNED_BY",
            "Institution",
            "所属机构",
            "The institution that owns it",
            one=True,
            reverse=("instruments", "仪器设备", "Instruments it owns"),
        ),
        edge(
            "operators",
            "OPERATED_BY",
            "Institution",
            "运行机构",
            "Institutions that operate it",
            reverse=("operates", "运行的仪器", "Instruments it operates"),
        ),
        edge(
            "operatingPeople",
            "OPERATED_BY",
            "Person",
            "操作人员",
            "People who operate it",
            reverse=("operates", "操作的仪器", "Instruments the person operates"),
        ),
        edge(
            "componentOf",
            "COMPONENT_OF",
            "Instrument",
            "所属装置",
            "The instrument it is a component of",
            one=True,
            reverse=("components", "组成部件", "Instruments that are components of it"),
        ),
        edge(
            "projects",
            "USED_BY",
            "Project",
            "服务项目",
            "Projects that use it",
            reverse=("instruments", "使用仪器", "Instruments it uses"),
        ),
        sources("instruments", "仪器设备", "Instruments read from it"),
    ),
    indexes=(("category", "valueCny"), ("status", "valueCny")),
    visible=AGREEMENT,
    holder="owner",
    shared_by=SharedBy("share_instruments", kinds="category"),
)
