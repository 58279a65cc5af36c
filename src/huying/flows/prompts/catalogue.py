"""Everything the centre can say by itself: keys with their texts in each language. Knows no sounds (see library)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from huying.flows.prompts.words import Texts, word_texts
from huying.foundation.errors import NotFound

LANGUAGES = ("zh-CN", "en")
BEEP = "beep"
"""No words: the tone after which one speaks."""


class UnknownPrompt(NotFound):
    """The prompt catalogue has no such key in this language."""

    code = "unknown-prompt"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to say. `is_word`: a piece of a spoken figure, of little use alone."""

    key: str
    texts: Mapping[str, str]
    is_word: bool


@cache
def catalogue() -> Mapping[str, Entry]:
    """All entries by key: the sentences first, then the words."""
    text = files("huying.flows.prompts").joinpath("catalogue.toml").read_text(encoding="utf-8")
    sentences = _flatten(tomllib.loads(text))
    words = word_texts()
    entries = {key: Entry(key, texts, is_word=False) for key, texts in sentences.items()}
    return entries | {key: Entry(key, texts, is_word=not key.startswith("queue.")) for key, texts in words.items()}


def prompt_keys() -> frozenset[str]:
    """Keys that exist in every language: those a flow may name."""
    return frozenset(key for key, entry in catalogue().items() if set(entry.texts) == set(LANGUAGES))


def text_of(key: str, language: str) -> str:
    """What is said. Raises UnknownPrompt."""
    entry = catalogue().get(key)
    if entry is None or language not in entry.texts:
        raise UnknownPrompt(f"the prompt catalogue has no {key!r} in {language}", key=key, language=language)
    return entry.texts[language]


def _flatten(table: Mapping[str, object], prefix: str = "") -> dict[str, Texts]:
    found: dict[str, Texts] = {}
    for name, value in table.items():
        if not isinstance(value, Mapping):
            raise ValueError(f"prompt catalogue: {prefix}{name} is no table")
        if value and all(isinstance(text, str) for text in value.values()):
            found[prefix + name] = {str(language): str(text) for language, text in value.items()}
        else:
            found |= _flatten(value, f"{prefix}{name}.")
    return found
