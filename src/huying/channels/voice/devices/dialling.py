"""How one device is dialled: its account, or its number over the business's trunk. It does not decide which devices ring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import structlog

from huying.channels.voice.devices.choice import Device
from huying.foundation.errors import HuyingError
from huying.telephony import port

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Wish:
    """How a device is rung."""

    caller_number: str
    caller_name: str
    timeout_seconds: int
    auto_answer: bool
    headers: Mapping[str, str]


async def originate(engine: port.Engine, leg_id: str, to: port.Destination, wish: Wish) -> None:
    """Ring a destination. Raises what the engine raises."""
    await engine.originate(
        leg_id,
        to,
        caller_number=wish.caller_number,
        caller_name=wish.caller_name,
        timeout_seconds=wish.timeout_seconds,
        auto_answer=wish.auto_answer,
        headers=wish.headers,
    )


async def dial(engine: port.Engine, leg_id: str, device: Device, wish: Wish, failed: Callable[[port.LegEnded], None]) -> None:
    """Ring a device; one that the engine does not ring has ended."""
    to = port.Destination("number", device.number, device.trunk) if device.asks else port.Destination("account", device.account)
    if device.asks:
        wish = replace(wish, caller_number=device.shown, caller_name="", auto_answer=False, headers={})
    try:
        await originate(engine, leg_id, to, wish)
    except HuyingError as error:
        log.info("device.not_rung", leg_id=leg_id, reason=error.message)
        failed(port.LegEnded(leg_id, port.EndCause.UNREACHABLE, by_far_end=False))
