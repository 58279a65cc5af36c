"""Finds the sound of a prompt: shipped files, rendered beforehand from the catalogue's texts, and where a business's own lie."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from huying.flows.effects import Item, Pause, Recorded
from huying.flows.prompts.catalogue import BEEP, UnknownPrompt
from huying.telephony.port import Media, Silence, Sound

FALLBACK_LANGUAGE = "en"
SOUNDS = Path(str(files("huying.flows.prompts").joinpath("sounds")))


def text_hash(text: str) -> str:
    """The mark that ties a sound to the text it was rendered from."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def manifest() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """language -> key -> {text: hash, voice}, as the renderer left it."""
    loaded: dict[str, dict[str, dict[str, str]]] = json.loads((SOUNDS / "manifest.json").read_text(encoding="utf-8"))
    return loaded


def file_name(key: str) -> str:
    """The name of the sound file without extension: dots would read as extensions to the engine."""
    return key.replace(".", "-")


def sound_file(key: str, language: str) -> Path:
    """The 8 kHz WAV file of the prompt. Raises UnknownPrompt when it was never rendered."""
    if key not in manifest().get(language, {}):
        raise UnknownPrompt(f"there is no sound for {key!r} in {language}: run deploy/render-prompts", key=key, language=language)
    return SOUNDS / language / f"{file_name(key)}.wav"


def sound(key: str, language: str) -> Sound:
    """The sound for the engine. Where the language lacks it, the English one. Raises UnknownPrompt."""
    if key not in manifest().get(language, {}) and key in manifest()[FALLBACK_LANGUAGE]:
        language = FALLBACK_LANGUAGE
    return Sound(str(sound_file(key, language).with_suffix("")))


def media(items: Iterable[Item]) -> list[Media]:
    """What the engine is to play for a flow's items; an unknown prompt is left out, for a call must go on."""
    played: list[Media] = []
    for item in items:
        if isinstance(item, Pause):
            played.append(Silence(item.milliseconds))
            continue
        if isinstance(item, Recorded):
            played.append(Sound(item.path))
            continue
        if item.key == BEEP:
            played.append(Sound(str(SOUNDS / BEEP)))
            continue
        try:
            played.append(sound(item.key, item.language))
        except UnknownPrompt:
            continue
    return played
