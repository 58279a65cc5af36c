"""Work at the desk as the web process asks for it: commands over the bus. Raises what the voice process raised, or Unavailable."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Depends

from huying.channels.voice.client import COMMAND_SUBJECT
from huying.foundation.bus.port import Bus
from huying.foundation.http import GroundOf


class WorkClient:
    """Asks the voice process about work at the desk."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def _command(self, command: str, business_id: str, **arguments: object) -> None:
        await self._bus.ask(COMMAND_SUBJECT, {"command": command, "business_id": business_id, "arguments": arguments})

    async def accept(self, business_id: str, person_id: str, contact_id: str) -> None:
        """Take what is offered to this agent."""
        await self._command("work_accept", business_id, person_id=person_id, contact_id=contact_id)

    async def take(self, business_id: str, person_id: str, contact_id: str) -> None:
        """Take it out of the line, or what was kept for later, without being offered it."""
        await self._command("work_take", business_id, person_id=person_id, contact_id=contact_id)

    async def refuse(self, business_id: str, person_id: str, contact_id: str, reason: str = "") -> None:
        """Do not take what is offered."""
        await self._command("work_refuse", business_id, person_id=person_id, contact_id=contact_id, reason=reason)

    async def park(self, business_id: str, person_id: str, contact_id: str, until: datetime) -> None:
        """Keep it for later."""
        await self._command("work_park", business_id, person_id=person_id, contact_id=contact_id, until=until.isoformat())

    async def give_back(self, business_id: str, person_id: str, contact_id: str) -> None:
        """Let somebody else of the queue do it."""
        await self._command("work_return", business_id, person_id=person_id, contact_id=contact_id)

    async def finish(self, business_id: str, person_id: str, contact_id: str) -> None:
        """It is done."""
        await self._command("work_finish", business_id, person_id=person_id, contact_id=contact_id)

    async def cancel(self, business_id: str, contact_id: str) -> None:
        """It is not to be done any more."""
        await self._command("work_cancel", business_id, contact_id=contact_id)

    async def look(self) -> None:
        """Something new was written down."""
        await self._command("work_look", "")


def work_client(ground: GroundOf) -> WorkClient:
    """The client on this application's bus."""
    return WorkClient(ground.bus)


WorkOf = Annotated[WorkClient, Depends(work_client)]
