"""Whether a reason, for a break or for refusing what rings, is one of the business's own."""

from __future__ import annotations

from contextlib import suppress

from huying.foundation.errors import InvalidInput, Unavailable
from huying.foundation.http import Caller, Ground
from huying.routing.refusals import refusal_reasons
from huying.routing.service import break_reasons


async def check_reason(ground: Ground, caller: Caller, reason: str) -> None:
    """Raise InvalidInput for no known reason. While the database is away any reason will do: a break cannot wait for it."""
    with suppress(Unavailable):
        async with ground.database.business(caller.business_id, timeout_seconds=3.0) as session:
            if reason not in {row.code for row in await break_reasons(session)}:
                raise InvalidInput("Choose a reason for the break.", field="reason")


async def check_refusal(ground: Ground, caller: Caller, reason: str) -> None:
    """Raise InvalidInput for no known reason; no reason at all will do, and any while the database is away."""
    if not reason:
        return
    with suppress(Unavailable):
        async with ground.database.business(caller.business_id, timeout_seconds=3.0) as session:
            if reason not in {one.code for one in await refusal_reasons(session) if one.active}:
                raise InvalidInput("Choose a reason for refusing, or none.", field="reason")
