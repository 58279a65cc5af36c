"""Another way of listening that could not be begun leaves the old one as it was, and nothing behind."""

from __future__ import annotations

import pytest

from huying.telephony.asterisk.listening import Listening
from huying.telephony.port import EngineUnavailable


class Asked:
    """Asterisk as far as snoops go: which there are, and whether one may be put into a bridge."""

    def __init__(self) -> None:
        self.snoops: set[str] = set()
        self.refuses = False
        self.listening = Listening(self.ask)

    async def ask(self, method: str, uri: str, *_more: object) -> None:
        if method == "POST" and "/snoop/" in uri:
            snoop = uri.rpartition("/")[2]
            self.snoops.add(snoop)
            self.listening.handle({"type": "StasisStart", "channel": {"id": snoop}})
        elif method == "DELETE":
            self.snoops.discard(uri.rpartition("/")[2])
        elif uri.endswith("addChannel") and self.refuses:
            raise EngineUnavailable


async def test_a_whisper_that_cannot_begin_leaves_the_lead_listening() -> None:
    asterisk = Asked()
    await asterisk.listening.begin("lead", "agent", whisper=False)
    before = set(asterisk.snoops)
    asterisk.refuses = True
    with pytest.raises(EngineUnavailable):
        await asterisk.listening.begin("lead", "agent", whisper=True)
    assert asterisk.snoops == before
    await asterisk.listening.end("lead")
    assert not asterisk.snoops
    await asterisk.listening.close()
