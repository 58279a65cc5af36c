"""Simulated customers in Asterisk: real calls over the trunk's context by people who need no telephone.

Each is a Local channel: one end comes to us as an inbound leg, the other follows a script in the dialplan. Patience and talk time are
kept here, because only who runs the centre knows when a person came: `met_person` must be told.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass

from huying.foundation.ids import new_id
from huying.telephony.asterisk.ari import AriLost, AriRefused, AriSocket, event_filter, path
from huying.telephony.asterisk.book import SIMULATED_PREFIX
from huying.telephony.asterisk.configuration import ARI_USER, AsteriskSettings
from huying.telephony.asterisk.dialplan import FROM_SIMULATED_TRUNK, SIMULATED_CUSTOMER
from huying.telephony.port import EngineUnavailable, Gone

APPLICATION = "huying-simulation"
ENTERED_PREFIX = "entered-"
LONGEST_SECONDS = 7200
LONGER_SECONDS = 120
"""Who is no longer cared for (because this program died) still hangs up in the end."""


@dataclass(frozen=True, slots=True)
class SimulatedCall:
    """A call by a simulated customer. `leg_id` is the leg under which it comes to us."""

    leg_id: str
    channel_id: str
    talk_seconds: float


class SimulatedCustomers:
    """People who call."""

    def __init__(self, address: str, secret: str, *, user: str = ARI_USER) -> None:
        self._address, self._user, self._secret = address, user, secret
        self._socket: AriSocket | None = None
        self._opening = asyncio.Lock()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._calls: dict[str, SimulatedCall] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    def of(cls, settings: AsteriskSettings) -> SimulatedCustomers:
        """People who call the engine that runs with these settings."""
        return cls(settings.ari_address, settings.ari_secret)

    async def place_simulated_call(
        self,
        number: str,
        remote_number: str,
        keys: str = "",
        patience_seconds: float = 300.0,
        talk_seconds: float = 60.0,
        *,
        remote_name: str = "",
        key_pause_seconds: float = 1.0,
        tone: int = 440,
    ) -> SimulatedCall:
        """Call a number of ours: press one key every `key_pause_seconds` after the answer (`w` only waits), and sound a tone (Hz).

        Hangs up when `patience_seconds` have passed without a person, or `talk_seconds` after `met_person`.
        """
        name = new_id()
        call = SimulatedCall(f"{ENTERED_PREFIX}{name}", f"{SIMULATED_PREFIX}{name}", talk_seconds)
        body: dict[str, object] = {
            "endpoint": f"Local/{number}@{FROM_SIMULATED_TRUNK}/n",
            "context": SIMULATED_CUSTOMER,
            "extension": "s",
            "priority": 1,
            "callerId": f'"{remote_name}" <{remote_number}>' if remote_name else f"<{remote_number}>",
            "timeout": min(LONGEST_SECONDS, max(1, round(patience_seconds) + 1)),
            "otherChannelId": call.leg_id,
            "variables": {
                "HUYING_SIM_KEYS": keys,
                "HUYING_SIM_KEY_PAUSE": f"{key_pause_seconds:g}",
                "HUYING_SIM_PATIENCE": str(round(patience_seconds + talk_seconds) + LONGER_SECONDS),
                "HUYING_SIM_TONE": str(tone),
            },
        }
        await self._ask("POST", path("channels", call.channel_id), body)
        self._calls[call.leg_id] = call
        self._after(call, patience_seconds)
        return call

    def met_person(self, leg_id: str) -> None:
        """The customer talks with a person now (does nothing for a leg that is no simulated customer's)."""
        call = self._calls.get(leg_id)
        if call is not None:
            self._after(call, call.talk_seconds)

    def forget(self, leg_id: str) -> None:
        """The call has ended otherwise."""
        self._calls.pop(leg_id, None)
        timer = self._timers.pop(leg_id, None)
        if timer is not None:
            timer.cancel()

    async def hang_up(self, leg_id: str) -> None:
        """The customer hangs up. Raises Gone."""
        call = self._calls.get(leg_id)
        self.forget(leg_id)
        if call is None:
            raise Gone
        await self._ask("DELETE", path("channels", call.channel_id))

    async def press(self, leg_id: str, key: str) -> None:
        """The customer presses a key. Raises Gone."""
        if leg_id not in self._calls:
            raise Gone
        # A digit sent to our own leg's channel would go to the customer; sent to the customer's own end it comes from there.
        await self._ask("POST", path("channels", self._calls[leg_id].channel_id, "dtmf"), {"dtmf": key})

    @property
    def calls(self) -> Mapping[str, SimulatedCall]:
        """Calls that have not been heard to end, by leg."""
        return self._calls

    def _after(self, call: SimulatedCall, seconds: float) -> None:
        timer = self._timers.pop(call.leg_id, None)
        if timer is not None:
            timer.cancel()
        self._timers[call.leg_id] = asyncio.get_running_loop().call_later(seconds, self._leave, call.leg_id)

    def _leave(self, leg_id: str) -> None:
        task = asyncio.create_task(self._leave_quietly(leg_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _leave_quietly(self, leg_id: str) -> None:
        with contextlib.suppress(Gone, EngineUnavailable):
            await self.hang_up(leg_id)

    async def _ask(self, method: str, uri: str, body: Mapping[str, object] | None = None) -> None:
        try:
            async with self._opening:
                if self._socket is None or self._socket.closed.is_set():
                    self._socket = await AriSocket.open(self._address, self._user, self._secret, APPLICATION)
                    wanted = event_filter(("RESTResponse",))
                    await self._socket.request("PUT", f"applications/{APPLICATION}/eventFilter", body=wanted)
            await self._socket.request(method, uri, body=body)
        except AriLost as error:
            raise EngineUnavailable(str(error)) from None
        except AriRefused as error:
            raise (Gone(str(error)) if error.status in (404, 409, 412) else EngineUnavailable(str(error))) from None

    async def close(self) -> None:
        """Stop caring; calls that are under way go on until the other side ends them."""
        for leg_id in list(self._timers):
            self.forget(leg_id)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._socket is not None:
            await self._socket.close()
