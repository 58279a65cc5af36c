"""The words that figures are spoken with: numbers, days, hours, units. Decides their texts; huying.flows.speech decides their order."""

from __future__ import annotations

ZH, EN = "zh-CN", "en"
Texts = dict[str, str]

ZH_DIGITS = "零一二三四五六七八九"
EN_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
EN_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", *EN_TEENS)
EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
EN_ORDINALS = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth", 20: "twentieth", 30: "thirtieth"}
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

ONE_WORDS: dict[str, Texts] = {
    "num.liang": {ZH: "两"},
    "num.wan": {ZH: "万"},
    "num.yi": {ZH: "亿"},
    "num.hundred": {EN: "hundred"},
    "num.thousand": {EN: "thousand"},
    "num.million": {EN: "million"},
    "num.billion": {EN: "billion"},
    "num.oh": {EN: "oh"},
    "num.minus": {ZH: "负", EN: "minus"},
    "num.point": {ZH: "点", EN: "point"},
    "digit.yao": {ZH: "幺"},
    "key.star": {ZH: "星号", EN: "star"},
    "key.hash": {ZH: "井号", EN: "pound"},
    "date.year": {ZH: "年"},
    "time.dawn": {ZH: "凌晨"},
    "time.early": {ZH: "早上"},
    "time.morning": {ZH: "上午"},
    "time.noon": {ZH: "中午"},
    "time.afternoon": {ZH: "下午"},
    "time.evening": {ZH: "晚上"},
    "time.half": {ZH: "半"},
    "time.minute": {ZH: "分"},
    "time.am": {EN: "A M"},
    "time.pm": {EN: "P M"},
    "duration.second": {EN: "second"},
    "duration.minute": {EN: "minute"},
    "duration.hour": {EN: "hour"},
    "duration.day": {EN: "day"},
    "duration.seconds": {ZH: "秒", EN: "seconds"},
    "duration.minutes": {ZH: "分钟", EN: "minutes"},
    "duration.hours": {ZH: "小时", EN: "hours"},
    "duration.days": {ZH: "天", EN: "days"},
    "money.yuan": {ZH: "元", EN: "yuan"},
    "money.jiao": {ZH: "角"},
    "money.fen": {ZH: "分"},
}


def below_hundred(value: int, language: str) -> str:
    """0 to 99 in words: 零, 十二, 二十; zero, twelve, twenty-three."""
    tens, ones = divmod(value, 10)
    if language == EN:
        return EN_SMALL[value] if value < 20 else EN_TENS[tens] + (f"-{EN_SMALL[ones]}" if ones else "")
    if value < 10:
        return ZH_DIGITS[value]
    return ("" if tens == 1 else ZH_DIGITS[tens]) + "十" + (ZH_DIGITS[ones] if ones else "")


def ordinal(value: int) -> str:
    """1 to 31 in English: first, twenty-second."""
    tens, ones = divmod(value, 10)
    if value in EN_ORDINALS:
        return EN_ORDINALS[value]
    return f"{EN_SMALL[value]}th" if value < 20 else f"{EN_TENS[tens]}-{ordinal(ones)}"


def word_texts() -> dict[str, Texts]:
    """Every word: key -> language -> text."""
    words: dict[str, Texts] = {}
    for value in range(100):
        words[f"num.{value}"] = {ZH: below_hundred(value, ZH), EN: below_hundred(value, EN)}
    for value in range(10, 20):
        words[f"num.inner.{value}"] = {ZH: "一" + below_hundred(value, ZH)}
    for value in range(1, 10):
        words[f"num.{value}00"] = {ZH: f"{ZH_DIGITS[value]}百", EN: f"{EN_SMALL[value]} hundred"}
        words[f"num.{value}000"] = {ZH: f"{'两' if value == 2 else ZH_DIGITS[value]}千"}
        words[f"queue.place.{value}"] = _place(value)
    words["queue.place.10"] = _place(10)
    for value in range(1, 13):
        words[f"month.{value}"] = {ZH: f"{below_hundred(value, ZH)}月", EN: MONTHS[value - 1]}
    for value in range(1, 32):
        words[f"day.{value}"] = {ZH: f"{below_hundred(value, ZH)}号", EN: ordinal(value)}
    for value in range(1, 8):
        words[f"weekday.{value}"] = {ZH: f"星期{'一二三四五六日'[value - 1]}", EN: WEEKDAYS[value - 1]}
    for value in range(13):
        words[f"hour.{value}"] = {ZH: f"{'两' if value == 2 else below_hundred(value, ZH)}点"}
    return words | ONE_WORDS


def _place(value: int) -> Texts:
    return {ZH: f"您目前排在第{below_hundred(value, ZH)}位。", EN: f"You are number {below_hundred(value, EN)} in the queue."}
