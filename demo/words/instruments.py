"""Kinds of instruments under the categories of the national list, and makers, all of whom are invented."""

from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of instrument: what it is called, what it measures, and the prefix of its models."""

    category: str
    name: str
    short: str
    english: str
    prefix: str
    variables: tuple[str, ...]


_KINDS = """
analytical|X射线衍射仪|XRD|X-ray diffractometer|XD|晶体结构 物相 晶格常数
analytical|扫描电子显微镜|SEM|Scanning electron microscope|SE|表面形貌 元素分布
analytical|透射电子显微镜|TEM|Transmission electron microscope|TE|微观结构 晶格像
analytical|核磁共振波谱仪|NMR|Nuclear magnetic resonance spectrometer|NM|化学位移 分子结构
analytical|液相色谱-质谱联用仪|LC-MS|Liquid chromatograph mass spectrometer|LM|分子量 含量
analytical|气相色谱-质谱联用仪|GC-MS|Gas chromatograph mass spectrometer|GM|挥发性组分 含量
analytical|电感耦合等离子体质谱仪|ICP-MS|Inductively coupled plasma mass spectrometer|IM|元素含量 同位素比
analytical|X射线光电子能谱仪|XPS|X-ray photoelectron spectrometer|XP|元素价态 表面组成
analytical|激光共聚焦显微镜|CLSM|Confocal laser scanning microscope|CL|荧光强度 三维形貌
analytical|傅里叶变换红外光谱仪|FTIR|Fourier transform infrared spectrometer|FT|红外吸收 官能团
analytical|拉曼光谱仪|Raman|Raman spectrometer|RM|拉曼位移 应力
analytical|原子力显微镜|AFM|Atomic force microscope|AF|表面粗糙度 力学性能
analytical|流式细胞仪|FCM|Flow cytometer|FC|细胞计数 荧光标记
analytical|基因测序仪|NGS|Gene sequencer|GS|碱基序列
physical_property|万能材料试验机|UTM|Universal testing machine|UT|拉伸强度 弹性模量
physical_property|疲劳试验机|FTM|Fatigue testing machine|FA|疲劳寿命 裂纹扩展
physical_property|同步热分析仪|STA|Simultaneous thermal analyser|TA|热重 热流
physical_property|旋转流变仪|RHEO|Rotational rheometer|RH|黏度 储能模量
physical_property|纳米压痕仪|NI|Nanoindenter|NI|硬度 弹性模量
physical_property|比表面及孔隙度分析仪|BET|Surface area and porosity analyser|BE|比表面积 孔径分布
physical_property|振动试验系统|VTS|Vibration test system|VT|加速度 频率响应
metrology|三坐标测量机|CMM|Coordinate measuring machine|CM|几何尺寸 形位误差
metrology|激光干涉仪|LI|Laser interferometer|LI|位移 直线度
metrology|激光跟踪仪|LT|Laser tracker|LT|空间坐标
metrology|圆度仪|RT|Roundness tester|RT|圆度 圆柱度
metrology|标准功率源|SPS|Power standard|PS|电压 电流 功率
electronic_measurement|矢量网络分析仪|VNA|Vector network analyser|VN|S参数 阻抗
electronic_measurement|频谱分析仪|SA|Spectrum analyser|SA|频谱 相位噪声
electronic_measurement|数字示波器|DSO|Digital oscilloscope|DO|电压 时间
electronic_measurement|半导体参数分析仪|SPA|Semiconductor parameter analyser|SP|电流电压特性
electronic_measurement|电磁兼容测试系统|EMC|Electromagnetic compatibility test system|EM|辐射骚扰 传导骚扰
marine|声学多普勒流速剖面仪|ADCP|Acoustic Doppler current profiler|AD|流速 流向
marine|多波束测深系统|MBES|Multibeam echo sounder|MB|水深 水下地形
earth_exploration|高密度电法仪|ERT|Electrical resistivity tomograph|ER|视电阻率
earth_exploration|宽频带地震仪|BBS|Broadband seismometer|BB|地面运动
earth_exploration|探地雷达|GPR|Ground penetrating radar|GP|介电常数 埋深
earth_exploration|航空重力仪|AG|Airborne gravimeter|AG|重力异常
earth_exploration|钻孔测井系统|WLS|Well logging system|WL|自然伽马 声波时差
atmospheric|天气雷达|WR|Weather radar|WR|反射率 径向速度
atmospheric|激光雷达|LIDAR|Atmospheric lidar|AL|气溶胶廓线 风廓线
atmospheric|大气颗粒物组分分析仪|APC|Aerosol composition analyser|AC|颗粒物 水溶性离子
atmospheric|微波辐射计|MWR|Microwave radiometer|MW|温度廓线 湿度廓线
special_inspection|工业CT|ICT|Industrial computed tomograph|IC|内部缺陷 密度
special_inspection|相控阵超声检测仪|PAUT|Phased array ultrasonic tester|PA|缺陷位置 缺陷尺寸
special_inspection|涡流检测仪|ECT|Eddy current tester|EC|电导率 裂纹
special_inspection|红外热像仪|IRT|Infrared thermal imager|IR|温度场
laser|飞秒激光器|FSL|Femtosecond laser|FL|脉冲宽度 功率
laser|高功率光纤激光器|HFL|High power fibre laser|HF|功率 光束质量
process_test|磁控溅射镀膜机|MS|Magnetron sputtering system|MS|膜厚
process_test|化学气相沉积系统|CVD|Chemical vapour deposition system|CV|膜厚 沉积速率
process_test|金属增材制造设备|SLM|Metal additive manufacturing system|AM|层厚 致密度
process_test|真空热压烧结炉|VHP|Vacuum hot press furnace|VH|温度 压力
process_test|风洞|WT|Wind tunnel|WT|气动力 压力分布
process_test|大型振动台|ST|Shaking table|ST|加速度 位移
process_test|反应堆热工水力回路|THL|Thermal hydraulic loop|TH|流量 温度
computing|高性能计算集群|HPC|High performance computing cluster|HP|浮点性能
computing|人工智能训练服务器|AIS|Artificial intelligence training server|AI|浮点性能
computing|海量存储系统|MSS|Mass storage system|ST|容量
astronomy|射电望远镜|RTS|Radio telescope|RA|射电流量
astronomy|光学望远镜|OT|Optical telescope|OT|星等 光变曲线
medical|磁共振成像系统|MRI|Magnetic resonance imaging system|MR|组织信号
medical|正电子发射断层成像系统|PET-CT|Positron emission tomography system|PT|放射性摄取
medical|小动物活体成像系统|IVIS|In vivo imaging system|IV|生物发光
medical|脑磁图仪|MEG|Magnetoencephalograph|ME|脑磁信号
medical|手术机器人研究平台|SRP|Surgical robot research platform|SR|定位精度
nuclear|高纯锗伽马谱仪|HPGe|High purity germanium spectrometer|HG|伽马能谱 活度
nuclear|串列加速器|TAC|Tandem accelerator|TC|束流强度
nuclear|中子成像装置|NIS|Neutron imaging system|NS|中子透射率
other|环境模拟试验舱|EC|Environmental simulation chamber|EV|温度 湿度
other|土工离心机|GC|Geotechnical centrifuge|GC|离心加速度
other|植物表型平台|PPP|Plant phenotyping platform|PP|株高 叶面积
"""

# how the national list's categories share the instruments of the two platforms
CATEGORY_WEIGHTS = {
    "analytical": 44,
    "physical_property": 11,
    "metrology": 4,
    "electronic_measurement": 7,
    "marine": 1,
    "earth_exploration": 3,
    "atmospheric": 2,
    "special_inspection": 4,
    "laser": 2,
    "process_test": 9,
    "computing": 5,
    "astronomy": 1,
    "medical": 5,
    "nuclear": 1,
    "other": 1,
}

QUALIFIERS = ("", "", "", "高分辨", "场发射", "台式", "高温", "低温", "原位", "多功能", "高通量", "超快", "便携式", "大型", "精密")  # fmt: skip
MAKERS = (
    "蜀光精密仪器", "渝测科学仪器", "巴山测控", "锦城分析仪器", "嘉陵江光电", "青城真空", "缙云检测设备", "剑门电子测量", "岷江医学装备", "夔门重型装备",
    "天府计算设备", "北碚声学仪器", "涪陵热工仪器", "雅安遥测", "绵州核电子", "Aldermoor Analytical", "Brennick Scientific", "Corvane Optics", "Dunmarrow Instruments",
    "Ellersby Microscopy", "Fjordhavn Acoustics", "Grauwald Messtechnik", "Hohenbrück Präzision", "Isarblick Optik", "Kamishiro Seisakusho", "Lindqvarn Vacuum",
    "Minatogawa Kogaku", "Norrhaven Spectra", "Oakhelm Materials Testing", "Penrith Vale Metrology",
)  # fmt: skip
ROOMS = ("分析测试中心", "大型仪器平台", "国家重点实验室", "公共实验平台", "中试基地", "工程研究中心", "理化楼", "科研楼")  # fmt: skip


def kinds() -> dict[str, list[Kind]]:
    """The kinds of instruments by category."""
    found: dict[str, list[Kind]] = {category: [] for category in CATEGORY_WEIGHTS}
    for line in _KINDS.strip().splitlines():
        category, name, short, english, prefix, variables = line.split("|")
        found[category].append(
            Kind(category, name, short, english, prefix, tuple(variables.split()))
        )
    return found
