"""Agents with a SIP telephone on the table, as tests need them: registered, signed in, answering what rings, working by the API."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx
import sounds
from baresip import Account, UserAgent
from baresip.call import Call
from house import House
from reachable import until_reachable
from sip_phone import RATE, SipLine, SipPhone

PATIENCE_SECONDS = 30.0


class DeskPhone:
    """One agent, his session and his telephone. `calls` are the calls that his telephone was rung for, the newest last."""

    def __init__(self, client: httpx.AsyncClient, agent: UserAgent, person_id: str, says_hertz: float, address: tuple[str, str]) -> None:
        self.client, self.agent, self.person_id = client, agent, person_id
        self.calls: list[SipPhone] = []
        self.ringing: asyncio.Queue[Call] = asyncio.Queue()
        self.answers = True
        self.says_hertz = says_hertz
        self.account, self.domain = address
        agent.on_incoming(self._rung)
        self._tasks: set[asyncio.Task[None]] = set()

    def _rung(self, call: Call) -> None:
        if self.answers:
            task = asyncio.ensure_future(self.take(call))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            self.ringing.put_nowait(call)

    async def take(self, call: Call) -> None:
        """Answer."""
        await call.answer()
        await call.wait_established(timeout=30)
        self.calls.append(SipPhone(call, self.says_hertz))

    async def dial(self, number: str) -> SipPhone:
        """Call a number or a code from the telephone's own keypad; returns when it was answered."""
        call = await self.agent.dial(f"sip:{number}@{self.domain}")
        await call.wait_established(timeout=30)
        self.calls.append(SipPhone(call, self.says_hertz))
        return self.calls[-1]

    @property
    def phone(self) -> SipPhone:
        """The newest call."""
        return self.calls[-1]

    async def talks(self, count: int = 1, seconds: float = 30) -> SipPhone:
        """Wait until the telephone has been in so many calls."""
        await until(lambda: len(self.calls) >= count, seconds)
        return self.phone

    async def ask(self, method: str, path: str, body: object = None) -> Any:
        """The answer's JSON; fails on any refusal."""
        answer = await self.client.request(method, path, json=body)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    async def extension(self) -> str:
        """Under which colleagues call him."""
        return str((await self.ask("GET", "/api/session"))["agent"]["extension"])

    def address_of(self, number: str) -> str:
        """A number as the telephone sends it."""
        return f"sip:{number}@{self.domain}"

    async def does(self, contact_id: str, what: str, **body: object) -> Any:
        """A command on a contact."""
        return await self.ask("POST", f"/api/desk/contacts/{contact_id}/{what}", body or None)

    async def hears(self, loud: Sequence[float], quiet: Sequence[float] = ()) -> None:
        """Within some seconds the telephone hears these tones and not those."""
        await hears(self.phone, loud, quiet)

    async def close(self) -> None:
        """Put everything down and sign out."""
        for phone in self.calls:
            await phone.hang_up()
        await self.client.post("/api/desk/sign-out")
        await self.agent.unregister()
        await self.client.delete("/api/session")
        await self.client.aclose()


async def until(true: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    """Return when it is true; fails when it never is."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.05)


async def hears(phone: SipPhone, loud: Sequence[float], quiet: Sequence[float] = (), least: float = 0.15) -> None:
    """Before long each tone of `loud` has its share of what is heard, and none of `quiet` has half of it."""
    await _until_heard(phone, loud, quiet, least, 0.0)


async def hears_music(phone: SipPhone, quiet: Sequence[float]) -> None:
    """Before long something is heard, and none of these tones."""
    await _until_heard(phone, (), quiet, 0.15, 0.001)


async def _until_heard(phone: SipPhone, loud: Sequence[float], quiet: Sequence[float], least: float, level: float) -> None:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE_SECONDS
    while True:
        samples = await phone.record(1.3)
        heard = {hertz: sounds.share_of(samples, RATE, hertz) for hertz in (*loud, *quiet)}
        right = all(heard[hertz] > least for hertz in loud) and all(heard[hertz] < least / 2 for hertz in quiet)
        if right and sounds.level_of(samples) >= level:
            return
        assert loop.time() < deadline, f"wanted {loud} and not {quiet}, heard {heard} at a level of {sounds.level_of(samples):.4f}"


@asynccontextmanager
async def desk_phone(house: House, line: SipLine, login: str, says_hertz: float) -> AsyncIterator[DeskPhone]:
    """An agent at a registered SIP telephone, signed in there and ready."""
    client = httpx.AsyncClient(base_url=house.address, verify=False, timeout=20, headers={"Origin": house.address})
    (await client.post("/api/session", json={"login": login, "password": house.password})).raise_for_status()
    client.headers["X-CSRF-Token"] = client.cookies["huying_csrf"]
    person_id = (await client.get("/api/session")).json()["person"]["id"]
    given = (await client.get("/api/phone/desk-phone")).json()
    domain = f"{given['domain']}:{given['port']}"
    account = Account(user=given["account"], domain=domain, password=given["secret"], reg_interval=60, audio_codecs=("pcma",))
    agent = await UserAgent.create(line.runtime, account, transfer_policy="reject")
    await agent.register()
    desk = DeskPhone(client, agent, person_id, says_hertz, (given["account"], domain))
    await desk.ask("POST", "/api/desk/sign-in", {"device": "phone"})
    await desk.ask("POST", "/api/desk/status", {"status": "ready"})
    await until_reachable(house.address, client.cookies)
    try:
        yield desk
    finally:
        await desk.close()
