"""The words by which articles are found, in Chinese and English: those of a text, and those of what is typed. No I/O.

Chinese is cut into words (what is typed: so that they need not stand together) and into all pairs of neighbouring characters (texts: so
that no word is missed which the cutting saw otherwise there). English words stand as written and by their stem. Titles also have pinyin
and initials, from the beginning of each of their words on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from huying.crm.customers.search import folded, full_pinyin, initials

MOST_POSITIONS = 16_000
"""PostgreSQL knows no later ones."""
MOST_WORDS = 12
SHORT = 2
"""So few letters are taken for a beginning in titles and keywords alone: too much else begins with them."""
RUNS = re.compile(r"[a-z0-9]+(?:[.\-_/][a-z0-9]+)*|[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\W_]+")
STOP_ENGLISH = """
    a an and are as at be by do does for from how i in is it my of on or s t the this to was what when where why with you your
"""
STOP_CHINESE = """
    的 了 不 吗 呢 吧 啊 呀 是 在 我 我的 你 您 他 她 它 和 与 及 也 就 都 怎么 怎么办 怎样 如何 什么 为什么 请问 一个 这个 那个 有 没有
"""
STOP = frozenset(STOP_ENGLISH.split()) | frozenset(STOP_CHINESE.split())
"""Words that say nothing of what is looked for."""
VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Queries:
    """What is asked of PostgreSQL: of titles and keywords, of the whole text, and of the whole text when any word is enough."""

    head: str
    document: str
    any_word: str


def words(text: str) -> list[str]:
    """The words of a text in the order in which they stand, as a person would count them."""
    found: list[str] = []
    for run in RUNS.findall(folded_text(text)):
        found += [run] if not is_chinese(run[0]) else [word for word in rjieba.cut(run, False) if word.strip()]
    return found


def typed_words(typed: str) -> list[str]:
    """The words typed that are worth looking for; all of them when none is."""
    every = list(dict.fromkeys(words(typed)))
    return ([word for word in every if word not in STOP] or every)[:MOST_WORDS]


def vector(*texts: str) -> str:
    """The words of texts as PostgreSQL's tsvector writes them."""
    lexemes: dict[str, list[int]] = {}
    position = 0
    for text in texts:
        for run in RUNS.findall(folded_text(text)):
            for forms in _lexemes(run):
                position = min(position + 1, MOST_POSITIONS)
                for form in forms:
                    lexemes.setdefault(form, []).append(position)
    return _written(lexemes)


def title_vector(title: str, *others: str) -> str:
    """The words of a title (and of keywords), with pinyin and initials from each word of them on."""
    sounds = [sound for text in (title, *others) for sound in _sounds(text)]
    return " ".join(filter(None, (vector(title, *others), _written({sound: [MOST_POSITIONS] for sound in dict.fromkeys(sounds)}))))


def queries(typed: str) -> Queries | None:
    """What to look for; None when nothing was typed that could be found."""
    wanted = typed_words(typed)
    if not wanted:
        return None
    head, document = ([_query(word, in_head=in_head) for word in wanted] for in_head in (True, False))
    return Queries(" & ".join(head), " & ".join(document), " | ".join(document) if len(wanted) > 1 else "")


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """An English word without its usual endings: leaks, leaked and leaking are leak. Others stay."""
    if not word.isascii() or not word.isalpha():
        return word
    for ending, least, instead in (("ies", 5, "y"), ("ing", 6, ""), ("ed", 5, ""), ("es", 5, ""), ("s", 4, "")):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss") and VOWELS & set(rest):
            rest += instead
            return rest[:-1] if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "ls" and not instead else rest.rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


def folded_text(text: str) -> str:
    """The form in which texts are compared: as names are, but blanks and points stay where they part words."""
    return text.lower() if text.isascii() else "".join(map(_folded, text))


@lru_cache(maxsize=50_000)
def _folded(character: str) -> str:
    return folded(character) or " "


def is_chinese(character: str) -> bool:
    """Is this a Chinese character?"""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def _lexemes(run: str) -> Iterable[tuple[str, ...]]:
    """What stands at each place of a run: of Chinese each character with the next one, and the words of three and more that begin there."""
    if not is_chinese(run[0]):
        parts = re.split(r"[.\-_/]", run)
        yield (run, stem(run)) if run != stem(run) else (run,)
        if len(parts) > 1:
            yield from ((part,) for part in parts)
            yield ("".join(parts),)
        return
    long: dict[int, list[str]] = {}
    place = 0
    for word in rjieba.cut(run, False):
        if len(word) > SHORT:
            long.setdefault(place, []).append(word)
        place += len(word)
    for place, character in enumerate(run):
        yield (run[place : place + 2] if place + 1 < len(run) else character, *long.get(place, ()))


def _query(word: str, *, in_head: bool) -> str:
    if is_chinese(word[0]):
        if len(word) == 1:
            return f"{_quoted(word)}:*"
        pairs = [word[place : place + 2] for place in range(len(word) - 1)]
        return _quoted(word) if len(pairs) == 1 else f"({_quoted(word)} | {' & '.join(map(_quoted, pairs))})"
    beginning = in_head or len(word) > SHORT
    forms = [f"{_quoted(word)}{':*' if beginning else ''}"]
    if stem(word) != word:
        forms.append(_quoted(stem(word)))
    return forms[0] if len(forms) == 1 else f"({' | '.join(forms)})"


def _sounds(text: str) -> Iterable[str]:
    """Pinyin and initials of a Chinese text from each of its words on."""
    if not any(map(is_chinese, text)):
        return
    parts = words(text)
    for place in range(len(parts)):
        rest = "".join(parts[place:])
        if is_chinese(rest[0]):
            yield from (full_pinyin(rest), initials(rest))


def _written(lexemes: dict[str, Sequence[int]] | dict[str, list[int]]) -> str:
    return " ".join(f"{_quoted(lexeme)}:{','.join(map(str, sorted(set(at))[:200]))}" for lexeme, at in lexemes.items())


def _quoted(lexeme: str) -> str:
    doubled = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
