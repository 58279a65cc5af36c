"""Every text has its sound, rendered from that very text, with a sane length and level."""

from __future__ import annotations

import array
import math
import wave
from pathlib import Path

import pytest

from huying.flows.effects import Pause, Say
from huying.flows.graph import Flow
from huying.flows.prompts.catalogue import LANGUAGES, UnknownPrompt, catalogue, prompt_keys, text_of
from huying.flows.prompts.library import SOUNDS, file_name, manifest, media, sound, sound_file, text_hash
from huying.flows.sample_flow import SAMPLE_QUEUES, SAMPLE_SCHEDULES, sample_flow
from huying.flows.validation import problems_of
from huying.telephony.port import Silence, Sound

WHOLE = 32768


def samples_of(path: Path) -> tuple[array.array[int], int]:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 8000)
        return array.array("h", file.readframes(file.getnframes())), file.getframerate()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_a_sound_of_that_text(language: str) -> None:
    wanted = {key: text_hash(entry.texts[language]) for key, entry in catalogue().items() if language in entry.texts}
    rendered = {key: mark["text"] for key, mark in manifest()[language].items()}
    assert rendered == wanted, "run deploy/render-prompts"
    assert {path.stem for path in (SOUNDS / language).iterdir()} == {file_name(key) for key in wanted}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sounds_have_a_sane_length_and_level(language: str) -> None:
    for key in manifest()[language]:
        samples, rate = samples_of(sound_file(key, language))
        seconds = len(samples) / rate
        text = text_of(key, language)
        longest = 0.9 + (0.36 if language == "zh-CN" else 0.11) * len(text)
        assert 0.15 <= seconds <= longest, f"{language} {key}: {seconds:.2f} s for {text!r}"
        peak = max(abs(sample) for sample in samples) / WHOLE
        level = 20 * math.log10(math.sqrt(sum(sample * sample for sample in samples) / len(samples)) / WHOLE)
        assert 0.1 < peak <= 0.75, f"{language} {key}: peak {peak:.2f}"
        assert -31 < level < -12, f"{language} {key}: {level:.0f} dB"


def test_all_sounds_are_small_together() -> None:
    assert sum(path.stat().st_size for path in SOUNDS.rglob("*.wav")) < 15_000_000


def test_sentences_exist_in_every_language() -> None:
    for entry in catalogue().values():
        assert entry.is_word or set(entry.texts) == set(LANGUAGES), entry.key
        assert all(text.strip() for text in entry.texts.values())


def test_the_sample_flow_names_only_prompts_that_exist() -> None:
    flow: Flow = sample_flow()
    assert problems_of(flow, queues=SAMPLE_QUEUES, schedules=SAMPLE_SCHEDULES, prompts=prompt_keys()) == []


def test_media_of_items() -> None:
    played = media([Say("queue.place.1", "zh-CN"), Pause(200), Say("time.am", "zh-CN"), Say("nowhere", "en")])
    zh, silence, english = played
    assert silence == Silence(200)
    assert isinstance(zh, Sound) and Path(zh.path + ".wav").is_file() and "zh-CN" in zh.path
    assert english == sound("time.am", "en")
    with pytest.raises(UnknownPrompt, match="render-prompts"):
        sound_file("nowhere", "en")
