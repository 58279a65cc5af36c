"""The sample business's customers, their appliances and vehicles, made up from a fixed seed: the same ones on every machine. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

HOW_MANY = 300
SEED = 20260101

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
DOUBLE_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "慕容")
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅鹏飞宇浩欣怡子涵雨桐思远家豪嘉宁晓东建国志强文博"
FIRST_NAMES = (
    "James",
    "Mary",
    "Oliver",
    "Emma",
    "Lucas",
    "Sofia",
    "Noah",
    "Amelia",
    "Daniel",
    "Priya",
    "Kenji",
    "Fatima",
    "Pierre",
    "Ingrid",
)
LAST_NAMES = ("Smith", "Johnson", "Brown", "Taylor", "Müller", "García", "Tanaka", "Okafor", "Nguyen", "Kowalski", "O'Brien", "Rossi")
PLACES = (
    ("北京市", "北京市", "朝阳区", "建国路", "京"),
    ("上海市", "上海市", "浦东新区", "世纪大道", "沪"),
    ("广东省", "广州市", "天河区", "体育西路", "粤A"),
    ("广东省", "深圳市", "南山区", "科苑南路", "粤B"),
    ("四川省", "成都市", "武侯区", "人民南路四段", "川A"),
    ("湖北省", "武汉市", "江汉区", "解放大道", "鄂A"),
    ("陕西省", "西安市", "雁塔区", "小寨东路", "陕A"),
    ("浙江省", "杭州市", "西湖区", "文三路", "浙A"),
    ("山东省", "青岛市", "市南区", "香港中路", "鲁B"),
    ("黑龙江省", "哈尔滨市", "南岗区", "中山路", "黑A"),
)
"""Province, city, district, street, beginning of plates."""
COMPANIES = ("海风酒店管理有限公司", "晨光幼儿园", "北方物业服务集团", "锦绣餐饮连锁", "Golden Bridge Trading Ltd", "云帆软件有限公司")
ROLES = ("采购", "行政", "经理", "后勤", "店长")
TAGS = (("延保", "#1677ff"), ("重点回访", "#d46b08"), ("以旧换新", "#389e0d"), ("企业客户", "#722ed1"))
"""Listed tags with their colours."""
FREE_TAGS = ("爱晨跑", "双十一", "老街坊")
CARS = ("海川 EV3", "大众 朗逸", "丰田 凯美瑞", "比亚迪 秦", "五菱 宏光")
DEALERS = ("海川旗舰店", "国美电器", "苏宁易购", "京东自营")
LONG_NAMES = (
    "阿不都热依木·买买提依明·吐尔逊江·阿卜杜克热木",
    "中国东北地区大型商用制冷设备联合采购与售后服务协调办公室值班联系人欧阳诸葛慕容女士",
    "Wolfeschlegelsteinhausenbergerdorff-Montgomery-Featherstonehaugh, Hubert Blaine Maximilian Alexander III",
    "María de los Ángeles Fernández de la Cruz y Villanueva de Castellón",
)
CATEGORIES = (
    ("冰箱", "HC-BCD"),
    ("洗衣机", "HC-XQG"),
    ("空调", "HC-KFR"),
    ("电视", "HC-LED"),
    ("热水器", "HC-JSQ"),
    ("油烟机", "HC-CXW"),
)
WARNINGS = ("家有犬，上门前请先联系。", "上次投诉未满意，请耐心。", "Hearing impaired: speak slowly and clearly.")
NOTES = ("喜欢晚上七点以后接电话。", "已购买延保服务。", "家里有小孩，午睡时请勿来电。", "家里有老人，请讲慢一点。")


@dataclass(frozen=True, slots=True)
class SampleAsset:
    """An appliance."""

    category: str
    model: str
    serial: str
    purchased_on: date
    warranty_until: date


@dataclass(frozen=True, slots=True)
class SampleVehicle:
    """A vehicle, with which the business's fitters are not concerned, but its parking is."""

    model: str
    plate: str
    vin: str
    purchased_on: date
    insurance_until: date


@dataclass(frozen=True, slots=True)
class SampleMore:
    """What else is known of a customer."""

    code: str
    role: str
    email: str
    tags: tuple[str, ...]
    agrees_to_calls: bool | None
    do_not_call: bool
    dealer: str
    vehicle: SampleVehicle | None


