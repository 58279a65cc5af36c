"""What agents do from a telephone's keypad, on the simulated engine: dialled codes, codes in a conversation, messages with a PIN."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from huying.channels.voice.call.placing import placement
from huying.channels.voice.call.state import Phase
from huying.channels.voice.keypad_book import Called, Heard
from huying.foundation.errors import NotFound
from huying.telephony.simulator import Phone
from journeys.centre import BUSINESS, Centre
from journeys.dialling_centre import NUMBER, centre_with, journey, nothing_is_left, only, phase, ready
from journeys.keypad_story import dials, presses, state, talk

AT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@dataclass
class MemoryBook:
    """Implements KeypadBook in memory."""

    diversions: dict[tuple[str, str], str] = field(default_factory=dict)
    not_disturbed: dict[str, bool] = field(default_factory=dict)
    wishes: list[tuple[str, str]] = field(default_factory=list)
    last: Called | None = None
    keys: dict[int, Called] = field(default_factory=dict)
    mailbox: list[Heard] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)

    async def divert(self, _business_id: str, person_id: str, occasion: str, number: str) -> None:
        self.diversions[person_id, occasion] = number

    async def disturb_not(self, _business_id: str, person_id: str, on: bool) -> None:
        self.not_disturbed[person_id] = on

    async def wish(self, _business_id: str, person_id: str, called_id: str) -> None:
        self.wishes.append((person_id, called_id))

    async def last_called(self, _business_id: str, _person_id: str) -> Called:
        if self.last is None:
            raise NotFound("nobody")
        return self.last

    async def speed_dial(self, _business_id: str, _person_id: str, key: int) -> Called:
        if key not in self.keys:
            raise NotFound("nobody")
        return self.keys[key]

    async def pin_fits(self, _business_id: str, _person_id: str, pin: str) -> bool:
        return pin == "2580"

    async def messages(self, _business_id: str, _person_id: str) -> list[Heard]:
        return self.mailbox

    async def recordings(self, _business_id: str, _person_id: str) -> list[Heard]:
        return []

    async def sound(self, _business_id: str, _person_id: str, heard: Heard) -> Path:
        self.heard.append(heard.recording_id)
        return Path("/nowhere") / heard.recording_id

    def forget_sound(self, path: Path) -> None:
        del path

    async def done(self, _business_id: str, _person_id: str, recording_id: str) -> None:
        self.finished.append(recording_id)


def with_book(centre: Centre, book: MemoryBook) -> None:
    centre.process.keypad._maybe_book = book


def test_a_conversation_is_led_from_the_keypad() -> None:
    async def story() -> None:
        async with centre_with(agents=3) as centre:
            contact = await talk(centre)
            await ready(centre, "agent1")
            presses(centre, contact, "*1")
            await centre.until(lambda: centre.state_of("agent0") == "holding")
            presses(centre, contact, "*1")
            await centre.until(lambda: centre.state_of("agent0") == "talking")
            presses(centre, contact, "*28001#")
            await centre.until(lambda: bool((side := state(centre, contact).side) and side.talking))
            presses(centre, contact, "*4")
            await centre.until(lambda: bool((side := state(centre, contact).side) and side.focus == "customer"))
            presses(centre, contact, "*5")
            await centre.until(lambda: len(state(centre, contact).segments) == 2)
            await centre.client.hang_up(BUSINESS, "agent1", contact)
            presses(centre, contact, "*8")
            await centre.until(lambda: state(centre, contact).phase is Phase.PARKED)
            dials(centre, "agent1", "*85701")
            await centre.until(lambda: state(centre, contact).phase is Phase.TALKING)
            assert [one.agent_id for one in state(centre, contact).segments] == ["agent1"]
            presses(centre, contact, f"*3{NUMBER}#")
            await centre.until(lambda: state(centre, contact).phase is Phase.FORWARDED)
            await asyncio.sleep(900)

    journey(story)


def test_a_colleagues_ringing_call_is_picked_up() -> None:
    async def story() -> None:
        async with centre_with(agents=3) as centre:
            await ready(centre, "agent0", Phone("silent"))
            centre.engine.register_phone("phone-agent1")
            for code in ("*80", "*848000"):
                await centre.client.set_status(BUSINESS, "agent0", "ready")
                leg = centre.call(talk_seconds=30, patience_seconds=900)
                await centre.until(lambda: centre.state_of("agent0") == "ringing")
                dials(centre, "agent1", code)
                await centre.until(
                    lambda leg=leg: any(o.call.state.phase is Phase.TALKING for o in centre.process.switchboard.owners.values())
                )
                await centre.until(lambda: not centre.process.switchboard.owners)
            assert await centre.endings() == {"answered": 2}
            assert await only(centre, "SegmentStarted", "agent_id") == ["agent1", "agent1"]

    journey(story)


def test_settings_by_codes() -> None:
    async def story() -> None:
        async with centre_with(agents=3) as centre:
            book = MemoryBook(last=Called(number=NUMBER), keys={3: Called(agent_id="agent1")})
            with_book(centre, book)
            centre.engine.register_phone("phone-agent0")
            dials(centre, "agent0", "*21")
            await asyncio.sleep(5)
            assert centre.process.routing.router.presence("agent0").status.value == "ready"  # type: ignore[union-attr]
            for code in (f"*72{NUMBER}", "*75", "*78", "*678001"):
                dials(centre, "agent0", code)
                await asyncio.sleep(5)
            assert book.diversions == {("agent0", "always"): "+8613800138000", ("agent0", "busy"): ""}
            assert book.not_disturbed == {"agent0": True}
            assert book.wishes == [("agent0", "agent1")]
            dials(centre, "agent0", "*22")
            await asyncio.sleep(5)
            assert centre.process.routing.router.presence("agent0").status.value == "break"  # type: ignore[union-attr]
            assert "keypad.done" in centre.heard
            dials(centre, "agent0", "*66", talk_seconds=20)
            await centre.until(lambda: bool(centre.process.switchboard.owners))
            contact = next(iter(centre.process.switchboard.owners))
            assert centre.process.switchboard.owners[contact].remote_number == "+8613800138000"
            await centre.until(lambda: phase(centre, contact) == "over")
            dials(centre, "agent0", "*72110")
            await asyncio.sleep(5)
            dials(centre, "agent0", "*09")
            await asyncio.sleep(5)
            assert not centre.engine._world.legs

    journey(story)


def test_messages_are_heard_with_the_pin() -> None:
    async def story() -> None:
        async with centre_with(agents=1) as centre:
            book = MemoryBook(mailbox=[Heard("r2", "c2", AT), Heard("r1", "c1", AT)])
            with_book(centre, book)
            centre.engine.register_phone("phone-agent0")
            leg = dials(centre, "agent0", "*97")
            await asyncio.sleep(3)
            for key in "2580#":
                centre.engine.far_end_presses(leg, key)
            await centre.until(lambda: book.heard == ["r2"])
            await asyncio.sleep(1)
            centre.engine.far_end_presses(leg, "3")
            await asyncio.sleep(3)
            assert book.finished == ["r2"]
            await centre.until(lambda: book.heard == ["r2", "r1"])
            await asyncio.sleep(60)
            assert leg not in centre.engine._world.legs

            wrong = dials(centre, "agent0", "*97")
            await asyncio.sleep(2)
            for _ in range(3):
                for key in "1111#":
                    centre.engine.far_end_presses(wrong, key)
                await asyncio.sleep(3)
            await asyncio.sleep(20)
            assert "keypad.wrong_pin" in centre.heard
            assert wrong not in centre.engine._world.legs
            assert book.heard == ["r2", "r1"]

    journey(story)


def test_the_telephones_own_keys_hold_dial_beside_change_over_and_transfer() -> None:
    async def story() -> None:
        async with centre_with(agents=3) as centre:
            contact = await talk(centre)
            await ready(centre, "agent1")
            segment = state(centre, contact).segment
            assert segment
            centre.engine.far_end_holds(segment.leg_id, True)
            await centre.until(lambda: centre.state_of("agent0") == "holding")
            second = dials(centre, "agent0", "8001")
            await centre.until(lambda: bool((side := state(centre, contact).side) and side.talking))
            await check(centre, contact)
            centre.engine.far_end_holds(second, True)
            centre.engine.far_end_holds(segment.leg_id, False)
            await centre.until(lambda: bool((side := state(centre, contact).side) and side.focus == "customer"))
            await check(centre, contact)
            centre.engine.far_end_holds(second, False)
            await centre.until(lambda: bool((side := state(centre, contact).side) and side.focus == "consult"))
            centre.engine.far_end_transfers(second, replaces=segment.leg_id)
            await centre.until(lambda: [one.agent_id for one in state(centre, contact).segments] == ["agent1"])
            await check(centre, contact)
            assert centre.engine.transfers_told == [(second, True)]
            await asyncio.sleep(1)
            assert second not in centre.engine._world.legs

            segment = state(centre, contact).segment
            assert segment
            await centre.client.finish_after_call(BUSINESS, "agent0")
            centre.engine.far_end_transfers(segment.leg_id, "nonsense")
            await asyncio.sleep(1)
            assert centre.engine.transfers_told[-1] == (segment.leg_id, False)
            centre.engine.far_end_transfers(segment.leg_id, "8000")
            await centre.until(lambda: centre.state_of("agent0") == "talking")
            assert [one.agent_id for one in state(centre, contact).segments] == ["agent0"]
            await asyncio.sleep(900)
            assert not centre.engine._world.legs

    journey(story)


def test_a_transfer_that_the_call_refuses_is_told_as_refused_and_changes_nothing() -> None:
    async def story() -> None:
        async with centre_with(agents=3) as centre:
            contact = await talk(centre)
            await ready(centre, "agent1")
            await ready(centre, "agent2")
            presses(centre, contact, "*28001#")
            await centre.until(lambda: bool((side := state(centre, contact).side) and side.talking))
            presses(centre, contact, "*5")
            await centre.until(lambda: len(state(centre, contact).segments) == 2)
            mine = state(centre, contact).segment_of("agent0")
            assert mine
            before = state(centre, contact)
            centre.engine.far_end_transfers(mine.leg_id, "8002")
            await centre.until(lambda: bool(centre.engine.transfers_told))
            assert centre.engine.transfers_told == [(mine.leg_id, False)]
            await asyncio.sleep(5)
            assert centre.engine.transfers_told == [(mine.leg_id, False)], "it is told once"
            assert state(centre, contact).segments == before.segments
            await check(centre, contact)

    journey(story)


def test_the_second_call_is_put_down_and_the_customer_is_back() -> None:
    async def story() -> None:
        async with centre_with(agents=2) as centre:
            contact = await talk(centre)
            await ready(centre, "agent1")
            second = dials(centre, "agent0", "8001")
            await centre.until(lambda: bool((side := state(centre, contact).side) and side.talking))
            await centre.kill()
            await centre.start()
            await asyncio.sleep(4)
            await check(centre, contact)
            centre.engine.far_end_hangs_up(second)
            await centre.until(lambda: state(centre, contact).side is None)
            await check(centre, contact)
            assert centre.state_of("agent0") == "talking"
            await centre.until(lambda: centre.state_of("agent1") == "idle")
            await asyncio.sleep(900)

    journey(story)


async def check(centre: Centre, contact_id: str) -> None:
    """The engine has everybody where the state says."""
    snapshot = await centre.engine.snapshot()
    found = {leg: bridge.bridge_id for bridge in snapshot.bridges.values() for leg in bridge.legs}
    wanted = {leg: bridge for bridge, legs in placement(state(centre, contact_id)).bridges.items() for leg in legs}
    assert {leg: bridge for leg, bridge in found.items() if leg in state(centre, contact_id).legs()} == wanted


def test_the_customer_hears_no_code_and_every_other_key() -> None:
    async def story() -> None:
        async with centre_with(agents=2) as centre:
            contact = await talk(centre)
            customer = state(centre, contact).caller_leg
            presses(centre, contact, "*1")
            await centre.until(lambda: centre.state_of("agent0") == "holding")
            presses(centre, contact, "*1")
            await centre.until(lambda: centre.state_of("agent0") == "talking")
            assert centre.engine.digits_heard(customer) == ""
            presses(centre, contact, "12#")
            presses(centre, contact, "**")
            presses(centre, contact, "3")
            await asyncio.sleep(1)
            assert centre.engine.digits_heard(customer) == "12#*3"
            centre.engine.far_end_presses(customer, "9")
            segment = state(centre, contact).segment
            assert segment
            assert centre.engine.digits_heard(segment.leg_id) == "9", "the agent hears the customer's"
            await centre.kill()
            await centre.start()
            await asyncio.sleep(12)
            presses(centre, contact, "*1")
            await centre.until(lambda: centre.state_of("agent0") == "holding")
            presses(centre, contact, "4")
            await asyncio.sleep(1)
            presses(centre, contact, "*1")
            await centre.until(lambda: centre.state_of("agent0") == "talking")
            assert centre.engine.digits_heard(customer) == "12#*3", "whoever is on hold hears no key"

    journey(story)


def test_keys_go_to_whom_one_talks_with() -> None:
    async def story() -> None:
        async with centre_with(Phone(answer_after_seconds=2, talk_seconds=900), agents=2) as centre:
            contact = await talk(centre)
            customer = state(centre, contact).caller_leg
            presses(centre, contact, f"*2{NUMBER}#")
            await centre.until(lambda: bool(state(centre, contact).side))
            presses(centre, contact, "8")
            await centre.until(lambda: bool((side := state(centre, contact).side) and side.talking))
            side = state(centre, contact).side
            assert side
            presses(centre, contact, "12")
            await asyncio.sleep(1)
            heard = centre.engine.digits_heard
            assert (heard(side.leg_id), heard(customer)) == ("12", "")
            presses(centre, contact, "*4")
            await centre.until(lambda: bool((side := state(centre, contact).side) and side.focus == "customer"))
            presses(centre, contact, "3")
            await asyncio.sleep(1)
            assert (heard(side.leg_id), heard(customer)) == ("12", "3")
            presses(centre, contact, "*5")
            await centre.until(lambda: bool(state(centre, contact).guests))
            presses(centre, contact, "4")
            await asyncio.sleep(1)
            assert (heard(side.leg_id), heard(customer)) == ("124", "34")

    journey(story)


def test_the_caller_of_a_colleague_has_the_codes_too() -> None:
    async def story() -> None:
        async with centre_with(agents=3) as centre:
            for agent in ("agent0", "agent1", "agent2"):
                await ready(centre, agent, Phone(talk_seconds=900))
            contact = await centre.client.dial(BUSINESS, "agent0", "8001")
            await centre.until(lambda: phase(centre, contact) == "talking")
            caller, segment = state(centre, contact).caller_leg, state(centre, contact).segment
            assert segment

            async def caller_presses(keys: str, then: str) -> None:
                for key in keys:
                    centre.engine.far_end_presses(caller, key)
                await centre.until(lambda: centre.state_of("agent0") == then)

            await caller_presses("*1", "holding")
            await caller_presses("*1", "talking")
            await caller_presses("5", "talking")
            presses(centre, contact, "6")
            await asyncio.sleep(1)
            assert (centre.engine.digits_heard(segment.leg_id), centre.engine.digits_heard(caller)) == ("5", "6")
            await caller_presses("*8", "idle")
            assert phase(centre, contact) == "parked"
            parked = state(centre, contact).parked
            assert parked
            dials(centre, "agent2", f"*85{parked.slot}")
            await centre.until(lambda: phase(centre, contact) == "talking")
            assert centre.engine.digits_heard(segment.leg_id) == "5"
            await check(centre, contact)
            await centre.client.hang_up(BUSINESS, "agent1", contact)
            await centre.until(lambda: phase(centre, contact) == "over")
            nothing_is_left(centre)

    journey(story)
