"""Two mono files into one: sides, silence, rates, broken headers, and the picture."""

import hashlib
import math
import struct
import wave
from array import array
from pathlib import Path

import pytest

from huying.channels.voice.stereo import PEAKS, BadSound, look, make_stereo


def write(path: Path, samples: list[int], rate: int = 8000) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array("h", samples).tobytes())
    return path


def tone(frequency: float, seconds: float, rate: int = 8000, height: float = 0.5) -> list[int]:
    return [round(32767 * height * math.sin(2 * math.pi * frequency * n / rate)) for n in range(int(seconds * rate))]


def read(path: Path) -> tuple[int, array, array]:
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (2, 2)
        both = array("h", file.readframes(file.getnframes()))
        return file.getframerate(), both[0::2], both[1::2]


def power(samples: array, frequency: float, rate: int) -> float:
    """Goertzel: how strong one frequency is."""
    coefficient, one, two = 2 * math.cos(2 * math.pi * frequency / rate), 0.0, 0.0
    for sample in samples:
        one, two = sample / 32768 + coefficient * one - two, one
    return (one * one + two * two - coefficient * one * two) / len(samples) ** 2


def test_the_customer_is_left_and_the_agent_right(tmp_path: Path) -> None:
    left, right = write(tmp_path / "l.wav", tone(440, 9.3)), write(tmp_path / "r.wav", tone(1000, 9.3))
    told = make_stereo(left, right, tmp_path / "s.wav")
    rate, one, other = read(tmp_path / "s.wav")
    assert (rate, told.seconds, told.left_seconds) == (8000, 9.3, 9.3)
    assert list(one) == tone(440, 9.3)
    assert list(other) == tone(1000, 9.3)
    assert told.sha256 == hashlib.sha256((tmp_path / "s.wav").read_bytes()).hexdigest()
    assert told.size_bytes == (tmp_path / "s.wav").stat().st_size
    assert (tmp_path / "s.wav").stat().st_mode & 0o777 == 0o600


def test_the_shorter_side_is_filled_with_silence(tmp_path: Path) -> None:
    left, right = write(tmp_path / "l.wav", [1000] * 8000), write(tmp_path / "r.wav", [2000] * 100_000)
    told = make_stereo(left, right, tmp_path / "s.wav")
    _, one, other = read(tmp_path / "s.wav")
    assert len(one) == len(other) == 100_000
    assert set(one[8000:]) == {0}
    assert (told.left_seconds, told.right_seconds, told.seconds) == (1.0, 12.5, 12.5)
    assert len(told.left_peaks) == len(told.right_peaks) <= PEAKS
    assert told.left_peaks[0] == pytest.approx(1000 / 32767, abs=0.001)
    assert told.left_peaks[-1] == 0.0


def test_a_side_without_a_file_is_silent(tmp_path: Path) -> None:
    told = make_stereo(write(tmp_path / "l.wav", tone(440, 1)), tmp_path / "none.wav", tmp_path / "s.wav")
    assert (told.seconds, told.right_seconds) == (1.0, 0.0)
    nothing = make_stereo(tmp_path / "none.wav", tmp_path / "none.wav", tmp_path / "n.wav")
    assert (nothing.seconds, nothing.left_peaks) == (0.0, [])
    read(tmp_path / "n.wav")


@pytest.mark.parametrize("rate", [8000, 12000])
def test_the_slower_rate_is_brought_to_the_faster(tmp_path: Path, rate: int) -> None:
    left, right = write(tmp_path / "l.wav", tone(440, 2, rate), rate), write(tmp_path / "r.wav", tone(1000, 2, 16000), 16000)
    told = make_stereo(left, right, tmp_path / "s.wav")
    got, one, other = read(tmp_path / "s.wav")
    assert (got, told.seconds, len(one)) == (16000, 2.0, 32000)
    assert power(one, 440, 16000) > 100 * power(one, 1000, 16000)
    assert list(other) == tone(1000, 2, 16000)


@pytest.mark.parametrize("length", [0, 0xFFFFFFFF])
def test_a_header_that_a_crash_left_does_not_hide_the_sound(tmp_path: Path, length: int) -> None:
    path = write(tmp_path / "l.wav", tone(440, 1))
    data = bytearray(path.read_bytes())
    data[40:44] = struct.pack("<I", length)
    path.write_bytes(data)
    assert look(path).seconds == 1.0


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.wav").write_bytes(b"this is not sound at all, is it?")
    with pytest.raises(BadSound):
        make_stereo(tmp_path / "x.wav", tmp_path / "x.wav", tmp_path / "s.wav")
    with wave.open(str(tmp_path / "two.wav"), "wb") as file:
        file.setparams((2, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(400))
    with pytest.raises(BadSound):
        look(tmp_path / "two.wav")
