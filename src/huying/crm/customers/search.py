"""How customers are found by typing: the text kept for each, how a typed word is matched with it, and what of a customer it met. No I/O.

The text is made of words between blanks, the name first. Letters and digits of ASCII stand for themselves in lower case, every other
letter for capitals with a digit among them: so one Chinese character is enough for the index of three-letter parts, in every locale.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

MOST_WORDS = 8
SHORT = 2
"""So many letters or digits are looked for at the beginning of words only."""
LOCAL = 4
"""So many digits make a number at its place. A longer one that begins with 0 is also looked for without it: numbers are kept in E.164."""
COUNTRY = "86"
"""Numbers are kept with it and said without."""
MOST_BEGINNINGS = 4
FIRST_USUAL = 0x4E00
"""From here on are the usual Chinese characters, whose codes are the shortest."""
SURNAMES = {
    **{"单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "曾": "zeng", "盖": "ge", "任": "ren", "翟": "zhai", "缪": "miao"},
    **{
        "朴": "piao",
        "覃": "qin",
        "乐": "yue",
        "冼": "xian",
        "召": "shao",
        "种": "chong",
        "繁": "po",
        "员": "yun",
        "折": "she",
        "华": "hua",
    },
}
"""Characters that are read otherwise as surnames than in words."""


@dataclass(frozen=True, slots=True)
class Findable:
    """What a customer can be found by, as it is shown. Numbers in E.164."""

    name: str
    company: str = ""
    code: str = ""
    numbers: tuple[str, ...] = ()
    plates: tuple[str, ...] = ()
    serials: tuple[str, ...] = ()
    vins: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a typed word met: name, pinyin, initials, number, plate, serial, vin, code, company or email, and its text."""

    kind: str
    text: str


@lru_cache(maxsize=16_384)
def _syllables(word: str) -> tuple[str, ...]:
    """How a word is read, without tones."""
    return tuple(lazy_pinyin(word, style=Style.NORMAL))


@lru_cache(maxsize=16_384)
def initials(name: str) -> str:
    """The first letters of a name in lower case: of each syllable for Chinese (海川 -> hc), of each word for others (John Smith -> js)."""
    letters: list[str] = []
    for word in name.split():
        if any(_is_chinese(character) for character in word):
            letters += [syllable[:1] for syllable in _syllables(word)]
        else:
            letters.append(word[:1])
    return "".join(letter for letter in letters if letter.isalnum()).lower()


@lru_cache(maxsize=16_384)
def full_pinyin(name: str) -> str:
    """The whole pinyin without tones or spaces in lower case; other letters stay."""
    return "".join(_syllables(name)).replace(" ", "").lower()


def index_text(found_by: Findable) -> str:
    """The text by which a customer is found: blank, words, blank."""
    words = [word for _, _, word in _words(found_by)]
    return f" {' '.join(dict.fromkeys(words))} "


def search_text(*names: str) -> str:
    """Names, their pinyin and initials in lower case: what short lists are searched in, with `like_pattern`."""
    parts: list[str] = []
    for name in filter(None, names):
        parts += [name.lower(), *_sounds(name)]
    return " ".join(dict.fromkeys(parts))


def folded(text: str) -> str:
    """The form in which letters are compared: lower case, no accents, no points between names, one width."""
    plain = unicodedata.normalize("NFKD", text).lower()
    return "".join(one for one in plain if one.isascii() or one.isalnum())


def encoded(text: str) -> str:
    """A folded text in ASCII: letters beyond it as capitals with a digit among them."""
    return "".join(one if one.isascii() else _code(ord(one)) for one in folded(text))


def words_typed(typed: str) -> list[tuple[str, ...]]:
    """The words typed, each as the forms it may have in the text. Empty when there is nothing to look for."""
    found: list[tuple[str, ...]] = []
    for word in typed.split():
        forms = [encoded(word)]
        digits = "".join(one for one in forms[0] if one.isdigit())
        if _like_number(word, digits):
            national = digits.lstrip("0")
            forms = [digits, national, *forms] if len(digits) > len(national) > LOCAL else [digits, *forms]
        forms = [form for form in dict.fromkeys(forms) if any(one.isalnum() for one in form)]
        if forms:
            found.append(tuple(forms))
    return found[:MOST_WORDS]


