"""The sample business's articles, as plain values: what its agents look up, in Chinese and English. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """An article. Queues by code; `draft`: not yet published."""

    title: str
    language: str
    category: str
    body: str
    customer_part: str = ""
    keywords: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    draft: bool = False


TROUBLE: Mapping[str, str] = {"zh-CN": "故障排除", "en": "Trouble"}
RULES: Mapping[str, str] = {"zh-CN": "服务规定", "en": "Rules"}
REPAIR, PRODUCT, COMPLAINTS = ("repair",), ("product",), ("complaints",)
PRESSED_REPAIR, PRESSED_PRODUCT, PRESSED_COMPLAINTS = ("menu=1",), ("menu=2",), ("menu=3",)

ARTICLES = (
    SampleArticle(
        "洗衣机漏水怎么办",
        "zh-CN",
        TROUBLE["zh-CN"],
        "## 先问\n\n- 水从**前面**、**后面**还是**下面**出来？\n- 什么时候漏：进水、洗涤还是排水？\n\n## 判断\n\n"
        "| 位置 | 多半是 | 怎么办 |\n|---|---|---|\n| 前面 | 门封夹了异物 | 电话指导清洁 |\n| 后面 | 进水管接头松动 | 电话指导拧紧 |\n"
        "| 下面 | 排水泵过滤器没拧紧 | 电话指导；仍漏就预约上门 |\n\n> 地上有水时不要让客户碰插头，先关总闸。",
        "1. 先关水龙头，再拔电源。地面有水时不要碰插头，先关总电闸。\n2. 用干布擦净门封一圈，取出夹住的东西。\n"
        "3. 检查机后进水管两端，用手拧紧。\n4. 打开右下角小门，把过滤器顺时针拧到底。\n\n"
        "还漏水？请拨打 [400-800-5678](tel:4008005678) 预约上门。",
        ("渗水", "滴水", "门封", "进水管"),
        REPAIR,
        ("洗衣机", "HC-XQG"),
        choices=PRESSED_REPAIR,
    ),
    SampleArticle(
        "洗衣机不脱水或脱水声音大",
        "zh-CN",
        TROUBLE["zh-CN"],
        "## 常见原因\n\n1. 衣物缠在一边：程序自己停三次后亮 `E3`。\n2. 没有调平，或运输螺栓没有拆。\n3. 排水不畅：先看过滤器。\n\n"
        "新装七天内声音大，**先问运输螺栓**，十次里有六次是它。",
        "1. 打开门，把衣物抖散摊匀，少放几件再试。\n2. 新机器请确认后面四个运输螺栓已经拆下。\n3. 轻推机器四角，晃动就调节底脚。",
        ("甩干", "震动", "噪音", "E3", "运输螺栓"),
        REPAIR,
        ("洗衣机",),
        choices=PRESSED_REPAIR,
    ),
    SampleArticle(
        "空调不制冷",
        "zh-CN",
        TROUBLE["zh-CN"],
        "## 按顺序问\n\n1. 模式是不是**制冷**（雪花），温度是不是比室温低？\n2. 过滤网上次什么时候洗的？\n"
        "3. 室外机转不转，前面有没有东西挡住？\n\n"
        "室外机不转、管子结霜，或用了三年以上从未加氟：预约上门。",
        "1. 遥控器按到雪花标志，温度设为 24 ℃。\n2. 关机，打开面板，取下过滤网用清水冲洗，晾干装回。\n3. 室外机前后 50 厘米内不要放东西。",
        ("制冷效果差", "不冷", "加氟", "过滤网"),
        REPAIR,
        ("空调", "HC-KFR"),
        choices=PRESSED_REPAIR,
    ),
    SampleArticle(
        "热水器打不着火（E1、E2）",
        "zh-CN",
        TROUBLE["zh-CN"],
        "`E1` 点火失败，`E2` 水压不足。\n\n- **闻到燃气味**：让客户关阀、开窗、不动任何开关，离开后拨打燃气公司，我们同时报 *紧急*。\n"
        "- 其他热水龙头也小：水压问题，不派单。\n- 新换气表或气罐：先排空气，多试三次。",
        "**闻到燃气味，请马上关阀门、开窗，不要碰任何开关，离开房间后再打电话。**\n\n1. 确认燃气阀门已打开。\n"
        "2. 把水龙头开到最大再试。\n3. 换电池（电池盒在机身底部）。",
        ("点火", "燃气", "煤气", "打火", "水压"),
        REPAIR,
        ("热水器", "HC-JSQ"),
        choices=PRESSED_REPAIR,
    ),
    SampleArticle(
        "冰箱结霜、冷藏室结冰",
        "zh-CN",
        TROUBLE["zh-CN"],
        "多数是门没关严。让客户夹一张纸试门封：**能抽动就是门封**。冷藏室后壁有水珠是正常的，不用派单。",
        "1. 门缝夹一张纸，能轻易抽出，说明门封要清洁或更换。\n2. 热的食物放凉再放进去。\n3. 冷藏室调到 4 ℃，不要更低。",
        ("结冰", "门封", "温度"),
        REPAIR,
        ("冰箱", "HC-BCD"),
        choices=PRESSED_REPAIR,
    ),
    SampleArticle(
        "保修期与收费标准",
        "zh-CN",
        RULES["zh-CN"],
        "| 产品 | 整机 | 主要部件 |\n|---|---|---|\n| 洗衣机、冰箱 | 1 年 | 3 年 |\n| 空调 | 6 年 | 6 年 |\n"
        "| 热水器、油烟机 | 1 年 | 3 年 |\n\n"
        "- 从**发票日期**起算；没有发票按出厂日期加三个月。\n- 超出保修：上门费 50 元，配件另计，**先报价后维修**。",
        "- 空调整机保修 6 年；洗衣机、冰箱、热水器、油烟机整机 1 年，主要部件 3 年。\n- 从发票日期起算，请保留发票。\n"
        "- 超出保修期，上门费 50 元，配件先报价后维修。",
        ("三包", "保修", "收费", "上门费", "发票"),
        ("repair", "product", "complaints"),
        choices=PRESSED_REPAIR,
    ),
    SampleArticle(
        "油烟机怎么清洗",
        "zh-CN",
        "使用保养",
        "推荐每月清洗油杯、每三个月洗一次滤网。**不要**让客户自己拆电机。每年一次的上门深度清洗 128 元，贵宾一年一次免费。",
        "1. 关电源，冷却十分钟。\n2. 取下油杯和滤网，用 60 ℃ 温水加洗洁精泡二十分钟。\n3. 擦干装回。电机和风轮请交给我们的师傅。",
        ("清洁", "滤网", "油杯", "保养"),
        PRODUCT,
        ("油烟机", "HC-CXW"),
        choices=PRESSED_PRODUCT,
    ),
    SampleArticle(
        "洗衣机选购：几公斤合适",
        "zh-CN",
        "产品介绍",
        "两口之家 7 公斤，三四口 9 公斤，要洗被子 10 公斤起。**HC-XQG 系列**热泵烘干每次比老款省电约一半。以旧换新抵 300 元，活动到月底。",
        "- 两口之家：7 公斤\n- 三到四口：9 公斤\n- 常洗被子：10 公斤以上\n\n以旧换新最高抵 300 元，详见门店。",
        ("容量", "推荐", "以旧换新", "烘干"),
        PRODUCT,
        ("洗衣机",),
        choices=PRESSED_PRODUCT,
    ),
    SampleArticle(
        "投诉受理与升级",
        "zh-CN",
        RULES["zh-CN"],
        "1. 先听完，**不打断、不辩解**，复述一遍确认。\n2. 说明：24 小时内专人回电，三天内给方案。\n"
        "3. 涉及人身伤害、媒体、第三次投诉：立即*请求帮助*给主管。\n\n不承诺赔偿金额。",
        "您的投诉我们已经受理：24 小时内有专人给您回电，三天内给出处理方案。",
        ("升级", "赔偿", "不满意", "退货"),
        COMPLAINTS,
        choices=PRESSED_COMPLAINTS,
    ),
    SampleArticle(
        "贵宾客户：优先上门与备用机",
        "zh-CN",
        RULES["zh-CN"],
        "贵宾：四小时内上门，维修超过两天提供备用机（冰箱、洗衣机）。在派单备注写 **VIP**。",
        "作为贵宾客户，您可享受四小时内上门；维修超过两天，我们提供备用机。",
        ("VIP", "备用机", "优先"),
        ("repair", "complaints"),
        classes=("vip",),
    ),
    SampleArticle(
        "Washing machine leaks",
        "en",
        TROUBLE["en"],
        "## Ask first\n\n- Does the water come from the **front**, the **back** or **below**?\n- When: filling, washing or draining?\n\n"
        "| Where | Mostly | What to do |\n|---|---|---|\n| front | something in the door seal | clean it, by telephone |\n"
        "| back | loose hose | tighten it, by telephone |\n"
        "| below | filter of the pump not closed | by telephone, else book a visit |\n\n"
        "> With water on the floor nobody touches the plug: main switch first.",
        "1. Turn the tap off, then unplug. With water on the floor switch the mains off first.\n"
        "2. Wipe the door seal and take out what is caught in it.\n"
        "3. Tighten both ends of the hose by hand.\n4. Open the small door below and turn the filter clockwise as far as it "
        "goes.\n\nStill leaking? "
        "Call [400-800-5678](tel:4008005678).",
        ("water", "hose", "seal", "drip"),
        REPAIR,
        ("洗衣机", "HC-XQG"),
        choices=PRESSED_REPAIR,
    ),
    SampleArticle(
        "Air conditioner does not cool",
        "en",
        TROUBLE["en"],
        "1. Is the mode **cool** (snowflake), and the temperature below that of the room?\n2. When was the filter last washed?\n"
        "3. Does the outdoor unit run, and is it free all round?\n\nOutdoor unit dead or frost on the pipes: book a visit.",
        "1. Choose the snowflake and 24 °C.\n2. Switch off, open the front, rinse the filter, let it dry, put it back.\n"
        "3. Keep 50 cm around the outdoor unit free.",
        ("cooling", "filter", "warm"),
        REPAIR,
        ("空调", "HC-KFR"),
        choices=PRESSED_REPAIR,
    ),
    SampleArticle(
        "Warranty and what a visit costs",
        "en",
        RULES["en"],
        "Air conditioners 6 years; the others 1 year, main parts 3 years, from the **date of the invoice**. Beyond that a visit is "
        "50 yuan; parts are "
        "quoted before they are fitted.",
        "- Air conditioners: 6 years. All others: 1 year, main parts 3 years, from the date of the invoice.\n"
        "- Afterwards a visit costs 50 yuan, and "
        "we quote parts before we fit them.",
        ("guarantee", "price", "invoice", "fee"),
        ("repair", "product", "complaints"),
        choices=PRESSED_REPAIR,
    ),
    SampleArticle(
        "Taking a complaint",
        "en",
        RULES["en"],
        "1. Listen to the end, say it back in your own words.\n2. Promise: a call within 24 hours, a proposal within three days.\n"
        "3. Somebody hurt, press, or the third complaint: *ask for help* from a lead at once.",
        "We have taken your complaint: somebody will call you within 24 hours, and you will have our proposal within three days.",
        ("escalate", "refund", "unhappy"),
        COMPLAINTS,
        choices=PRESSED_COMPLAINTS,
    ),
    SampleArticle(
        "冰箱换门封的步骤（草稿）",
        "zh-CN",
        TROUBLE["zh-CN"],
        "待技术部确认尺寸表。",
        keywords=("门封", "配件"),
        queues=REPAIR,
        products=("冰箱",),
        draft=True,
    ),
)
