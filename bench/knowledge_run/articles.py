"""Articles of a made-up appliance maker, put together by lot from a word list: half Chinese, some English; the same for the same seed."""

from __future__ import annotations

from random import Random

from huying.crm.knowledge.content import Content


def _words(written: str) -> tuple[str, ...]:
    return tuple(written.split())


THINGS = _words("""
    洗衣机 冰箱 空调 热水器 油烟机 电视机 微波炉 洗碗机 净水器 扫地机器人 电饭煲 烤箱 空气净化器 除湿机
    消毒柜 电磁炉 豆浆机 吸尘器 投影仪 智能门锁 电风扇 取暖器 加湿器 咖啡机 燃气灶
""")
TROUBLES = _words("""
    漏水 不脱水 不制冷 不启动 噪音大 异味 结霜 打不着火 显示错误代码 遥控器失灵 漏电 跳闸 无法联网 自动关机
    不进水 门打不开 温度不准 排水不畅 震动 屏幕不亮 按键失灵 不加热 风量小 滤网堵塞 水压不足
""")
FORMS = ("{0}{1}怎么办", "{0}{1}的处理步骤", "{0}{1}：电话指导", "{0}出现{1}时如何判断", "客户反映{0}{1}", "{0}{1}常见原因")
PARTS = _words("""
    排水泵 过滤器 进水管 门封 压缩机 冷凝器 主控板 电源线 传感器 电机 风机 水箱 阀门 点火针 热敏电阻 显示板
    电容 变压器 保险丝 螺栓 底脚 接头 密封圈 蒸发器 四通阀 电磁阀 水泵 滤芯 内胆 镁棒 喷嘴 支架 皮带 轴承
""")
ACTS = _words("检查 清洁 更换 拧紧 拆下 复位 关闭 打开 测量 记录 预约 确认 解释 道歉 登记 升级 报价 拍照")
RULES = _words("保修期 发票 上门费 配件 三包 退货 换货 赔偿 投诉 回访 贵宾 延保 以旧换新 备用机 安装 收费标准 人为损坏")
ENGLISH_THINGS = ("washing machine", "refrigerator", "air conditioner", "water heater", "cooker hood", "television", "dishwasher", "oven")
ENGLISH_TROUBLES = ("leaks", "does not spin", "does not cool", "makes noise", "smells", "shows an error", "will not start", "heats slowly")
ENGLISH_WORDS = _words("""
    check clean replace tighten remove reset close open measure note book confirm filter hose pump seal compressor board
    cable sensor motor fan tank valve fuse bolt foot ring warranty invoice visit price part complaint refund delivery
""")


def article(dice: Random, number: int) -> Content:
    """One article; every twentieth word or so is a rare one of its own."""
    return _english(dice, number) if dice.random() < 0.25 else _chinese(dice, number)


def model(dice: Random) -> str:
    """A model's name or an error code."""
    return f"HC-{dice.choice('ABDKLX')}{dice.randint(100, 9999)}" if dice.random() < 0.5 else f"E{dice.randint(1, 99)}"


def _chinese(dice: Random, number: int) -> Content:
    thing, trouble = dice.choice(THINGS), dice.choice(TROUBLES)
    title = dice.choice(FORMS).format(thing, trouble) + (f"（{model(dice)}）" if dice.random() < 0.4 else "")
    lines = [_sentence(dice, thing) for _ in range(dice.randint(6, 16))]
    body = f"## {trouble}\n\n" + "\n".join(f"{place}. {line}" for place, line in enumerate(lines, 1)) + f"\n\n编号 K{number:06d}"
    keywords = tuple(dice.sample((*TROUBLES, *PARTS, *RULES), 4))
    return Content(title, body, "zh-CN", _sentence(dice, thing), dice.choice(RULES), keywords, products=(thing,))


def _sentence(dice: Random, thing: str) -> str:
    act, part, rule, trouble = dice.choice(ACTS), dice.choice(PARTS), dice.choice(RULES), dice.choice(TROUBLES)
    kinds = (
        f"{act}{thing}的**{part}**，看是否{trouble}。",
        f"若仍然{trouble}，请{act}{part}并记录型号 {model(dice)}。",
        f"向客户说明{rule}，必要时{act}{part}。",
    )
    return dice.choice(kinds)


def _english(dice: Random, number: int) -> Content:
    thing, trouble = dice.choice(ENGLISH_THINGS), dice.choice(ENGLISH_TROUBLES)
    title = f"{thing.capitalize()} {trouble}" + (f" ({model(dice)})" if dice.random() < 0.4 else "")
    lines = [" ".join(dice.choices(ENGLISH_WORDS, k=9)) + f" the {thing}." for _ in range(dice.randint(5, 12))]
    body = "\n".join(f"- {line}" for line in lines) + f"\n\nNumber K{number:06d}"
    return Content(title, body, "en", lines[0], "Trouble", tuple(dice.sample(ENGLISH_WORDS, 3)), products=(thing,))
