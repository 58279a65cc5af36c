"""Amounts in yuan as words of the prompt catalogue: 元, 角, 分 in Chinese, a decimal number of yuan in English."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from huying.flows.speech.numbers import decimal, number

CENT = Decimal("0.01")


def money(amount: Decimal, language: str) -> tuple[str, ...]:
    """The amount, rounded to 分: 12.05 is 十二元零五分; twelve point zero five yuan."""
    amount = amount.quantize(CENT, ROUND_HALF_UP)
    if amount < 0:
        return ("num.minus", *money(-amount, language))
    if not language.startswith("zh"):
        return (*decimal(amount, language), "money.yuan")
    yuan, cents = divmod(int(amount * 100), 100)
    jiao, fen = divmod(cents, 10)
    words: list[str] = []
    if yuan or not cents:
        words += [*number(yuan, language, counted=True), "money.yuan"]
    if jiao:
        words += [*number(jiao, language, counted=True), "money.jiao"]
    if fen:
        words += [*(["num.0"] if yuan and not jiao else []), *number(fen, language, counted=True), "money.fen"]
    return tuple(words)
