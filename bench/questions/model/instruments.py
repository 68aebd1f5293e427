"""仪器设备 | A scientific instrument, owned by one institution."""

from bench.questions.model.stored import chinese, native
from graph_store.model.words import amount, choice, edge, id_, instant, noun, options, text

CATEGORY = chinese(
    "InstrumentCategory",
    ("质谱仪器", "Mass spectrometry"),
    ("色谱仪器", "Chromatography"),
    ("光谱仪器", "Optical spectroscopy"),
    ("波谱仪器", "Magnetic resonance"),
    ("电子光学仪器", "Electron optics"),
    ("X射线仪器", "X ray"),
    ("生化分离分析仪器", "Biochemical separation"),
    ("显微镜及图像分析仪器", "Microscopy"),
    ("热分析仪器", "Thermal analysis"),
    ("物理性能测试仪器", "Physical property testing"),
    ("环境与农业仪器", "Environment and agriculture"),
    ("电子测量仪器", "Electronic measurement"),
)

STATUS = options(
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
        id_(),
        text("name", "名称", "Name", required=True, searchable=True),
        text("nameEn", "英文名称", "Name in English"),
        choice("category", "类别", "Category", CATEGORY, required=True, sortable=True),
        text("manufacturer", "制造商", "Who made it"),
        text("model", "型号", "Maker's model", searchable=True),
        amount("valueCny", "原值", "Purchase value", unit="CNY", required=True, sortable=True),
        choice("status", "状态", "Whether it can be used now", STATUS, required=True),
        native(instant("createdAt", "创建时刻", "When it was recorded", required=True)),
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
            "usedBy",
            "USED_BY",
            "Project",
            "服务项目",
            "Projects that use it",
            reverse=("instruments", "使用仪器", "Instruments it uses"),
        ),
    ),
    indexes=(("category", "valueCny"),),
)
