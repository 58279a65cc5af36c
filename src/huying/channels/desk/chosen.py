"""At which account an agent signs in who works at the devices he has chosen."""

from __future__ import annotations

from huying.channels.devices.service import account_at, load_chosen_devices, main_kind
from huying.channels.devices.settings import ChosenDevices
from huying.foundation.errors import NotFound
from huying.foundation.http import Caller, Ground
from huying.foundation.vault import Vault
from huying.routing.service import is_agent


async def sign_in_account(ground: Ground, vault: Vault, caller: Caller, device: str) -> str:
    """The account; it may have been made just now, so the telephone process must be told. Raises NotFound, InvalidInput."""
    async with ground.database.business(caller.business_id) as session:
        if not await is_agent(session, caller.person_id):
            raise NotFound("You are not an agent: ask an administrator for an extension and queues.")
        chosen = (await load_chosen_devices(session)).get(caller.person_id, ChosenDevices(("browser",)))
        kind = main_kind(chosen) if device == "chosen" else device
        return await account_at(session, vault, caller.business_id, caller.person_id, kind, ground.clock())
