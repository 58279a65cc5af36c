"""What goes on by itself ends before its leg is put into a bridge or hears the next sound, also when it was begun before our restart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huying.telephony.asterisk.book import Book
from huying.telephony.asterisk.engine import AsteriskEngine
from huying.telephony.asterisk.resync import Truth, fill
from huying.telephony.port import Direction, Gone, LegSnapshot, Tone

LEG = LegSnapshot("leg", True, Direction.INBOUND, "", "138", "400")


class Asked(AsteriskEngine):
    """An engine whose Asterisk takes everything; what was played before is over when `over`."""

    def __init__(self, folder: Path, *, over: bool = False) -> None:
        super().__init__("ws://127.0.0.1:1", "secret", folder)
        self.requests: list[str] = []
        self._over = over

    async def _ask(self, method: str, uri: str, query: Any = None, body: Any = None) -> Any:
        self.requests.append(f"{method} {uri}")
        if self._over and uri.startswith("playbacks/"):
            raise Gone

    def starts_again(self, **tones: str) -> None:
        """Another process of ours finds the leg."""
        truth = Truth({"leg": LEG}, frozenset(), {}, frozenset(), frozenset(), frozenset({"leg"}), tones, "")
        self._book = fill(truth, Book(), {})


async def test_a_tone_is_written_on_its_leg_and_ends_when_joined(tmp_path: Path) -> None:
    engine = Asked(tmp_path)
    engine._book.open_leg(LEG, local=False)
    await engine.play("tone", "leg", [Tone("ring")])
    assert engine.requests == ["POST channels/leg/variable", "POST channels/leg/play/tone"]
    await engine.join("bridge", ["leg"])
    assert engine.requests[2:] == ["POST bridges/bridge", "DELETE playbacks/tone", "POST bridges/bridge/addChannel"]


@pytest.mark.parametrize("over", [False, True])
async def test_after_a_restart_it_ends_too(tmp_path: Path, over: bool) -> None:
    engine = Asked(tmp_path, over=over)
    engine.starts_again(leg="tone")
    await engine.join("bridge", ["leg"])
    stopped = [one for one in engine.requests if one.startswith("DELETE")]
    assert stopped == ["DELETE playbacks/tone", "DELETE channels/leg/moh", "DELETE channels/leg/silence"]
    assert engine.requests[-1] == "POST bridges/bridge/addChannel"
    engine.requests.clear()
    await engine.join("bridge", ["leg"])
    assert engine.requests == ["POST bridges/bridge/addChannel"], "once is enough"