@dataclass(frozen=True, slots=True)
class SampleCustomer:
    """A customer; numbers in E.164."""

    name: str
    customer_class: str
    company: str
    address: tuple[str, str, str, str]
    language: str
    note: str
    warning: str
    numbers: tuple[str, ...]
    assets: tuple[SampleAsset, ...]
    more: SampleMore


def sample_customers(today: date, how_many: int = HOW_MANY) -> list[SampleCustomer]:
    """The customers; purchases lie in the eight years before `today`."""
    dice = Random(SEED)  # noqa: S311
    return [_customer(dice, index, today) for index in range(how_many)]


def sample_number(index: int) -> str:
    """The mobile number of the customer with this index, in E.164."""
    return f"+86138{index * 7919 % 10000:04d}{index:04d}"


def _customer(dice: Random, index: int, today: date) -> SampleCustomer:
    english = index % 6 == 5
    name = LONG_NAMES[index // 75 % len(LONG_NAMES)] if index % 75 == 40 else _english(dice) if english else _chinese(dice)
    numbers = [sample_number(index)]
    if dice.random() < 0.2:
        numbers.append(f"+8610{65550000 + index}")
    place = dice.choice(PLACES)
    province, city, district, street, plate = place
    return SampleCustomer(
        name=name,
        customer_class=dice.choices(("vip", "gold", "normal"), (8, 22, 70))[0],
        company=dice.choice(COMPANIES) if dice.random() < 0.15 else "",
        address=(province, city, district, f"{street}{dice.randint(1, 480)}号{dice.randint(1, 30)}栋{dice.randint(101, 2804)}室"),
        language="en" if english else "zh-CN",
        note=dice.choice(NOTES) if dice.random() < 0.2 else "",
        warning=dice.choice(WARNINGS) if dice.random() < 0.06 else "",
        numbers=tuple(numbers),
        assets=tuple(_asset(dice, index, number, today) for number in range(dice.choices((1, 2, 3, 4), (45, 30, 18, 7))[0])),
        more=_more(Random(SEED + index), index, plate, today),  # noqa: S311
    )


def _chinese(dice: Random) -> str:
    surname = dice.choice(DOUBLE_SURNAMES) if dice.random() < 0.04 else dice.choice(SURNAMES)
    return surname + "".join(dice.choice(GIVEN) for _ in range(1 if dice.random() < 0.3 else 2))


def _english(dice: Random) -> str:
    return f"{dice.choice(FIRST_NAMES)} {dice.choice(LAST_NAMES)}"


def _more(dice: Random, index: int, plate: str, today: date) -> SampleMore:
    """With dice of its own, so that the rest stays as it was."""
    tags = [name for name, _ in TAGS if dice.random() < 0.12] + ([dice.choice(FREE_TAGS)] if dice.random() < 0.08 else [])
    bought = today - timedelta(days=dice.randint(100, 2500))
    insured = today + timedelta(days=dice.randint(-40, 325))
    number = "".join(dice.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(5 if len(plate) == 2 else 6))
    plate = f"{plate}{dice.choice('ABCEFGHJ')}{number[1:]}" if len(plate) == 1 else f"{plate}{number}"
    vin = "L" + "".join(dice.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(16))
    return SampleMore(
        code=f"HC-{10_000 + index}",
        role=dice.choice(ROLES),
        email=f"customer{index}@example.com" if dice.random() < 0.4 else "",
        tags=tuple(tags),
        agrees_to_calls=dice.choice((True, True, False, None, None)),
        do_not_call=dice.random() < 0.03,
        dealer=dice.choice(DEALERS),
        vehicle=SampleVehicle(dice.choice(CARS), plate, vin, bought, insured) if dice.random() < 0.15 else None,
    )


def _asset(dice: Random, index: int, place: int, today: date) -> SampleAsset:
    category, series = dice.choice(CATEGORIES)
    bought = today - timedelta(days=dice.randint(5, 8 * 365))
    years = dice.choice((1, 3, 6))
    model = f"{series}-{dice.choice((35, 50, 72, 258, 320, 510))}{dice.choice('ABGW')}{dice.randint(1, 9)}"
    serial = f"HC{bought:%y%m}{index:04d}{place}{dice.randint(1000, 9999)}"
    return SampleAsset(category, model, serial, bought, bought + timedelta(days=365 * years))
