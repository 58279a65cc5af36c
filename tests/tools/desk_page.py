"""The agent's desk as a person uses it in the browser."""

from __future__ import annotations

import base64
from io import BytesIO

import sounds
from playwright.async_api import Locator, Page, expect
from reachable import until_reachable


class Desk:
    """One person at one desk."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self._address = page, address

    def part(self, name: str) -> Locator:
        """The part of the page with this test id."""
        return self.page.get_by_test_id(name)

    async def log_in(self, login: str, password: str) -> None:
        """Open the desk and sign in."""
        await self.page.goto(f"{self._address}/")
        await self.part("login-name").fill(login)
        await self.part("login-password").fill(password)
        await self.part("login-submit").click()
        await expect(self.part("person-menu")).to_be_visible()

    async def start_work(self) -> None:
        """Begin work at the browser's telephone, unless this person works already, and be ready; returns when the telephone can be rung."""
        start = self.part("start-work")
        await start.or_(self.part("status-menu")).first.wait_for()
        if await start.is_visible():
            await start.click()
        await self.be_ready()
        cookies = await self.page.context.cookies()
        await until_reachable(self._address, {one.get("name", ""): one.get("value", "") for one in cookies})

    async def be_ready(self) -> None:
        """Choose ready, if it is not chosen yet."""
        menu = self.part("status-menu")
        await expect(menu).to_be_visible()
        if await menu.get_attribute("data-status") != "ready":
            await menu.click()
            await self.part("status-ready").click()
        await expect(menu).to_have_attribute("data-status", "ready")

    async def expect_phase(self, phase: str, seconds: float = 30) -> None:
        """The call bar shows this phase: none, ringing, talking, holding, lost, after_call."""
        await expect(self.part("call-bar")).to_have_attribute("data-phase", phase, timeout=seconds * 1000)

    async def press(self, button: str) -> None:
        """Press a button of the call bar."""
        await self.part(button).click()

    async def wrap_up(self, disposition: str, note: str) -> None:
        """Choose the disposition, write the note, finish the after-call work."""
        await self.part("wrap-up-disposition").click()
        await self.part(f"disposition-{disposition}").click()
        await self.part("wrap-up-note").fill(note)
        await self.part("wrap-up-finish").click()

    async def open(self, place: str) -> None:
        """Go to one of the desk's places, such as history."""
        await self.part(f"nav-{place}").click()

    async def sign_out(self) -> None:
        """End work; an after-call work that is left ends first."""
        await self.page.evaluate("""async () => {
            const token = document.cookie.match(/huying_csrf=([^;]+)/)?.[1] ?? "";
            await fetch("/api/desk/sign-out", { method: "POST", headers: { "X-CSRF-Token": decodeURIComponent(token) } });
        }""")

    async def recording(self) -> tuple[sounds.Samples, sounds.Samples, int]:
        """The sound of the newest contact's recording: the customer's side, the agent's side, the rate."""
        encoded = await self.page.evaluate("""async () => {
            const get = async (path) => (await fetch(path)).json();
            const newest = (await get("/api/contacts?limit=1")).items[0];
            const contact = await get(`/api/contacts/${newest.contact_id}`);
            const sound = await (await fetch(`/api/recordings/${contact.recordings[0].id}/audio`)).arrayBuffer();
            return btoa(Array.from(new Uint8Array(sound), (it) => String.fromCharCode(it)).join(""));
        }""")
        (customer, agent), rate = sounds.read_wav(BytesIO(base64.b64decode(encoded)))
        return customer, agent, rate
