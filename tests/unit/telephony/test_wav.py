"""Lengths of WAV files, also of those whose writer died."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from huying.telephony.wav import mend, read_shape


def write(file: Path, seconds: float) -> None:
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes(int(seconds * 16000)))


def test_the_length_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    write(file, 1.5)
    shape = read_shape(file)
    assert (shape.rate, shape.channels, shape.seconds) == (8000, 1, 1.5)
    before = file.read_bytes()
    mend(file)
    assert file.read_bytes() == before


def test_an_unfinished_header_is_set_right(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    write(file, 0)
    with file.open("ab") as out:
        out.write(bytes(16001))
    assert mend(file).seconds == 1.0
    with wave.open(str(file), "rb") as sound:
        assert sound.getnframes() == 8000


@pytest.mark.parametrize("content", [b"", b"RIFF", b"nonsense" * 20, b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0" + bytes(16)])
def test_what_is_no_sound_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(content)
    with pytest.raises(ValueError):
        read_shape(file)
