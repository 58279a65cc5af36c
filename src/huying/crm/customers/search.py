"""How customers are found by typing: the text kept beside each customer, and how a typed word is matched with it. No I/O."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin


def initials(name: str) -> str:
    """The first letters of a name in lower case: of each syllable for Chinese (海川 -> hc), of each word for others (John Smith -> js)."""
    letters: list[str] = []
    for word in name.split():
        if any(_is_chinese(character) for character in word):
            letters += [syllable[:1] for syllable in lazy_pinyin(word, style=Style.NORMAL)]
        else:
            letters.append(word[:1])
    return "".join(letter for letter in letters if letter.isalnum()).lower()


def full_pinyin(name: str) -> str:
    """The whole pinyin without tones or spaces in lower case; other letters stay."""
    return "".join(lazy_pinyin(name, style=Style.NORMAL)).replace(" ", "").lower()


def search_text(name: str, company: str = "") -> str:
    """What a customer can be found by besides numbers and serials: name, company, their pinyin and initials, in lower case."""
    parts = [name, company]
    for text in (name, company):
        if any(_is_chinese(character) for character in text):
            parts.append(full_pinyin(text))
        if text:
            parts.append(initials(text))
    return " ".join(dict.fromkeys(part.strip().lower() for part in parts if part.strip()))


def like_pattern(typed: str) -> str:
    """A LIKE pattern that finds the typed text anywhere; the typed text's own wildcards are taken literally (escape `\\`)."""
    escaped = typed.strip().lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _is_chinese(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"
