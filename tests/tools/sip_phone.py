"""A SIP telephone in the hand of a test: calls over the trunk, presses keys by RFC 4733, says a tone, and can be asked what it hears."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import numpy as np
import sounds
from baresip import Account, AudioNotActive, AudioRestarted, Config, Runtime, UserAgent
from baresip.call import Call, CallState, DigitEvent
from baresip.errors import StaleHandleError

RATE = 8000
FRAME_SECONDS = 0.02
# Its jitter buffer takes the new RTP source of a re-joined call for old packets and drops them for seconds.
_EXTRA = "sip_listen 127.0.0.1:0\naudio_jitter_buffer_type off\n"


class SipPhone:
    """One call of one telephone."""

    def __init__(self, call: Call, says_hertz: float) -> None:
        self._call = call
        self._heard = bytearray()
        self.keys_heard = ""
        """Which keypad tones (RFC 4733) have arrived."""
        call.on_dtmf(self._key_heard)
        self._tasks = [asyncio.create_task(self._speak(says_hertz)), asyncio.create_task(self._listen())]

    async def press(self, digits: str) -> None:
        """Send keypad tones (RFC 4733)."""
        await self._call.send_dtmf(digits, interdigit_ms=160)

    def _key_heard(self, event: DigitEvent) -> None:
        self.keys_heard += event.digit

    async def hear(self, frequencies: Sequence[float], seconds: float = 1.7) -> dict[float, float]:
        """What share of what arrives from now on lies at each frequency, 0 to 1."""
        samples = await self.record(seconds)
        return {hertz: sounds.share_of(samples, RATE, hertz) for hertz in frequencies}

    async def record(self, seconds: float) -> sounds.Samples:
        """What arrives from now on; shorter than asked for where nothing comes."""
        start = len(self._heard)
        await asyncio.sleep(seconds)
        return np.frombuffer(bytes(self._heard[start:]), dtype="<i2").astype(np.float64) / 32768

    async def hears_again(self, hertz: float, seconds: float) -> float:
        """Seconds from now until the tone is heard; raises TimeoutError when it is not within `seconds`."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        window = int(sounds.BEEP_SECONDS / 2 * RATE) * 2
        start = len(self._heard)
        async with asyncio.timeout(seconds):
            while True:
                await asyncio.sleep(0.05)
                while start + window <= len(self._heard):
                    piece = np.frombuffer(bytes(self._heard[start : start + window]), dtype="<i2").astype(np.float64) / 32768
                    if sounds.share_of(piece, RATE, hertz) > 0.5:
                        return loop.time() - begun
                    start += window

    async def hold(self) -> None:
        """Press the telephone's own key for holding."""
        await self._call.hold()

    async def resume(self) -> None:
        """Take it back."""
        await self._call.resume()

    async def transfer(self, address: str) -> None:
        """Press the key for transferring, and a number (a whole SIP address)."""
        await self._call.transfer(address, timeout=30)

    async def transfer_into(self, other: SipPhone) -> None:
        """Press the key for connecting this call with another one of the same telephone."""
        await self._call.attended_transfer(other._call, timeout=30)

    @property
    def is_up(self) -> bool:
        """Whether the call stands."""
        return self._call.state is CallState.ESTABLISHED

    async def wait_ended(self, seconds: float = 30) -> None:
        """Return when the other side has hung up."""
        async with asyncio.timeout(seconds):
            while self._call.state is not CallState.CLOSED:
                await asyncio.sleep(0.02)

    async def hang_up(self) -> None:
        """End the call; nothing happens when it has ended."""
        for task in self._tasks:
            task.cancel()
        with contextlib.suppress(StaleHandleError):  # it has just ended
            if self._call.state is not CallState.CLOSED:
                await self._call.hangup()
                await self.wait_ended()

    async def _speak(self, hertz: float) -> None:
        pcm = (np.clip(sounds.beeps(hertz, 20 * 2 * sounds.BEEP_SECONDS, RATE), -1, 1) * 32767).astype("<i2").tobytes()
        place = 0
        while True:
            with contextlib.suppress(AudioNotActive, AudioRestarted):
                while self._call.audio.info().tx_buffered < 4 * int(RATE * FRAME_SECONDS):
                    piece = pcm[place : place + int(RATE * FRAME_SECONDS) * 2]
                    taken = self._call.audio.write(piece)
                    place = (place + taken) % len(pcm)
                    if not taken:
                        break
            await asyncio.sleep(FRAME_SECONDS)

    async def _listen(self) -> None:
        while True:
            with contextlib.suppress(AudioNotActive, AudioRestarted):
                while piece := self._call.audio.read(RATE):
                    self._heard += piece
            await asyncio.sleep(FRAME_SECONDS)


class SipLine:
    """The telephone company's side of the trunk: makes calls from any number."""

    def __init__(self, runtime: Runtime, sip_port: int) -> None:
        self.runtime, self._sip_port = runtime, sip_port
        self._phones: list[SipPhone] = []

    async def call(self, number: str, *, caller: str = "13800138000", says_hertz: float = 600) -> SipPhone:
        """Call a number of the centre; returns when it has answered."""
        host = f"127.0.0.1:{self._sip_port}"
        account = Account(user=caller, domain=host, password="", reg_interval=0, audio_codecs=("pcma",))
        agent = await UserAgent.create(self.runtime, account, transfer_policy="reject")
        call = await agent.dial(f"sip:{number}@{host}")
        await call.wait_established(timeout=30)
        phone = SipPhone(call, says_hertz)
        self._phones.append(phone)
        return phone

    async def close(self) -> None:
        for phone in self._phones:
            await phone.hang_up()


@asynccontextmanager
async def sip_line(sip_port: int) -> AsyncIterator[SipLine]:
    """A line to the trunk that listens on 127.0.0.1; its calls end with it. One at a time in a process."""
    runtime = Runtime()
    await runtime.start(Config(net_interface="127.0.0.1", max_concurrent_calls=None, extra_config_text=_EXTRA))
    line = SipLine(runtime, sip_port)
    try:
        yield line
    finally:
        await line.close()
        await runtime.close()
