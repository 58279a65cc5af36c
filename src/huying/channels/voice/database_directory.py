"""The voice process's directory on the database."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import BusinessRow
from huying.channels.callback.service import load_callback_settings
from huying.channels.devices.service import load_chosen_devices, load_rules, load_work_settings
from huying.channels.devices.settings import USUAL_RULES, DeviceRules
from huying.channels.dialling.service import load_dial_plans
from huying.channels.keypad.service import load_codes
from huying.channels.messages.service import count_mailboxes
from huying.channels.parties import keep_party
from huying.channels.past import LastAgent, OpenFollowUps, last_agent
from huying.channels.reach.service import end_wish, load_reach, load_rosters, open_wishes
from huying.channels.service import NewInteraction, closing, link_customer, load_entry_points, numbers_of, opening
from huying.channels.sounds.service import load_sounds
from huying.channels.voice.directory import CallerFacts, Configuration, OpenRequests, StandardSound, Wish
from huying.crm.callers.service import load_policies
from huying.crm.consent.service import refusal
from huying.crm.customers.service import class_of, identify_by_code, identify_caller
from huying.flows.graph import Flow
from huying.flows.service import FlowNotFound, flow_owners, load_published, load_version
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.routing.hooks.service import load_hooks
from huying.routing.service import load_routing
from huying.telephony.accounts import PersonAccount, Vault, load_accounts, load_trunks, trunk_businesses
from huying.telephony.model import KIND_BROWSER
from huying.telephony.port import PhoneAccount


class DatabaseDirectory:
    """Implements Directory."""

    def __init__(self, database: Database, vault: Vault, requests: OpenRequests | None = None, sounds: Path | None = None) -> None:
        """`sounds`: the folder where the businesses' own sounds are laid out for the engine; without it they cannot be played."""
        self._database = database
        self._vault = vault
        self._sounds = sounds
        self._requests = requests or OpenFollowUps(database)

    async def load(self) -> Configuration:
        """See Directory."""
        async with self._database.system() as session:
            entries = await load_entry_points(session)
            accounts = await load_accounts(session, self._vault)
            rules = await load_rules(session)
            routing = await load_routing(session)
            return Configuration(
                routing=routing,
                entries={(entry.kind, entry.address): entry for entry in entries},
                flows=await load_published(session),
                accounts=[_spoken(owned, rules.get(owned.business_id, USUAL_RULES)) for owned in accounts],
                account_owners={owned.account.name: owned.person_id for owned in accounts},
                trunks=await load_trunks(session, self._vault),
                trunk_owners=await trunk_businesses(session),
                callbacks=await load_callback_settings(session),
                policies=await load_policies(session, routing),
                hooks=await load_hooks(session, self._vault),
                dial_plans=await load_dial_plans(session, routing),
                reach=await load_reach(session, routing.calendars),
                rosters=await load_rosters(session),
                codes=await load_codes(session),
                flow_owners=await flow_owners(session),
                sounds=await self._standard_sounds(session),
                devices=await load_chosen_devices(session),
                work=await load_work_settings(session, routing),
                time_zones=dict((await session.execute(select(BusinessRow.id, BusinessRow.time_zone))).all()),
            )

    async def _standard_sounds(self, session: AsyncSession) -> Mapping[str, StandardSound]:
        if self._sounds is None:
            return {}
        found = await load_sounds(session, self._sounds)
        return {sound_id: StandardSound(business_id, items) for sound_id, (business_id, items) in found.items()}

    async def flow(self, flow_id: str, version: int) -> Flow | None:
        """See Directory."""
        async with self._database.system() as session:
            try:
                return await load_version(session, flow_id, version)
            except FlowNotFound:
                return None

    async def customer_of(self, business_id: str, number: str) -> tuple[str, str]:
        """See Directory."""
        return await identify_caller(self._database, business_id, number)

    async def customer_numbered(self, business_id: str, customer_number: str) -> tuple[str, str]:
        """See Directory."""
        return await identify_by_code(self._database, business_id, customer_number)

    async def say_whose(self, business_id: str, contact_id: str, customer_id: str) -> None:
        """See Directory."""
        async with self._database.business(business_id) as session:
            await link_customer(session, contact_id, customer_id)

    async def caller_facts(
        self, business_id: str, customer_id: str, number: str, since: datetime | None, requests_since: datetime | None
    ) -> CallerFacts:
        """See Directory."""
        customer_class, last, owner = await asyncio.gather(
            class_of(self._database, business_id, customer_id),
            self._last_agent(business_id, customer_id, number, since),
            self._request_owner(business_id, customer_id, number, requests_since),
        )
        return CallerFacts(
            customer_class=customer_class,
            last_agent_id=last.agent_id if last else "",
            last_agent_at=last.at if last else None,
            request_owner_id=owner,
        )

    async def _last_agent(self, business_id: str, customer_id: str, number: str, since: datetime | None) -> LastAgent | None:
        return await last_agent(self._database, business_id, customer_id, number, since) if since else None

    async def _request_owner(self, business_id: str, customer_id: str, number: str, since: datetime | None) -> str:
        return await self._requests.owner_of(business_id, customer_id, number, since) if since else ""

    async def may_not_be_called(self, business_id: str, number: str) -> bool:
        """See Directory."""
        async with self._database.business(business_id) as session:
            return await refusal(session, number, utc_now()) is not None

    async def mailboxes(self) -> Mapping[str, tuple[int, int]]:
        """See Directory."""
        async with self._database.system() as session:
            return await count_mailboxes(session)

    async def wishes(self) -> Sequence[Wish]:
        """See Directory."""
        async with self._database.system() as session:
            rows = await open_wishes(session, utc_now())
        return [Wish(row.id, row.business_id, row.person_id, row.called_id, row.expires_at) for row in rows]

    async def end_wish(self, wish: Wish, state: str, contact_id: str = "") -> bool:
        """See Directory."""
        async with self._database.business(wish.business_id) as session:
            return await end_wish(session, wish.wish_id, state, contact_id or None)

    async def keep_interaction(self, interaction: NewInteraction) -> None:
        """See Directory."""
        await self._database.system_statement(opening(interaction))

    async def keep_party(self, business_id: str, contact_id: str, party_id: str, number: str) -> None:
        """See Directory."""
        async with self._database.business(business_id) as session:
            await keep_party(session, business_id, contact_id, party_id, number)

    async def forget_interaction(self, business_id: str, contact_id: str) -> None:
        """See Directory."""
        async with self._database.business(business_id) as session:
            await session.execute(closing(contact_id))

    async def numbers_of(self, contact_ids: Sequence[str]) -> Mapping[str, str]:
        """See Directory."""
        async with self._database.system() as session:
            return await numbers_of(session, contact_ids)


def _spoken(owned: PersonAccount, rules: DeviceRules) -> PhoneAccount:
    """The account with what its business lets browsers speak."""
    return replace(owned.account, codecs=rules.codecs()) if owned.account.kind == KIND_BROWSER else owned.account
