"""The sound of a test's telephone: a tone as A-law over RTP, keys (RFC 4733), and what comes from the other side."""

from __future__ import annotations

import asyncio
import secrets
import struct
from functools import cache

import numpy as np
from rtp import alaw

LOUDNESS = 8000 / 32768


class Rtp(asyncio.DatagramProtocol):
    """Sends a tone as A-law every 20 ms, counts and keeps what comes."""

    def __init__(self, tone: int) -> None:
        self.tone = tone
        self.received = bytearray()
        self.packets = 0
        self.events: list[int] = []
        self.sending = True
        self.keys: asyncio.Queue[int] = asyncio.Queue()

    def press(self, digit: str) -> None:
        """Press a key (RFC 4733) for 100 ms instead of the tone."""
        self.keys.put_nowait("0123456789*#".index(digit))

    async def open(self) -> int:
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))
        return int(self._transport.get_extra_info("sockname")[1])

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        self.packets += 1
        if data[1] & 0x7F == 8:
            self.received += data[12:]
        elif data[1] & 0x7F == 101 and (not self.events or data[1] & 0x80):
            self.events.append(data[12])

    def start(self, to: tuple[str, int]) -> None:
        self._task = asyncio.create_task(self._send(to))

    async def _send(self, to: tuple[str, int]) -> None:
        ssrc, n, begin = secrets.randbits(32), 0, asyncio.get_running_loop().time()
        second = one_second(self.tone)
        while True:
            if not self.keys.empty():
                key = self.keys.get_nowait()
                for step in range(1, 9):
                    ending = 0x80 if step > 5 else 0
                    head = struct.pack("!BBHII", 0x80, 101 | (0x80 if step == 1 else 0), n + step & 0xFFFF, n * 160, ssrc)
                    self._transport.sendto(head + struct.pack("!BBH", key, ending | 10, min(step, 6) * 160), to)
                    await asyncio.sleep(0.02)
                n += 9
            elif self.sending:
                head = struct.pack("!BBHII", 0x80, 8, n & 0xFFFF, n * 160, ssrc)
                self._transport.sendto(head + second[n % 50], to)
            n += 1
            await asyncio.sleep(max(0.0, begin + n * 0.02 - asyncio.get_running_loop().time()))

    async def close(self) -> None:
        task = getattr(self, "_task", None)
        if task:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self._transport.close()


@cache
def one_second(tone: int) -> list[bytes]:
    """A second of a tone of whole Hz as 50 payloads of A-law; it repeats without a seam."""
    samples = alaw(LOUDNESS * np.sin(2 * np.pi * tone * np.arange(8000) / 8000))
    return [samples[start : start + 160] for start in range(0, 8000, 160)]
