"""The words of the readable rule form, English and Chinese: what is understood, and what is written. Pure."""

from __future__ import annotations

import re

QUOTED = r'"(?:[^"\\\n]|\\.)*"|“[^”\n]*”|「[^」\n]*」'
A_QUOTATION = re.compile(QUOTED)
OPENED = re.compile(r'["“「]')
CUT = re.compile(rf"{QUOTED}|(?P<cut>[;；\n])")
REST = rf"(?P<name>{QUOTED}|[^\n]*)"

SIGN = r"(?P<sign>>=|≥|＞＝|＞=|=>|at\s+least\b|不低于|不少于|至少|==|<=|≤|=|＝|<|>|＜|＞)"
RIGHT_SIGNS = re.compile(r">=|≥|＞＝|＞=|=>|at\s+least|不低于|不少于|至少", re.I)
SKILL_NAME = rf'(?P<name>{QUOTED}|[^"“「<>=≥≤＜＞＝\n;；]+?)?'


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


SPACE = re.compile(r"[\s,，]*")
COMMENT = re.compile(r"#|//")
WHEN = _words(r"(?:when|if)\b|当|如果")
CONDITION = _words(
    rf'\s*(?P<key>{QUOTED}|[^"“「<>=≥＝:：\n]+?)\s*(?:\bis\b|为|是|==|=|＝)\s*(?P<value>{QUOTED}|[^:："“「\n]+?)\s*(?=\band\b|且|并且|和|[:：])'
)
AND = _words(r"\s*(?:\band\b|并且|且|和)\s*")
COLON = re.compile(r"\s*[:：]")
AFTER = _words(r"after\s+(?P<number>\d+)\s*(?P<unit>seconds?|secs?|s|minutes?|mins?|m|hours?|h|秒钟?|分钟?|小时)?(?![^\W\d])")
AFTER_CHINESE = _words(
    r"(?:等待?\s*)?(?P<number>\d+)\s*(?P<unit>seconds?|secs?|s|minutes?|mins?|m|hours?|h|秒钟?|分钟?|小时)?\s*(?:以后|之后|后)"
)
MINUTES = re.compile(r"m|分", re.I)
HOURS = re.compile(r"h|小时", re.I)

NEED = _words(rf"{SKILL_NAME}\s*{SIGN}\s*(?P<level>\d+)")
NEED_AGAIN = _words(r"\s*(?:,|，|、|\band\b|且|和|并且)\s*(?=\S)")
ANYONE = _words(
    r"(?:anyone|anybody|everyone)(?:\s+(?:in|of|from)\s+(?:the\s+)?(?:groups?|circle))?(?!\w)|(?:组内)?(?:任何人|任意坐席|任何坐席|所有人)|不限技能"
)
NOT_NEEDED = _words(rf"(?:no\s+(?!\s)|without\s+|不要求\s*|不再要求\s*){REST}")
ADD_GROUP = _words(rf"(?:also|add)\s+(?:the\s+)?group\b\s*{REST}|(?:加|再加|扩大到)\s*组\s*(?P<name2>{QUOTED}|[^\n]*)")
ONLY_GROUP = _words(rf"only\s+(?:the\s+)?group\b\s*{REST}|(?:只限|仅限|只|仅)\s*组\s*(?P<name2>{QUOTED}|[^\n]*)")
OVERFLOW = _words(rf"(?:overflow|move|go)\s+to\s+(?:the\s+)?queue\b\s*{REST}|(?:转|溢出)(?:到|至|入)?\s*队列\s*(?P<name2>{QUOTED}|[^\n]*)")
FORWARD = _words(rf"forward\b(?:\s+to\b)?(?:\s+number\b)?\s*{REST}|(?:转接|转外线)(?:到|至)?\s*(?:号码)?\s*(?P<name2>{QUOTED}|[^\n]*)")
MENU = _words(rf"(?:back\s+to\s+(?:the\s+)?)?menu\b\s*{REST}|(?:返回|回到)?菜单\s*(?P<name2>{QUOTED}|[^\n]*)")
VOICEMAIL = _words(r"(?:to\s+)?voice\s?mail(?!\w)|转?(?:到)?\s*(?:语音信箱|语音留言|留言)")
CALLBACK = _words(r"(?:to\s+)?call\s?back(?!\w)|转?(?:到)?\s*(?:回拨|回呼)")
GOODBYE = _words(r"goodbye(?!\w)|hang\s+up(?!\w)|结束通话|挂断|再见")

KEYS = {
    "language": ("language", "语言"),
    "customer_class": ("customer class", "客户等级"),
    "region": ("region", "地区"),
    "number_called": ("number called", "被叫号码"),
    "menu_choice": ("menu choice", "按键"),
    "entry_point": ("entry point", "入口"),
    "channel": ("channel", "渠道"),
}
"""Attributes with words of their own: key -> English, Chinese. Other keys are written as they are."""

WRITTEN = {
    "when": ("when {0}: ", "当 {0}："),
    "is": ("{0} is {1}", "{0} 为 {1}"),
    "and": (" and ", " 且 "),
    "after_seconds": ("after {0} s ", "{0} 秒后 "),
    "after_minutes": ("after {0} min ", "{0} 分钟后 "),
    "need": ("{0} >= {1}", "{0} >= {1}"),
    "not_needed": ("no {0}", "不要求 {0}"),
    "anyone": ("anyone in the group", "组内任何人"),
    "add_group": ("also group {0}", "加组 {0}"),
    "only_group": ("only group {0}", "只限组 {0}"),
    "overflow": ("overflow to queue {0}", "转队列 {0}"),
    "voicemail": ("voicemail", "语音信箱"),
    "callback": ("callback", "回拨"),
    "goodbye": ("goodbye", "结束通话"),
    "forward": ("forward to {0}", "转接 {0}"),
    "menu": ("menu {0}", "菜单 {0}"),
}
"""What is written: English, Chinese."""
