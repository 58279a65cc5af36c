"""Whether a reason for a break is one of the business's own."""

from __future__ import annotations

from contextlib import suppress

from huying.foundation.errors import InvalidInput, Unavailable
from huying.foundation.http import Caller, Ground
from huying.routing.service import break_reasons


async def check_reason(ground: Ground, caller: Caller, reason: str) -> None:
    """Raise InvalidInput for no known reason. While the database is away any reason will do: a break cannot wait for it."""
    with suppress(Unavailable):
        async with ground.database.business(caller.business_id, timeout_seconds=3.0) as session:
            if reason not in {row.code for row in await break_reasons(session)}:
                raise InvalidInput("Choose a reason for the break.", field="reason")
