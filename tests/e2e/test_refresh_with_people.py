"""The agent's page is refreshed while he consults, while the customer is on hold, and in a conference: he is back where he was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import browsers
import pytest
import sip_phone
from desk_page import Desk
from desk_phones import hears, hears_music
from house import House

from e2e.test_healing import conversation
from e2e.test_several_people import CUSTOMER, FIRST, SECOND, Open, agent_target, phones

__all__ = ["phones"]
Desks = Callable[[str, float], Awaitable[Desk]]
pytestmark = pytest.mark.timeout(300)

ASK = """async ([what, body]) => {
    const get = async (path) => (await fetch(path)).json();
    const contact = (await get("/api/contacts?limit=1")).items[0].contact_id;
    const token = document.cookie.match(/huying_csrf=([^;]+)/)?.[1] ?? "";
    const headers = { "X-CSRF-Token": decodeURIComponent(token), "Content-Type": "application/json" };
    const answer = await fetch(`/api/desk/contacts/${contact}/${what}`, { method: "POST", headers, body: body && JSON.stringify(body) });
    return [answer.status, answer.ok ? "" : await answer.text()];
}"""


async def asks(desk: Desk, what: str, body: object = None) -> None:
    """A command on the newest contact, as the page would send it."""
    status, text = await desk.page.evaluate(ASK, [what, body])
    assert status < 300, text


async def page_hears(desk: Desk, loud: list[float], quiet: list[float], least: float = 0.15) -> None:
    """Before long the page hears these tones and not those."""
    await browsers.hears(desk.page, loud, quiet, least)


async def test_a_refreshed_page_is_back_in_the_consultation_and_in_the_conference(
    desks: Desks, phones: Open, house: House, line: sip_phone.SipLine
) -> None:
    desk = await desks("agent1", FIRST)
    customer = await conversation(desk, house, line)
    second = await phones("agent2", SECOND)
    await asks(desk, "consult", {"target": agent_target(second)})
    await second.talks()
    await page_hears(desk, [SECOND], [CUSTOMER])

    await desk.page.reload(wait_until="commit")
    await page_hears(desk, [SECOND], [CUSTOMER])
    await hears(second.phone, [FIRST], [CUSTOMER])
    await hears_music(customer, [FIRST, SECOND])

    await asks(desk, "merge")
    await hears(customer, [FIRST, SECOND], least=0.1)
    await desk.page.reload(wait_until="commit")
    await page_hears(desk, [SECOND, CUSTOMER], [], least=0.1)
    await hears(customer, [FIRST, SECOND], least=0.1)

    await second.does((await second.ask("GET", "/api/contacts?limit=1"))["items"][0]["contact_id"], "leave")
    await asks(desk, "hold")
    await hears_music(customer, [FIRST, SECOND])
    await desk.page.reload(wait_until="commit")
    await desk.expect_phase("holding")
    await hears_music(customer, [FIRST])
    await asks(desk, "resume")
    await hears(customer, [FIRST], [SECOND])
    await customer.hang_up()
