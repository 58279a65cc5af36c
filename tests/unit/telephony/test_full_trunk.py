"""A trunk's lines are counted by the legs that are there, and by no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from huying.telephony.asterisk.ari import AriRefused
from huying.telephony.asterisk.engine import AsteriskEngine
from huying.telephony.port import BadRequestToEngine, Destination


class Refusing:
    """Asterisk, which takes no request."""

    async def request(self, *_request: object) -> None:
        raise AriRefused(400, "Invalid parameters", "POST channels")


async def test_a_call_that_asterisk_would_not_begin_takes_no_line(tmp_path: Path) -> None:
    engine = AsteriskEngine("ws://127.0.0.1:1/ari/events", "secret", tmp_path)
    engine._socket = Refusing()  # type: ignore[assignment]
    with pytest.raises(BadRequestToEngine):
        await engine.originate("leg", Destination("number", "13800138000", "line"), caller_number="", caller_name="", timeout_seconds=20)
    assert not engine._book.legs
