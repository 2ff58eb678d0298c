"""The bank of the E5 scenario: three hundred questions of general knowledge as a programme office would ask them."""

from itertools import pairwise

from quizzes.bank.items import Item, Kind


def _words(text: str) -> list[str]:
    return text.split()


_CAPITALS = _words(
    "河北石家庄 山西太原 辽宁沈阳 吉林长春 黑龙江哈尔滨 江苏南京 浙江杭州 安徽合肥 福建福州 江西南昌 山东济南 河南郑州 湖北武汉 湖南长沙 "
    "广东广州 海南海口 四川成都 贵州贵阳 云南昆明 陕西西安 甘肃兰州 青海西宁"
)
_SHORT = _words(
    "北京京 天津津 河北冀 山西晋 内蒙古蒙 辽宁辽 吉林吉 黑龙江黑 上海沪 江苏苏 浙江浙 安徽皖 福建闽 江西赣 山东鲁 河南豫 湖北鄂 湖南湘 广东粤 "
    "广西桂 海南琼 重庆渝 四川川 贵州贵 云南云 西藏藏 陕西陕 甘肃甘 青海青 宁夏宁 新疆新"
)
_TERMS = _words(
    "立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至 小寒 大寒"
)
_ABROAD = _words(
    "日本东京 韩国首尔 越南河内 泰国曼谷 印度新德里 蒙古国乌兰巴托 伊朗德黑兰 土耳其安卡拉 埃及开罗 肯尼亚内罗毕 俄罗斯莫斯科 乌克兰基辅 波兰华沙 德国柏林 "
    "法国巴黎 英国伦敦 西班牙马德里 葡萄牙里斯本 意大利罗马 希腊雅典 瑞典斯德哥尔摩 挪威奥斯陆 芬兰赫尔辛基 丹麦哥本哈根 奥地利维也纳 匈牙利布达佩斯 "
    "加拿大渥太华 美国华盛顿 墨西哥墨西哥城 古巴哈瓦那 巴西巴西利亚 阿根廷布宜诺斯艾利斯 智利圣地亚哥 秘鲁利马 澳大利亚堪培拉 新西兰惠灵顿"
)
_ELEMENTS = _words(
    "氢H 氦He 锂Li 碳C 氮N 氧O 氟F 氖Ne 钠Na 镁Mg 铝Al 硅Si 磷P 硫S 氯Cl 氩Ar 钾K 钙Ca 钛Ti 铬Cr 锰Mn 铁Fe 钴Co 镍Ni 铜Cu 锌Zn 银Ag 锡Sn 碘I 金Au 汞Hg 铅Pb"
)
_DAYS = {
    "国际劳动妇女节": "3月8日", "植树节": "3月12日", "国际消费者权益日": "3月15日", "世界水日": "3月22日", "世界气象日": "3月23日",
    "全民国家安全教育日": "4月15日", "世界读书日": "4月23日", "中国航天日": "4月24日", "国际劳动节": "5月1日", "青年节": "5月4日",
    "全国防灾减灾日": "5月12日", "国际儿童节": "6月1日", "世界环境日": "6月5日", "全国土地日": "6月25日", "国际禁毒日": "6月26日",
    "建党纪念日": "7月1日", "建军节": "8月1日", "全国生态日": "8月15日", "教师节": "9月10日", "烈士纪念日": "9月30日",
    "国庆节": "10月1日", "国家扶贫日": "10月17日", "全国消防日": "11月9日", "国家宪法日": "12月4日", "国家公祭日": "12月13日",
}  # fmt: skip
_YEARS = {
    "五四运动爆发": "1919年", "中国共产党成立": "1921年", "南昌起义": "1927年", "遵义会议召开": "1935年", "西安事变发生": "1936年",
    "中国人民抗日战争取得胜利": "1945年", "中华人民共和国成立": "1949年", "第一届全国人民代表大会召开": "1954年",
    "我国第一颗原子弹爆炸成功": "1964年", "我国第一颗人造地球卫星发射成功": "1970年", "恢复高考": "1977年", "改革开放起步": "1978年",
    "香港回归祖国": "1997年", "澳门回归祖国": "1999年", "我国加入世界贸易组织": "2001年", "神舟五号载人飞船发射成功": "2003年",
    "农业税全面取消": "2006年", "北京举办夏季奥运会": "2008年", "嫦娥四号在月球背面着陆": "2019年", "《民法典》施行": "2021年",
}  # fmt: skip
_POEMS = {
    "床前明月光": "李白", "国破山河在": "杜甫", "离离原上草": "白居易", "春眠不觉晓": "孟浩然", "白日依山尽": "王之涣", "红豆生南国": "王维",
    "慈母手中线": "孟郊", "千山鸟飞绝": "柳宗元", "松下问童子": "贾岛", "锄禾日当午": "李绅", "秦时明月汉时关": "王昌龄",
    "独在异乡为异客": "王维", "故人西辞黄鹤楼": "李白", "两个黄鹂鸣翠柳": "杜甫", "月落乌啼霜满天": "张继", "远上寒山石径斜": "杜牧",
    "碧玉妆成一树高": "贺知章", "大江东去": "苏轼", "生当作人杰": "李清照", "死去元知万事空": "陆游", "辛苦遭逢起一经": "文天祥",
    "京口瓜洲一水间": "王安石", "千锤万凿出深山": "于谦", "九州生气恃风雷": "龚自珍", "胜日寻芳泗水滨": "朱熹", "毕竟西湖六月中": "杨万里",
}  # fmt: skip


