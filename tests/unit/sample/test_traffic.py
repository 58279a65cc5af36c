"""The demo's callers come by dice, and its agents do what a desk could."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Any

from huying.channels.dispositions.tree import Disposition, QueueDesk, Tree
from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.voice.client import VoiceClient, live_subject
from huying.channels.voice.events import SegmentStarted
from huying.foundation.bus.memory import MemoryBus
from huying.foundation.journal.entry import STREAM_AGENT, STREAM_CONTACT, Entry, Event
from huying.routing.events import AgentSignedIn, AgentStateChanged
from huying.sample.closing import chosen, offered
from huying.sample.traffic import Crew, Traffic
from huying.sample.traffic_script import next_call
from huying.telephony.virtual_time import run_virtual, virtual_clock


def test_calls_come_at_the_rate_that_was_chosen() -> None:
    dice = Random(1)
    gaps = [next_call(dice, 6).gap_seconds for _ in range(3000)]
    assert 9 < sum(gaps) / len(gaps) < 11
    calls = [next_call(dice, 6) for _ in range(500)]
    assert all(call.remote_number.startswith("+86") and len(call.remote_number) == 14 for call in calls)
    assert {call.keys[-1:] for call in calls} == {"1", "2", "3", "0", ""}


def test_agents_choose_what_their_queue_shows_and_sometimes_forget() -> None:
    ways = [Disposition("1", "solved", {}), Disposition("2", "repair", {}), Disposition("3", "visit", {}, "2")]
    tree = Tree.of([*ways, Disposition("4", "asks", {}, "2", note_required=True), Disposition("5", "sales", {})])
    choices = offered(tree, QueueDesk(branches=("1", "2")))
    assert choices == ["visit", "solved"]
    dice = Random(1)
    given = [chosen(dice, choices) for _ in range(1000)]
    assert 50 < given.count("") < 150 and given.count("visit") > given.count("solved") > 200
    assert chosen(dice, []) == ""


class Closing:
    """Notes what was closed."""

    def __init__(self) -> None:
        self.closed: list[tuple[str, str, str]] = []

    async def close(self, contact_id: str, person_id: str, queue_id: str) -> None:
        self.closed.append((contact_id, person_id, queue_id))


class People:
    """Notes what the customers are told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []

    async def place_simulated_call(self, number: str, *_: object, **__: object) -> object:
        self.told.append(("placed", number))
        return None

    def met_person(self, leg_id: str) -> None:
        self.told.append(("met", leg_id))

    def forget(self, leg_id: str) -> None:
        self.told.append(("forgotten", leg_id))


def test_customers_hear_of_their_calls_and_agents_of_their_work() -> None:
    async def main() -> None:
        bus, people, closing, commands = MemoryBus(), People(), Closing(), list[Any]()

        async def obey(message: Any) -> dict[str, object]:
            commands.append((message["command"], message["arguments"].get("person_id")))
            return {}

        await bus.answer("voice.command", obey)
        crew = Crew("b", [("agent", "account")])
        task = asyncio.create_task(Traffic(people, VoiceClient(bus), bus, crew, "4000", 6, Random(2), 100, closing).run())
        await asyncio.sleep(1)
        assert commands[0] == ("sign_in", "agent")

        async def say(stream: str, stream_id: str, event: Event) -> None:
            entry = Entry("b", stream, stream_id, 1, virtual_clock(), event)
            unknown = {**entry.to_json(), "kind": "OfSomeOtherWing"}
            await bus.publish(live_subject("b"), {"epoch": "1", "entries": [unknown, entry.to_json()]})

        await say(STREAM_AGENT, "agent", AgentSignedIn("account", "break"))
        await say(STREAM_CONTACT, "c", ContactEntered("phone", "inbound", "4000", "", "zh-CN", "leg"))
        await say(STREAM_CONTACT, "c", SegmentStarted("s", "agent", "e", "q", "agent-leg", "bridge"))
        await say(STREAM_CONTACT, "c", ContactEnded("customer_hung_up", 9))
        await say(STREAM_AGENT, "agent", AgentStateChanged("after_call", "c", "q"))
        await asyncio.sleep(30)
        assert ("set_status", "agent") in commands
        assert ("finish_after_call", "agent") in commands
        assert closing.closed == [("c", "agent", "q")]
        assert [told for told in people.told if told[0] != "placed"] == [("met", "leg"), ("forgotten", "leg")]
        await asyncio.sleep(600)
        assert 40 < len([told for told in people.told if told[0] == "placed"]) < 90
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    run_virtual(main())
