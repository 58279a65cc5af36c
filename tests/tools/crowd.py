"""Many people at once at a running house: agents at SIP telephones, customers on the trunk, and the truth about them from the journal."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from house import House
from plain_sip import Dialog, SipPhone
from sqlalchemy import select

import huying.bootstrap  # noqa: F401 (makes every kind of journal entry known)
from huying.admin.model import PersonRow
from huying.channels.voice.client import VoiceClient
from huying.foundation.bus.nats import NatsBus
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.errors import HuyingError
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import Entry
from huying.foundation.journal.port import Cursor
from huying.foundation.journal.postgres import PostgresJournal
from huying.foundation.settings import load_settings
from huying.foundation.vault import Vault
from huying.routing.model import AgentRow, AgentSkillRow, GroupMemberRow, SkillRow, WorkGroupRow
from huying.telephony.accounts import account_of

TALKING, WAITING = 20, 10
"""A full house."""


@dataclass
class Agent:
    """An agent at a SIP telephone that answers by itself."""

    person_id: str
    account: str
    phone: SipPhone

    def talking(self) -> list[Dialog]:
        """His calls that stand."""
        return [dialog for dialog in self.phone.dialogs.values() if dialog.answered.is_set() and not dialog.ended.is_set()]


@dataclass
class Customer:
    """A customer on the trunk."""

    phone: SipPhone
    dialog: Dialog

    @property
    def is_up(self) -> bool:
        """Whether his call stands."""
        return not self.dialog.ended.is_set()


@dataclass
class Crowd:
    """Everybody. `close` sends them home."""

    house: House
    database: Database
    bus: NatsBus
    business_id: str
    vault: Vault
    agents: list[Agent] = field(default_factory=list)
    customers: list[Customer] = field(default_factory=list)

    @classmethod
    async def at(cls, house: House) -> Crowd:
        """Go to a house that runs."""
        settings = load_settings(house.folder)
        database, bus = Database(settings.database_url), NatsBus(settings.nats_url, "crowd")
        await bus.start()
        async with database.system() as session:
            business_id = await session.scalar(select(PersonRow.business_id).where(PersonRow.login == "lead"))
        assert business_id
        crowd = cls(house, database, bus, business_id, Vault(settings.master_key))
        await crowd.voice_answers(60)
        return crowd

    async def voice_answers(self, seconds: float) -> None:
        """Wait until the voice process and the database answer."""
        async with asyncio.timeout(seconds):
            while True:
                with contextlib.suppress(HuyingError):
                    await self.voice.open_streams()
                    if await self.database.is_ready():
                        return
                await asyncio.sleep(0.2)

    @property
    def voice(self) -> VoiceClient:
        """The voice process."""
        return VoiceClient(self.bus)

    async def close(self) -> None:
        """Send everybody home."""
        for phone in [agent.phone for agent in self.agents] + [customer.phone for customer in self.customers]:
            await phone.close()
        await self.bus.close()
        await self.database.close()

    # --- agents ---------------------------------------------------------------------------------------------------------

    async def hire(self, count: int) -> None:
        """New agents of the product queue at SIP telephones, signed in and ready."""
        hired = [await self._person(number) for number in range(len(self.agents), len(self.agents) + count)]
        await self.voice.refresh_configuration()
        for person_id, account, secret in hired:
            phone = await SipPhone(account, secret, answer=0, tone=500).open(("127.0.0.1", self.house.sip_port))
            assert await phone.register() == 200
            self.agents.append(Agent(person_id, account, phone))
        for agent in self.agents[-count:]:
            await self.be_ready(agent)

    async def _person(self, number: int) -> tuple[str, str, str]:
        now = utc_now()
        async with self.database.business(self.business_id) as session:
            group_id = await session.scalar(select(WorkGroupRow.id).where(WorkGroupRow.code == "product"))
            pattern = await session.scalar(select(PersonRow).where(PersonRow.login == "agent1"))
            assert pattern
            assert group_id
            chinese = await session.scalar(select(SkillRow.id).where(SkillRow.code == "zh"))
            assert chinese
            values = {column.key: getattr(pattern, column.key) for column in PersonRow.__table__.columns}
            values |= {"id": new_id(), "login": f"crowd{number}", "name": f"Crowd {number}"}
            session.add(PersonRow(**values))
            await session.flush()
            session.add(AgentRow(person_id=values["id"], business_id=self.business_id, extension=str(9000 + number)))
            await session.flush()
            session.add(AgentSkillRow(person_id=values["id"], skill_id=chinese, level=7, business_id=self.business_id))
            session.add(GroupMemberRow(person_id=values["id"], group_id=group_id, business_id=self.business_id))
            owned, _ = await account_of(session, self.vault, self.business_id, values["id"], "phone", now)
        return values["id"], owned.account.name, owned.account.secret

    async def be_ready(self, agent: Agent) -> None:
        """Sign in and choose ready."""
        await self.voice.sign_in(self.business_id, agent.person_id, agent.account)
        await self.voice.set_status(self.business_id, agent.person_id, "ready")

    def talks(self) -> int:
        """How many conversations stand at the agents' telephones."""
        return sum(len(agent.talking()) for agent in self.agents)

    def new_talks(self) -> int:
        """How many agents talk over a call that came after their first."""
        return sum(bool(agent.talking()) and agent.talking()[-1] is not next(iter(agent.phone.dialogs.values())) for agent in self.agents)

    # --- customers -------------------------------------------------------------------------------------------------------

    async def call(self, count: int, tone: int = 900) -> list[Customer]:
        """So many customers call and press the key for questions on products."""
        new = await asyncio.gather(*(self._call(len(self.customers) + number, tone) for number in range(count)))
        self.customers += new
        return list(new)

    async def _call(self, number: int, tone: int) -> Customer:
        phone = await SipPhone(f"1390000{number:04d}", tone=tone).open(("127.0.0.1", self.house.sip_port))
        dialog = await phone.call(self.house.service_number)
        assert dialog.status == 200, f"the call was not answered: {dialog.status}"
        assert dialog.rtp
        await asyncio.sleep(1)
        dialog.rtp.press("2")
        return Customer(phone, dialog)

    async def fill(self) -> None:
        """Twenty people talk, then ten wait."""
        await self.hire(TALKING)
        await self.call(TALKING)
        await self.until(lambda: self.talks() == TALKING, 60, "twenty conversations")
        await self.call(WAITING)
        async with asyncio.timeout(60):
            while len(await self.waiting()) < WAITING:
                await asyncio.sleep(0.5)

    # --- the truth --------------------------------------------------------------------------------------------------------

    async def journal(self) -> list[Entry]:
        """Everything that has been journalled."""
        journal, cursor, found = PostgresJournal(self.database), Cursor(), list[Entry]()
        while True:
            entries, after = await journal.follow(cursor, 5000)
            found += entries
            if after == cursor:
                return found
            cursor = after

    async def waiting(self) -> list[str]:
        """Queue entries that have not ended, in the order in which they began."""
        return open_entries(await self.journal())

    async def until(self, true: Callable[[], bool], seconds: float, what: str) -> None:
        """Wait until it is true."""
        try:
            async with asyncio.timeout(seconds):
                while not true():
                    await asyncio.sleep(0.1)
        except TimeoutError as error:
            raise AssertionError(f"not within {seconds} s: {what}") from error

    def kill(self, process: str) -> int:
        """`kill -9` of a process of the house; its number."""
        number = self.pid(process)
        os.kill(number, signal.SIGKILL)
        return number

    def silence_supervisor(self, stopped: bool) -> None:
        """Stop the supervisor in its tracks, so that nothing comes back, or let it go on."""
        for process in ("outer", "supervisor") if stopped else ("supervisor", "outer"):
            os.kill(self.pid(process), signal.SIGSTOP if stopped else signal.SIGCONT)

    def pid(self, process: str) -> int:
        """The process number of a part of the house."""
        return int(json.loads((self.house.folder / "run" / f"{process}.json").read_text())["pid"])


def open_entries(entries: list[Entry]) -> list[str]:
    """Queue entries without an ending, in the order in which they began."""
    ended = {entry.event.data()["entry_id"] for entry in entries if entry.kind == "QueueEntryEnded"}
    began = [entry.event.data()["entry_id"] for entry in entries if entry.kind == "QueueEntered"]
    return [entry for entry in began if entry not in ended]


def check_streams(entries: list[Entry]) -> None:
    """No stream has a gap or a double, every queue entry at most one ending, every contact at most one end."""
    numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for entry in entries:
        numbers[entry.stream, entry.stream_id].append(entry.number)
    assert {stream: found for stream, found in numbers.items() if sorted(found) != list(range(1, len(found) + 1))} == {}
    endings = Counter(entry.event.data()["entry_id"] for entry in entries if entry.kind == "QueueEntryEnded")
    assert {entry: count for entry, count in endings.items() if count > 1} == {}
    ends = Counter(entry.stream_id for entry in entries if entry.kind == "ContactEnded")
    assert {contact: count for contact, count in ends.items() if count > 1} == {}