def patterns(words: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """LIKE patterns that all must be met, each with its alternatives. Short words are looked for at the beginning of words."""
    return [[f"%{literal(form)}%" if len(form) > SHORT else f"% {literal(form)}%" for form in forms] for forms in words]


def near_patterns(words: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """The same at the beginning of words alone; of numbers as people say them, without the country."""
    found: list[list[str]] = []
    for forms in words:
        met = [f"% {literal(form)}%" for form in forms]
        met += [f"% {COUNTRY}{form}%" for form in forms if form.isdecimal() and len(form) > LOCAL]
        found.append(met)
    return found


def beginnings(typed: str) -> list[str]:
    """What a name, its pinyin or its initials begin with when this is typed, in parts or not, in either order, in characters or pinyin."""
    words = typed.split()
    joined = ["".join(words), "".join(reversed(words))]
    forms = [encoded(one) for one in joined]
    if len(words) > 1:
        forms += [encoded(full_pinyin(one)) for one in joined if _any_chinese(one) and not all(map(_is_chinese, one))]
    return [form for form in dict.fromkeys(forms) if any(one.isalnum() for one in form)][:MOST_BEGINNINGS]


def ending_patterns(words: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """The same where numbers end so, as people say them (the last four digits); empty when no word is of four digits and more."""
    endings = [[form.isdecimal() and len(form) >= LOCAL for form in forms] for forms in words]
    if not any(map(any, endings)):
        return []
    return [
        [f"%{literal(form)} %" if ends else pattern for form, ends, pattern in zip(forms, marks, usual, strict=True)]
        for forms, marks, usual in zip(words, endings, patterns(words), strict=True)
    ]


def keys_of(name: str) -> tuple[str, str, str]:
    """The name, its pinyin and its initials as one word each: what their beginnings are looked for in."""
    sounds = (full_pinyin(name), initials(name)) if _any_chinese(name) else ("", "")
    return (encoded("".join(name.split())), *sounds)


def closeness(found_by: Findable, words: Sequence[tuple[str, ...]]) -> int:
    """How close the customer is to what was typed: 0 whole words, 1 their beginnings, 2 any part; that of the word that is met worst."""
    known = {word for _, _, word in _words(found_by)}
    return max((min((_closeness(word, form) for word in known for form in forms if form in word), default=3) for forms in words), default=3)


def matches(found_by: Findable, words: Sequence[tuple[str, ...]]) -> list[Match]:
    """What of the customer the words met: the best for each word, whole words before beginnings before parts."""
    met: list[Match] = []
    known = list(_words(found_by))
    for forms in words:
        best = min(
            ((_closeness(word, form), place) for place, (_, _, word) in enumerate(known) for form in forms if form in word),
            default=None,
        )
        if best is not None:
            kind, text, _ = known[best[1]]
            met.append(Match(kind, text))
    return list(dict.fromkeys(met))


def like_pattern(typed: str) -> str:
    """A LIKE pattern that finds the typed text anywhere; the typed text's own wildcards are taken literally (escape `\\`)."""
    return f"%{literal(typed.strip().lower())}%"


def literal(text: str) -> str:
    """A text in a LIKE pattern that stands for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _words(found_by: Findable) -> Iterable[tuple[str, str, str]]:
    """(kind, what is shown, word in the text)"""
    for kind, name in (("name", found_by.name), ("company", found_by.company)):
        words = name.split()
        yield from ((kind, name, encoded(word)) for word in (words if len(words) < 2 else [*words, "".join(words)]))
        for number, sound in enumerate(_sounds(name)):
            yield (
                "company" if kind == "company" else "initials" if number % 2 or not _any_chinese(name) else "pinyin",
                name,
                encoded(sound),
            )
    for e164 in found_by.numbers:
        yield "number", e164, e164.lstrip("+")
    many = (("plate", found_by.plates), ("serial", found_by.serials), ("vin", found_by.vins), ("email", found_by.emails))
    for kind, texts in (*many, ("code", (found_by.code,))):
        for text in texts:
            for form in dict.fromkeys((encoded("".join(text.split())), _alnum(encoded(text)))):
                if form:
                    yield kind, text, form


def _sounds(name: str) -> list[str]:
    """Pinyin and initials in turn, of each reading; initials alone where there is nothing Chinese."""
    if not _any_chinese(name):
        return [initials(name)] if len(name.split()) > 1 else []
    readings = [(full_pinyin(name), initials(name))]
    surname = SURNAMES.get(name[:1])
    if surname and not readings[0][0].startswith(surname):
        readings.append((surname + full_pinyin(name[1:]), surname[0] + initials(name[1:])))
    return [sound for reading in readings for sound in reading]


def _like_number(word: str, digits: str) -> bool:
    """Is this a telephone number or a part of one, as people write it?"""
    return bool(digits) and all(one.isdigit() or one in "+-()." for one in word)


def _closeness(word: str, form: str) -> int:
    ends = form.isdecimal() and len(form) >= LOCAL and word.endswith(form)
    return 0 if word == form else 1 if ends or word.startswith(form) else 2


def _alnum(text: str) -> str:
    return "".join(one for one in text if one.isalnum())


def _code(point: int) -> str:
    """A capital of A to I, digits, two capitals of J to Z: of that form nothing else is, and it is met from its beginning alone."""
    usual = FIRST_USUAL <= point < FIRST_USUAL + 26_010
    number, letters = point - FIRST_USUAL if usual else point, ""
    for _ in range(2):
        number, letter = divmod(number, 17)
        letters = chr(74 + letter) + letters
    first, digits = divmod(number, 10 if usual else 10_000)
    return f"{chr(65 + first)}{digits}{letters}" if usual else f"{chr(65 + first)}{digits:04d}{letters}"


def _any_chinese(text: str) -> bool:
    return any(_is_chinese(character) for character in text)


def _is_chinese(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"
