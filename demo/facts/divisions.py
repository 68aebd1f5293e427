"""Sichuan and Chongqing down to the county, as GB/T 2260 numbers them: 1 + 21 + 183 and 1 + 38 divisions.

Facts of the standard, written down as of 2021 (会理市, 新津区) and compared by a test with a list that others keep.
A line's number is the beginning of the code, the counties under it carry their last two digits. Chongqing's 5001 and
5002 are headings over its districts and its counties, not divisions.
"""

from collections.abc import Iterator

from demo.facts.sources import DIVISIONS, from_source
from demo.records import CHENGDU, CHONGQING, Record, Tie, fact

_PROVINCES = (
    ("500000", "重庆市", "Chongqing", ("渝", "巴")),
    ("510000", "四川省", "Sichuan", ("川", "蜀")),
)

_ENGLISH = {
    "5101": "Chengdu",
    "5103": "Zigong",
    "5104": "Panzhihua",
    "5105": "Luzhou",
    "5106": "Deyang",
    "5107": "Mianyang",
    "5108": "Guangyuan",
    "5109": "Suining",
    "5110": "Neijiang",
    "5111": "Leshan",
    "5113": "Nanchong",
    "5114": "Meishan",
    "5115": "Yibin",
    "5116": "Guang'an",
    "5117": "Dazhou",
    "5118": "Ya'an",
    "5119": "Bazhong",
    "5120": "Ziyang",
    "5132": "Ngawa Tibetan and Qiang Autonomous Prefecture",
    "5133": "Garze Tibetan Autonomous Prefecture",
    "5134": "Liangshan Yi Autonomous Prefecture",
}

_COUNTIES = """
5001 市辖区
  01万州区 02涪陵区 03渝中区 04大渡口区 05江北区 06沙坪坝区 07九龙坡区 08南岸区 09北碚区
  10綦江区 11大足区 12渝北区 13巴南区 14黔江区 15长寿区 16江津区 17合川区 18永川区 19南川区
  20璧山区 51铜梁区 52潼南区 53荣昌区 54开州区 55梁平区 56武隆区

5002 县
  29城口县 30丰都县 31垫江县 33忠县 35云阳县 36奉节县 37巫山县 38巫溪县 40石柱土家族自治县
  41秀山土家族苗族自治县 42酉阳土家族苗族自治县 43彭水苗族土家族自治县

5101 成都市
  04锦江区 05青羊区 06金牛区 07武侯区 08成华区 12龙泉驿区 13青白江区 14新都区 15温江区
  16双流区 17郫都区 18新津区 21金堂县 29大邑县 31蒲江县 81都江堰市 82彭州市 83邛崃市
  84崇州市 85简阳市

5103 自贡市
  02自流井区 03贡井区 04大安区 11沿滩区 21荣县 22富顺县

5104 攀枝花市
  02东区 03西区 11仁和区 21米易县 22盐边县

5105 泸州市
  02江阳区 03纳溪区 04龙马潭区 21泸县 22合江县 24叙永县 25古蔺县

5106 德阳市
  03旌阳区 04罗江区 23中江县 81广汉市 82什邡市 83绵竹市

5107 绵阳市
  03涪城区 04游仙区 05安州区 22三台县 23盐亭县 25梓潼县 26北川羌族自治县 27平武县 81江油市

5108 广元市
  02利州区 11昭化区 12朝天区 21旺苍县 22青川县 23剑阁县 24苍溪县

5109 遂宁市
  03船山区 04安居区 21蓬溪县 23大英县 81射洪市

5110 内江市
  02市中区 11东兴区 24威远县 25资中县 83隆昌市

5111 乐山市
  02市中区 11沙湾区 12五通桥区 13金口河区 23犍为县 24井研县 26夹江县 29沐川县 32峨边彝族自治县
  33马边彝族自治县 81峨眉山市

5113 南充市
  02顺庆区 03高坪区 04嘉陵区 21南部县 22营山县 23蓬安县 24仪陇县 25西充县 81阆中市

5114 眉山市
  02东坡区 03彭山区 21仁寿县 23洪雅县 24丹棱县 25青神县

5115 宜宾市
  02翠屏区 03南溪区 04叙州区 23江安县 24长宁县 25高县 26珙县 27筠连县 28兴文县 29屏山县

5116 广安市
  02广安区 03前锋区 21岳池县 22武胜县 23邻水县 81华蓥市

5117 达州市
  02通川区 03达川区 22宣汉县 23开江县 24大竹县 25渠县 81万源市

5118 雅安市
  02雨城区 03名山区 22荥经县 23汉源县 24石棉县 25天全县 26芦山县 27宝兴县

5119 巴中市
  02巴州区 03恩阳区 21通江县 22南江县 23平昌县

5120 资阳市
  02雁江区 21安岳县 22乐至县

5132 阿坝藏族羌族自治州
  01马尔康市 21汶川县 22理县 23茂县 24松潘县 25九寨沟县 26金川县 27小金县 28黑水县 30壤塘县
  31阿坝县 32若尔盖县 33红原县

5133 甘孜藏族自治州
  01康定市 22泸定县 23丹巴县 24九龙县 25雅江县 26道孚县 27炉霍县 28甘孜县 29新龙县 30德格县
  31白玉县 32石渠县 33色达县 34理塘县 35巴塘县 36乡城县 37稻城县 38得荣县

5134 凉山彝族自治州
  01西昌市 02会理市 22木里藏族自治县 23盐源县 24德昌县 26会东县 27宁南县 28普格县 29布拖县
  30金阳县 31昭觉县 32喜德县 33冕宁县 34越西县 35甘洛县 36美姑县 37雷波县
"""


def division_id(code: str) -> str:
    """The id of the division with that six-digit code."""
    return f"{CHONGQING if code.startswith('50') else CHENGDU}-division-{code}"


def counties() -> Iterator[tuple[str, str]]:
    """Code and name of every county and district."""
    for heading, _, listed in _blocks():
        for item in listed:
            yield heading + item[:2], item[2:]


def cities() -> Iterator[tuple[str, str]]:
    """Code and name of Sichuan's prefectures."""
    for heading, name, _ in _blocks():
        if heading in _ENGLISH:
            yield f"{heading}00", name


def records() -> Iterator[Record]:
    """Provinces, then prefectures, then counties: what a division lies in comes before it."""
    for code, name, english, aliases in _PROVINCES:
        yield _record(code, name, "province", None, nameEn=english, aliases=list(aliases))
    for code, name in cities():
        yield _record(code, name, "city", f"{code[:2]}0000", nameEn=_ENGLISH[code[:4]])
    for code, name in counties():
        heading = code[:4] if code[:4] in _ENGLISH else code[:2]
        yield _record(code, name, "county", heading.ljust(6, "0"))


def _record(
    code: str, name: str, level: str, parent: str | None, **more: str | list[str]
) -> Record:
    own = division_id(code)
    within = [] if parent is None else [Tie("PART_OF", own, division_id(parent))]
    properties = fact(own, name, code=code, level=level, **more)
    return Record("Division", properties, (*within, from_source(own, DIVISIONS)))


def _blocks() -> Iterator[tuple[str, str, list[str]]]:
    for block in _COUNTIES.strip().split("\n\n"):
        title, *listed = block.split()
        yield title, listed[0], listed[1:]