def _choice(text: str, right: str, pool: list[str], place: int) -> Item:
    """A question with one right option and three others that follow it in the pool."""
    others = [one for one in dict.fromkeys(pool[place + 1 :] + pool[:place]) if one != right][:3]
    return Item(Kind.SINGLE, text, (right, *others), (0,))


def _choices(pairs: dict[str, str], text: str) -> tuple[Item, ...]:
    pool = list(pairs.values())
    return tuple(_choice(text.format(name), right, pool, place) for place, (name, right) in enumerate(pairs.items()))


def _split(words: list[str], tail: int) -> dict[str, str]:
    return {word[:-tail]: word[-tail:] for word in words}


_CAPITAL_OF = {
    (word[:3] if word.startswith("黑龙江") else word[:2]): (word[3:] if word.startswith("黑龙江") else word[2:])
    for word in _CAPITALS
}
_ABROAD_OF = {
    name: word.removeprefix(name)
    for word in _ABROAD
    for name in (
        "日本", "韩国", "越南", "泰国", "印度", "蒙古国", "伊朗", "土耳其", "埃及", "肯尼亚", "俄罗斯", "乌克兰", "波兰", "德国",
        "法国", "英国", "西班牙", "葡萄牙", "意大利", "希腊", "瑞典", "挪威", "芬兰", "丹麦", "奥地利", "匈牙利", "加拿大", "美国",
        "墨西哥", "古巴", "巴西", "阿根廷", "智利", "秘鲁", "澳大利亚", "新西兰",
    )
    if word.startswith(name)
}  # fmt: skip
_SHORT_OF = _split(_SHORT, 1)

QUESTIONS: tuple[Item, ...] = (
    *(
        Item(Kind.FILL_IN, f"{province}省的省会是____。", accepted=(city,), explanation=f"{province}省省会：{city}市")
        for province, city in _CAPITAL_OF.items()
    ),
    *_choices(_SHORT_OF, "“{}”在我国省级行政区简称中写作哪个字？"),
    *_choices({short: name for name, short in _SHORT_OF.items()}, "“{}”是哪个省级行政区的简称？"),
    *_choices(dict(pairwise(_TERMS)), "二十四节气中，“{}”之后的一个节气是什么？"),
    *_choices({after: before for before, after in pairwise(_TERMS)}, "二十四节气中，“{}”之前的一个节气是什么？"),
    *(Item(Kind.FILL_IN, f"{land}的首都是____。", accepted=(city,)) for land, city in _ABROAD_OF.items()),
    *_choices({word[0]: word[1:] for word in _ELEMENTS}, "化学元素“{}”的符号是什么？"),
    *_choices(_DAYS, "每年的哪一天是{}？"),
    *_choices(_YEARS, "{}是在哪一年？"),
    *_choices(_POEMS, "诗句“{}”的作者是谁？"),
    *(
        Item(Kind.TRUE_FALSE, f"判断：{name}的简称是“{short if true else wrong}”。", answers=(0 if true else 1,))
        for place, (name, short) in enumerate(_SHORT_OF.items())
        for true, wrong in ((place % 2 == 0, list(_SHORT_OF.values())[place - 1]),)
    ),
)
