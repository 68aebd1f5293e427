"""Surnames by how common they are, and the characters of given names, each with its spelling in pinyin."""

from functools import cache

from demo.streams import cumulative, ranks

# in order of how many bear them
_SURNAMES = """
wang王 li李 zhang张 liu刘 chen陈 yang杨 huang黄 zhao赵 wu吴 zhou周 xu徐 sun孙 ma马 zhu朱 hu胡 guo郭 he何 lin林 luo罗 gao高
zheng郑 liang梁 xie谢 song宋 tang唐 xu许 han韩 deng邓 feng冯 cao曹 peng彭 zeng曾 xiao肖 tian田 dong董 pan潘 yuan袁 cai蔡 jiang蒋 yu余
yu于 du杜 ye叶 cheng程 wei魏 su苏 lü吕 ding丁 ren任 lu卢 yao姚 shen沈 zhong钟 jiang姜 cui崔 tan谭 lu陆 fan范 wang汪 liao廖
shi石 jin金 wei韦 jia贾 xia夏 fu付 fang方 zou邹 xiong熊 bai白 meng孟 qin秦 qiu邱 hou侯 jiang江 yin尹 xue薛 yan闫 duan段 lei雷
long龙 li黎 shi史 tao陶 he贺 mao毛 hao郝 gu顾 gong龚 shao邵 wan万 qin覃 wu武 qian钱 dai戴 yan严 mo莫 kong孔 xiang向 chang常
tang汤 kang康 yi易 qiao乔 lai赖 gong龚 wen文 pang庞 fan樊 lan兰 yin殷 shi施 tao陶 hong洪 zhai翟 an安 yan颜 ni倪 yan严 niu牛
wen温 lu芦 ji季 yu俞 zhang章 lu鲁 ge葛 wu伍 shen申 you尤 bi毕 nie聂 jiao焦 xiang项 zhu祝 liu柳 qi齐 yue岳 tu涂 guan关
mei梅 sheng盛 tong童 xin辛 ou欧 bao包 zha查 ruan阮 ji纪 shu舒 qu屈 zhan詹 mu穆 jing景 xi席 pei裴 huo霍 xian冼 chi池 zuo左
lou娄 miao苗 rao饶 gan甘 jin靳 ying应 zang臧 ou区 bian卞 gu谷 qu曲 chu褚 min闵 ji冀 si司 che车 fang房 su宿 kuang邝 teng滕
pu蒲 xing邢 ai艾 lian连 you游 yu喻 yang阳 mou牟 leng冷 dan但 ran冉 bing邴 yan鄢 pu濮 ao敖 dang党 gou苟 qing青 dai代 tuo庹
ouyang欧阳 sima司马 shangguan上官 huangfu皇甫 situ司徒 zhuge诸葛
"""

_GIVEN = """
wei伟玮炜维薇威蔚卫巍 fang芳方放舫 na娜 min敏民旻闽 jing静晶菁京景婧敬靖竞璟 li丽立莉力利黎理礼励俐 qiang强 lei磊蕾雷垒
jun军俊君峻骏钧筠 yang洋阳扬杨漾 yong勇永咏泳 yan艳燕岩彦妍琰雁言嫣炎 jie杰洁捷婕劼 juan娟 tao涛韬陶 ming明铭鸣茗 chao超朝 xiu秀修
xia霞夏 ping平萍苹屏 gang刚钢岗 gui桂贵 hui慧辉惠卉蕙晖绘徽 peng鹏朋澎蓬 hong红宏洪虹弘泓鸿 mei梅美玫媚 ling玲凌灵岭羚聆菱 hua华桦骅
bo波博勃泊渤 xin欣鑫新昕馨歆芯忻 ting婷廷庭亭 xue雪学 lin琳林霖麟临琅 ying英颖莹盈瑛萦滢樱 jian建健剑坚简鉴 wen文雯闻汶温 bin斌彬滨宾
yu宇玉雨羽瑜钰予煜昱渝裕郁誉榆毓 hao浩昊皓豪灏 ze泽 rui瑞睿锐蕊芮 han涵晗瀚翰寒菡 xuan轩萱璇宣炫暄 chen晨辰琛宸臣忱 yi怡艺毅逸奕一依仪宜义翊亦忆伊懿
jia佳嘉家佳稼 xiao晓小潇筱霄肖笑 meng梦萌孟蒙 shi诗士世石时仕实始 yao瑶耀尧遥垚 qi琪琦启奇淇祺绮其琦旗齐 zhi志智芝治致知之直峙 cheng成诚程承城澄丞呈
yuan媛源远元圆园缘渊苑 hai海 guo国果 qing青清庆晴卿 feng峰锋枫风丰凤 long龙隆 hu虎 kai凯恺楷 kun坤昆琨 kang康 ke可科珂克 dong东栋冬
zhong忠中仲钟 sheng胜生升盛声晟圣 tian天田恬甜添 zi子紫梓孜姿籽 mu木沐牧慕睦 ru如茹儒汝 ran然冉染苒 rong荣蓉融容榕嵘 shan珊山杉善姗
shu淑书舒树姝殊 si思斯丝偲 song松嵩颂 su苏素肃 tong彤童桐通同瞳 wan婉万琬宛菀 xi希曦熙溪汐西锡晞玺 xiang翔祥香湘想襄 ya雅亚娅 ye叶晔烨野
yue月悦越岳玥跃 yun云芸韵运昀允蕴 zhen真振珍贞震臻祯镇 zheng正征政峥铮 zhu竹珠筑 zhuo卓卓琢灼 an安 ai爱艾 bei蓓贝北倍 bing冰兵炳 cai才彩采 chang昌长畅常
chun春纯淳 cui翠萃 da达大 dan丹旦 de德 di迪笛 en恩 fei飞菲妃斐霏非 fu福富芙甫馥 gao高 ge歌阁格 guang光广 hang航杭 he和荷禾鹤贺赫
heng恒衡 huan欢焕环寰 ji吉继季纪基冀济 jin金锦进瑾晋津劲谨 ju菊举 kuan宽 lan兰岚澜蓝 le乐 liang亮良梁量 lu璐路露鹿禄 luo洛珞 man曼满蔓 mao茂 ni妮霓
nan楠南男 ning宁凝 nuo诺 qian倩谦茜前芊乾千 qin琴勤沁钦 qiu秋 quan泉全权荃 rou柔 shao少绍韶 shen深申 shuang双爽霜 shun顺舜 teng腾 wang旺望
wu武悟 xian贤先娴显宪 xing星兴行杏 xiong雄 xu旭绪旭栩 yin银音殷寅茵 you友悠佑 zan赞 zhao昭兆钊 zhou舟洲
"""


@cache
def surnames() -> tuple[tuple[tuple[str, str], ...], list[float]]:
    """Surnames as (characters, spelling) without repetition, and their cumulative weights."""
    known = {characters: spelling for spelling, characters in _pairs(_SURNAMES)}
    listed = tuple((characters, spelling.capitalize()) for characters, spelling in known.items())
    return listed, cumulative(ranks(len(listed), steepness=0.85))


@cache
def given_characters() -> tuple[tuple[str, str], ...]:
    """The characters of given names as (character, spelling), each once."""
    known = {
        character: spelling for spelling, characters in _pairs(_GIVEN) for character in characters
    }
    return tuple(known.items())


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs = []
    for item in text.split():
        spelling = "".join(letter for letter in item if letter < "一")
        pairs.append((spelling, item[len(spelling) :]))
    return pairs
