"""Requests that nobody waits for: in order, whatever becomes of one of them, and none left behind."""

from __future__ import annotations

import asyncio

from huying.channels.voice.devices.beside import Beside
from huying.telephony.port import Gone


async def test_they_come_in_order_and_what_is_gone_is_gone() -> None:
    beside, done = Beside(), list[str]()

    async def request(name: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        done.append(name)
        if name == "second":
            raise Gone

    for name, seconds in (("first", 0.02), ("second", 0.01), ("third", 0.0)):
        beside.ask(request(name, seconds))
    beside.at_once(request("at once", 0.0))
    await beside.settled()
    assert done == ["at once", "first", "second", "third"]
    await beside.close()


async def test_what_waits_when_it_closes_is_never_begun() -> None:
    beside, begun = Beside(), list[str]()

    async def request(name: str) -> None:
        begun.append(name)
        await asyncio.sleep(3600)

    beside.ask(request("first"))
    beside.ask(request("second"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    beside.ask(request("third"))
    await beside.close()
    assert begun == ["first"]
