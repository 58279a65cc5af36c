"""What is kept of contacts besides their events, as soon as the database takes it, and who a caller is. Decides nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from huying.channels.service import NewInteraction
from huying.channels.voice.call.party_words import KeepParty
from huying.channels.voice.directory import Directory
from huying.channels.voice.owner import CallOwner
from huying.foundation.errors import HuyingError

log = structlog.get_logger()

LOOK_UP_SECONDS = 1.0
"""How long a caller waits for us to find out who he is."""
KEEP_TRIES_SECONDS = 5.0


class ContactRecords:
    """Writes in the background; `stop` gives up what the database has not taken."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._tasks: set[asyncio.Task[None]] = set()

    def keep(self, owner: CallOwner, channel: str, number_called: str, customer_id: str, started_at: datetime) -> None:
        """Keep what is known of a contact besides its events, as soon as the database takes it; done again it changes nothing."""
        interaction = NewInteraction(
            contact_id=owner.contact_id,
            business_id=owner.business_id,
            channel=channel,
            direction="inbound",
            remote_number=owner.remote_number,
            remote_name=owner.remote_name,
            customer_id=customer_id or None,
            number_called=number_called,
            started_at=started_at,
        )
        self._soon(self._directory.keep_interaction, interaction)

    def keep_party(self, owner: CallOwner, command: KeepParty) -> None:
        """Remember the number of somebody outside, as soon as the database takes it."""
        self._soon(self._directory.keep_party, owner.business_id, owner.contact_id, command.party_id, command.number)

    def keep_later(self, interaction: NewInteraction) -> None:
        """Keep it as soon as the database takes it."""
        self._soon(self._directory.keep_interaction, interaction)

    async def customer(self, business_id: str, number: str, customer_number: str = "") -> tuple[str, str]:
        """Id and language of the customer of this customer number, else of who has the telephone number; empty when there is nobody, or
        it cannot be found out in time."""
        if not number and not customer_number:
            return "", ""
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                if customer_number:
                    return await self._directory.customer_numbered(business_id, customer_number)
                return await self._directory.customer_of(business_id, number)
        except (HuyingError, TimeoutError):
            log.warning("call.customer_not_looked_up", business_id=business_id)
            return "", ""

    async def stop(self) -> None:
        """Stop trying."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _soon(self, keep: Callable[..., Awaitable[None]], *what: object) -> None:
        task = asyncio.get_running_loop().create_task(_until_kept(keep, *what))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _until_kept(keep: Callable[..., Awaitable[None]], *what: object) -> None:
    while True:
        try:
            await keep(*what)
        except HuyingError as error:
            log.warning("call.not_kept", reason=error.message)
            await asyncio.sleep(KEEP_TRIES_SECONDS)
        except Exception:  # tried again it would fail again
            log.exception("call.never_kept")
            return
        else:
            return
