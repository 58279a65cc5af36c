"""A centre in virtual time whose agents may dial, and whose persons have set how they are reached."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from huying.channels.dialling.permissions import Person, Rule
from huying.channels.dialling.plan import DialPlan, DialSettings
from huying.channels.reach.reach import ReachSettings
from huying.channels.service import EntryPoint
from huying.telephony.simulator import Phone
from huying.telephony.virtual_time import run_virtual
from journeys.centre import BUSINESS, Centre

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

NUMBER = "13800138000"
HOME = Phone(answer_after_seconds=5, talk_seconds=30)
DIRECT = "4008005000"


def journey(main: Callable[[], Awaitable[None]]) -> None:
    """Run a journey in virtual time."""

    async def run() -> None:
        await main()

    run_virtual(run())


def centre_with(
    phone: Phone | None = HOME,
    agents: int = 2,
    rules: tuple[Rule, ...] = (),
    reach: dict[str, ReachSettings] | None = None,
    **settings: Any,
) -> Centre:
    """A centre that may dial; extensions 8000, 8001, ..."""
    centre = Centre(agents=agents)
    people = {agent: Person(agent, frozenset({"agent"})) for agent in centre.agents}
    extensions = {f"800{number}": agent for number, agent in enumerate(centre.agents)}
    plan = DialPlan(DialSettings(**settings), rules, people, extensions)
    routing = centre.directory.configuration.routing
    named = {agent: replace(one, extension=f"800{number}") for number, (agent, one) in enumerate(routing.agents.items())}
    entries = dict(centre.directory.configuration.entries)
    entries["number", DIRECT] = EntryPoint("e3", BUSINESS, "number", DIRECT, {}, "", "zh-CN", "agent0")
    centre.reconfigure(dial_plans={BUSINESS: plan}, reach=reach or {}, routing=replace(routing, agents=named), entries=entries)
    if phone:
        centre.engine.put_far_number(NUMBER, phone)
    return centre


async def ready(centre: Centre, agent: str, phone: Phone | None = None) -> None:
    """He is signed in, and his telephone is known to be there."""
    await centre.ready(agent, phone)
    await asyncio.sleep(0.1)


def phase(centre: Centre, contact_id: str) -> str:
    """Where the contact is in its life."""
    owner = centre.process.switchboard.owner_of(contact_id)
    return owner.call.state.phase.value if owner else "over"


async def only(centre: Centre, kind: str, field: str) -> list[Any]:
    """This field of all events of a kind."""
    return [entry.event.data()[field] for entry in await centre.entries() if entry.kind == kind]


def nothing_is_left(centre: Centre) -> None:
    """Nobody waits, nothing rings, no leg is up, no agent is held."""
    assert not centre.process.switchboard.owners
    assert not centre.engine._world.legs
    assert not centre.engine._world.bridges
    assert not centre.engine._world.playbacks
    assert not centre.process.routing.router.in_contact()
