"""Accounts are made once a device, sealed in the table, and given to the engine in the open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from huying.admin.model import BusinessRow, PersonRow
from huying.foundation.database import Database
from huying.foundation.errors import InvalidInput
from huying.foundation.ids import new_id
from huying.foundation.vault import Vault
from huying.telephony.accounts import account_of, load_accounts, load_trunks, put_trunk, trunk_businesses
from huying.telephony.model import PhoneAccountRow
from huying.telephony.port import Trunk

NOW = datetime(2026, 5, 1, tzinfo=UTC)
BUSINESS, PERSON = new_id(), new_id()


VAULT = Vault(bytes(32))


async def test_one_account_a_device(database: Database) -> None:
    async with database.business(BUSINESS) as session:
        browser, made = await account_of(session, VAULT, BUSINESS, PERSON, "browser", NOW)
        assert made
        assert await account_of(session, VAULT, BUSINESS, PERSON, "browser", NOW) == (browser, False)
        phone, _ = await account_of(session, VAULT, BUSINESS, PERSON, "phone", NOW)
        assert phone.account.name != browser.account.name
        assert phone.account.secret != browser.account.secret
        stored = await session.scalars(select(PhoneAccountRow.secret))
        assert all(browser.account.secret.encode() not in secret for secret in stored)
        with pytest.raises(InvalidInput):
            await account_of(session, VAULT, BUSINESS, PERSON, "visitor", NOW)
    async with database.system() as session:
        assert await load_accounts(session, VAULT) == []
        session.add(BusinessRow(id=BUSINESS, code="b", name="B"))
        await session.flush()
        session.add(PersonRow(id=PERSON, business_id=BUSINESS, login="p", name="P", roles=["agent"]))
        await session.flush()
        assert {item.account.kind for item in await load_accounts(session, VAULT)} == {"browser", "phone"}


async def test_trunks(database: Database) -> None:
    trunk = Trunk("carrier", ("127.0.0.1",), username="u", secret="s3cret", channel_limit=30)
    async with database.business(BUSINESS) as session:
        await put_trunk(session, VAULT, BUSINESS, trunk)
        await put_trunk(session, VAULT, BUSINESS, trunk)
    async with database.system() as session:
        assert await load_trunks(session, VAULT) == [trunk]
        assert await trunk_businesses(session) == {"carrier": BUSINESS}
