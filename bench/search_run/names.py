"""Believable names: Chinese surnames as often as they are, given names of usual characters, some English ones, companies. Pure."""

from __future__ import annotations

from random import Random

SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹"
    "孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
SURNAMES = (*SINGLE, "欧阳", "司马", "上官", "诸葛")
WEIGHTS = tuple(7.5 / (1 + 0.16 * place) for place in range(len(SURNAMES)))
"""About as in the census: the first takes 7 of 100, the hundredth less than half of one."""
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅鹏飞宇浩欣怡子涵雨桐思远家豪嘉宁晓东建国志文博海波云龙春燕凤琴婷婷雪慧莉萍"
    "颖琳佳琪梦瑶诗悦可馨依诺紫萱若曦安然天翊俊熙昊辰泽睿晨曦皓轩梓豪奕铭逸凡景行正德光辉永康福生根来金宝玲珍淑贞素云巧荣翠爱菊香莲"
    "少华立新继红卫民向阳庆祥友谊长江振兴学良世昌成功中和善仁义礼智信松柏竹青山川河江湖汉林森木火炎焱晶鑫磊淼冰清洁白露霜雯霖震雷鸣"
)
FIRST = ("James", "Mary", "Oliver", "Emma", "Lucas", "Sofia", "Noah", "Amelia", "Daniel", "Priya", "Kenji", "Fatima", "Pierre", "Ingrid")
LAST = ("Smith", "Johnson", "Brown", "Taylor", "Müller", "García", "Tanaka", "Okafor", "Nguyen", "Kowalski", "O'Brien", "Rossi", "Silva")
CITIES = ("北京", "上海", "广州", "深圳", "成都", "武汉", "西安", "杭州", "青岛", "哈尔滨", "南京", "苏州", "重庆", "长沙", "厦门")
TRADES = ("餐饮", "物业", "软件", "贸易", "酒店", "物流", "建材", "医药", "教育", "汽车", "服装", "食品", "电子", "传媒", "农业")
KINDS = ("有限公司", "集团", "股份有限公司", "中心", "服务部")
PLATES = "京沪津渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼川贵云陕甘青蒙桂藏宁新"


def people(dice: Random, how_many: int) -> list[str]:
    """So many draws of names; the same name may come again, as in life."""
    found = []
    surnames = dice.choices(SURNAMES, WEIGHTS, k=how_many)
    for surname in surnames:
        if dice.random() < 0.03:
            found.append(f"{dice.choice(FIRST)} {dice.choice(LAST)}")
        else:
            found.append(surname + "".join(dice.choice(GIVEN) for _ in range(1 if dice.random() < 0.18 else 2)))
    return found


def companies(dice: Random, how_many: int) -> list[str]:
    """So many names of companies, all different."""
    found: dict[str, None] = {}
    while len(found) < how_many:
        found[f"{dice.choice(CITIES)}{dice.choice(GIVEN)}{dice.choice(GIVEN)}{dice.choice(TRADES)}{dice.choice(KINDS)}"] = None
    return list(found)
