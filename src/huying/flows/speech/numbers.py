"""Numbers as words of the prompt catalogue, in Chinese and English. Decides which words in which order, not how they sound.

Chinese: 二 in 十 and 百, 两 before 千, 万, 亿 and, when `counted`, before a measure word; one 零 for a gap between digits, none for
zeros at the end of a group of four; 十 alone at the start but 一十 inside (一百一十). English: no "and" inside a number.
"""

from __future__ import annotations

from decimal import Decimal

MOST = 10**12 - 1
ENGLISH_GROUPS = ((10**9, "num.billion"), (10**6, "num.million"), (10**3, "num.thousand"))


def number(value: int, language: str, *, counted: bool = False) -> tuple[str, ...]:
    """The words of a whole number. `counted`: a measure word follows (两位, 两分钟). Beyond ±999 999 999 999 digit by digit."""
    if value < 0:
        return ("num.minus", *number(-value, language, counted=counted))
    if value > MOST:
        return digits(str(value), language)
    if not language.startswith("zh"):
        return tuple(_english(value))
    return ("num.liang",) if counted and value == 2 else tuple(_chinese(value))


def decimal(value: Decimal, language: str) -> tuple[str, ...]:
    """The words of a number with a fraction; the fraction is read digit by digit, without zeros at its end."""
    if value < 0:
        return ("num.minus", *decimal(-value, language))
    whole, _, fraction = format(value, "f").partition(".")
    words = number(int(whole), language)
    fraction = fraction.rstrip("0")
    return (*words, "num.point", *digits(fraction, language)) if fraction else words


def digits(text: str, language: str, *, telephone: bool = False) -> tuple[str, ...]:
    """The keys 0-9, * and # of the text one by one; other characters are passed over. `telephone`: the Chinese 1 is 幺."""
    one = "digit.yao" if telephone and language.startswith("zh") else "num.1"
    special = {"1": one, "*": "key.star", "#": "key.hash"}
    return tuple(special.get(sign, f"num.{sign}") for sign in text if sign in "0123456789*#")


def _english(value: int) -> list[str]:
    if value == 0:
        return ["num.0"]
    words: list[str] = []
    for size, name in ENGLISH_GROUPS:
        count, value = divmod(value, size)
        if count:
            words += [*_english_group(count), name]
    return words + _english_group(value)


def _english_group(value: int) -> list[str]:
    hundreds, rest = divmod(value, 100)
    return ([f"num.{hundreds}00"] if hundreds else []) + ([f"num.{rest}"] if rest else [])


def _chinese(value: int) -> list[str]:
    if value < 100:
        return [f"num.{value}"]
    words: list[str] = []
    for size, name in ((10**8, "num.yi"), (10**4, "num.wan"), (1, "")):
        group, value = divmod(value, size)
        if not group:
            continue
        if words and group < 1000:
            words.append("num.0")
        words += _chinese_group(group, inner=bool(words), multiplies=bool(name)) + ([name] if name else [])
    return words


def _chinese_group(value: int, *, inner: bool, multiplies: bool) -> list[str]:
    """One group of up to four digits. `inner`: something stands before it; `multiplies`: 万 or 亿 follows."""
    if value == 2 and multiplies:
        return ["num.liang"]
    words: list[str] = []
    thousands, value = divmod(value, 1000)
    hundreds, rest = divmod(value, 100)
    if thousands:
        words.append(f"num.{thousands}000")
    if hundreds:
        words.append(f"num.{hundreds}00")
    if rest:
        if words and (rest < 10 or not hundreds):
            words.append("num.0")
        inside = (inner or words) and 10 <= rest <= 19
        words.append(f"num.inner.{rest}" if inside else f"num.{rest}")
    return words
