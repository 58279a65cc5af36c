"""Calls to persons: colleagues who are called, direct numbers, duty telephones, and what each has set for himself."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from huying.channels.reach.duty import OnDuty, Roster
from huying.channels.reach.reach import ReachSettings, Target
from huying.channels.voice.directory import Wish
from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, TransferNode
from huying.flows.spoken import lines_of
from huying.telephony.simulator import Caller, Phone
from huying.telephony.virtual_time import virtual_clock
from journeys.centre import BUSINESS
from journeys.dialling_centre import DIRECT, NUMBER, centre_with, journey, nothing_is_left, only, phase, ready


def test_a_colleague_is_called() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            await ready(centre, "agent0", Phone(talk_seconds=20))
            await ready(centre, "agent1")
            contact = await centre.client.dial(BUSINESS, "agent0", agent_id="agent1")
            await centre.until(lambda: centre.state_of("agent1") == "ringing")
            await centre.until(lambda: phase(centre, contact) == "talking")
            assert (centre.state_of("agent0"), centre.state_of("agent1")) == ("talking", "talking")
            await centre.client.hold(BUSINESS, "agent1", contact, True)
            assert any(leg.music for leg in centre.engine._world.legs.values())
            await centre.client.hold(BUSINESS, "agent1", contact, False)
            await centre.until(lambda: phase(centre, contact) == "over")
            assert (centre.state_of("agent0"), centre.state_of("agent1")) == ("idle", "idle")
            assert await only(centre, "SegmentStarted", "reason") == ["internal"]
            assert not await only(centre, "CallRecordingStarted", "part")
            assert centre.directory.interactions[contact].direction == "internal"
            nothing_is_left(centre)

    journey(story)


@pytest.mark.parametrize("who", ["caller", "called"])
def test_either_of_two_colleagues_hangs_up(who: str) -> None:
    async def story() -> None:
        async with centre_with() as centre:
            await ready(centre, "agent0")
            await ready(centre, "agent1")
            contact = await centre.client.dial(BUSINESS, "agent0", "8001")
            await centre.until(lambda: phase(centre, contact) == "talking")
            await centre.client.hang_up(BUSINESS, "agent0" if who == "caller" else "agent1", contact)
            await centre.until(lambda: phase(centre, contact) == "over")
            nothing_is_left(centre)

    journey(story)


def test_a_colleague_who_does_not_answer_has_a_mailbox() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            await ready(centre, "agent0", Phone(talk_seconds=900))
            await ready(centre, "agent1", Phone(behaviour="silent"))
            contact = await centre.client.dial(BUSINESS, "agent0", "8001")
            await centre.until(lambda: phase(centre, contact) == "over" or "beep" in centre.heard, 60)
            assert "beep" in centre.heard, "he may leave a message"
            assert centre.state_of("agent1") == "idle"
            assert await only(centre, "PersonRingEnded", "result") == ["no_answer"]
            await asyncio.sleep(10)
            await centre.client.hang_up(BUSINESS, "agent0", contact)
            await centre.until(lambda: phase(centre, contact) == "over")
            assert len(await only(centre, "MessageLeft", "seconds")) == 1
            nothing_is_left(centre)

    journey(story)


def test_a_busy_colleague_passes_on_to_a_number() -> None:
    async def story() -> None:
        reach = {"agent1": ReachSettings(busy=Target("number", number="+8613800138000"))}
        async with centre_with(Phone(answer_after_seconds=3, talk_seconds=20), agents=3, reach=reach) as centre:
            for agent in ("agent0", "agent1", "agent2"):
                await ready(centre, agent, Phone(talk_seconds=900))
            busy = await centre.client.dial(BUSINESS, "agent1", "8002")
            await centre.until(lambda: phase(centre, busy) == "talking")
            contact = await centre.client.dial(BUSINESS, "agent0", "8001")
            await centre.until(lambda: phase(centre, contact) == "forwarded")
            await centre.until(lambda: phase(centre, contact) == "over")
            await centre.client.hang_up(BUSINESS, "agent1", busy)
            await asyncio.sleep(1)
            nothing_is_left(centre)

    journey(story)


UNANSWERED = {"silent": "no_answer", "busy": "busy", "refuse": "refused", "unreachable": "failed"}


@pytest.mark.parametrize("behaviour", UNANSWERED)
def test_a_number_that_does_not_answer_either_leads_to_the_persons_mailbox(behaviour: str) -> None:
    async def story() -> None:
        reach = {"agent0": ReachSettings(no_answer=Target("number", number="+8613800138000"), no_answer_seconds=8)}
        async with centre_with(Phone(behaviour=behaviour, answer_after_seconds=3), reach=reach) as centre:
            await ready(centre, "agent0", Phone(behaviour="silent"))
            leg = centre.call("", number_called=DIRECT, patience_seconds=300, talk_seconds=300)
            await centre.until(lambda: "beep" in centre.heard, 120)
            await asyncio.sleep(10)
            centre.engine.far_end_hangs_up(leg)
            await centre.until(lambda: not centre.process.switchboard.owners)
            assert await only(centre, "ForwardEnded", "result") == [UNANSWERED[behaviour]]
            assert await only(centre, "TransferStarted", "target_id") == ["agent0"]
            assert len(await only(centre, "MessageLeft", "seconds")) == 1
            nothing_is_left(centre)

    journey(story)


def test_we_die_while_a_number_outside_rings_and_the_mailbox_is_reached_all_the_same() -> None:
    async def story() -> None:
        reach = {"agent0": ReachSettings(always=Target("number", number="+8613800138000"))}
        async with centre_with(Phone(behaviour="silent"), reach=reach) as centre:
            await ready(centre, "agent0")
            centre.call("", number_called=DIRECT, patience_seconds=300)
            await asyncio.sleep(10)
            await centre.kill()
            await centre.start()
            await centre.until(lambda: "beep" in centre.heard, 120)

    journey(story)


def test_all_devices_ring_and_one_takes_it() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            more = [*centre.directory.configuration.accounts, replace(centre.directory.configuration.accounts[1], name="desk-agent1")]
            owners = {**centre.directory.configuration.account_owners, "desk-agent1": "agent1"}
            centre.reconfigure(accounts=more, account_owners=owners)
            await centre.client.refresh_configuration()
            await ready(centre, "agent0")
            await ready(centre, "agent1", Phone(behaviour="silent"))
            centre.engine.register_phone("desk-agent1", Phone(answer_after_seconds=4, talk_seconds=20))
            contact = await centre.client.dial(BUSINESS, "agent0", "8001")
            await centre.until(lambda: phase(centre, contact) == "talking")
            assert sorted(len(legs) for legs in await only(centre, "PersonRang", "leg_ids")) == [2]
            assert len(centre.engine._world.legs) == 2
            await centre.until(lambda: phase(centre, contact) == "over")
            nothing_is_left(centre)

    journey(story)


def test_refusing_at_the_desk() -> None:
    async def story() -> None:
        async with centre_with(agents=3, reach={"agent1": ReachSettings(busy=Target("agent", "agent2"))}) as centre:
            for agent in ("agent0", "agent1", "agent2"):
                await ready(centre, agent, Phone(answer_after_seconds=6, talk_seconds=10))
            contact = await centre.client.dial(BUSINESS, "agent0", "8001")
            await centre.until(lambda: centre.state_of("agent1") == "ringing")
            await centre.client.refuse(BUSINESS, "agent1", contact)
            await centre.until(lambda: centre.state_of("agent2") == "talking")
            await centre.until(lambda: phase(centre, contact) == "over")
            nothing_is_left(centre)

    journey(story)


@pytest.mark.parametrize("moment", ["own", "ringing", "talking"])
def test_we_die_in_a_call_between_colleagues(moment: str) -> None:
    async def story() -> None:
        async with centre_with() as centre:
            await ready(centre, "agent0", Phone(answer_after_seconds=3, talk_seconds=30))
            await ready(centre, "agent1", Phone(answer_after_seconds=8))
            contact = await centre.client.dial(BUSINESS, "agent0", "8001")
            if moment == "ringing":
                await centre.until(lambda: centre.state_of("agent1") == "ringing")
            elif moment == "talking":
                await centre.until(lambda: phase(centre, contact) == "talking")
            await asyncio.sleep(1)
            await centre.kill()
            await centre.start()
            await centre.until(lambda: phase(centre, contact) == "talking", 40)
            assert (centre.state_of("agent0"), centre.state_of("agent1")) == ("talking", "talking")
            await centre.until(lambda: phase(centre, contact) == "over", 90)
            nothing_is_left(centre)

    journey(story)


# --- customers who call a person ------------------------------------------------------------------------------------------------


def test_a_direct_number_rings_its_person() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            await ready(centre, "agent0")
            centre.call("", number_called=DIRECT, talk_seconds=20)
            await centre.until(lambda: centre.state_of("agent0") == "talking")
            assert await only(centre, "SegmentStarted", "reason") == ["direct"]
            await centre.until(lambda: centre.state_of("agent0") == "after_call")

    journey(story)


@pytest.mark.parametrize("settings", [ReachSettings(do_not_disturb=True), ReachSettings(always=Target("mailbox"))])
def test_a_person_who_is_not_disturbed_still_serves_queues(settings: ReachSettings) -> None:
    async def story() -> None:
        async with centre_with(reach={"agent0": settings}) as centre:
            await ready(centre, "agent0")
            centre.call("", number_called=DIRECT, patience_seconds=30)
            await asyncio.sleep(10)
            assert "beep" in centre.heard
            assert centre.state_of("agent0") == "idle"
            centre.call()
            await centre.until(lambda: centre.state_of("agent0") == "talking")

    journey(story)


@pytest.mark.parametrize("to", ["mailbox", "queue"])
def test_a_colleague_is_told_that_somebody_does_not_want_to_be_disturbed(to: str) -> None:
    async def story() -> None:
        target = Target("queue", "product") if to == "queue" else None
        async with centre_with(agents=3, reach={"agent1": ReachSettings(do_not_disturb=True, not_disturbed=target)}) as centre:
            await ready(centre, "agent0")
            await ready(centre, "agent1")
            await centre.client.set_status(BUSINESS, "agent1", "break", "rest")
            await centre.client.dial(BUSINESS, "agent0", agent_id="agent1")
            await centre.until(lambda: "person.not_disturbed" in centre.heard)
            assert centre.state_of("agent1") == "idle", "nothing rings at him"
            if to == "queue":
                await ready(centre, "agent2")
                await centre.until(lambda: centre.state_of("agent2") == "talking")
            else:
                await centre.until(lambda: "beep" in centre.heard)
            assert await only(centre, "TransferStarted", "why") == ["do_not_disturb"]

    journey(story)


def test_callers_from_outside_are_not_told_why_nobody_answers() -> None:
    async def story() -> None:
        async with centre_with(reach={"agent0": ReachSettings(do_not_disturb=True)}) as centre:
            await ready(centre, "agent0")
            centre.call("", number_called=DIRECT, patience_seconds=30)
            await centre.until(lambda: "beep" in centre.heard)
            assert "person.not_disturbed" not in centre.heard

    journey(story)


def test_passed_on_to_a_queue() -> None:
    async def story() -> None:
        async with centre_with(reach={"agent0": ReachSettings(always=Target("queue", "product"))}) as centre:
            await ready(centre, "agent1")
            centre.call("", number_called=DIRECT, talk_seconds=10)
            await centre.until(lambda: centre.state_of("agent1") == "talking")
            assert await only(centre, "QueueEntered", "queue_id") == ["product"]

    journey(story)


def test_the_caller_of_a_person_gives_up() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            await ready(centre, "agent0", Phone(behaviour="silent"))
            centre.call("", number_called=DIRECT, patience_seconds=6)
            await centre.until(lambda: centre.state_of("agent0") == "ringing")
            await centre.until(lambda: centre.state_of("agent0") == "idle")
            assert await only(centre, "PersonRingEnded", "result") == ["withdrawn"]
            nothing_is_left(centre)

    journey(story)


def duty_flow() -> Flow:
    """A menu of one key, behind which the duty telephone is."""
    to = TransferNode(id="duty", to="duty", address="night", exits={"otherwise": "sorry"})
    return Flow.build("f", 1, to, GoodbyeNode(id="sorry", prompt=lines_of("system.goodbye")))


def test_the_duty_telephone_goes_round_until_somebody_answers() -> None:
    async def story() -> None:
        async with centre_with(Phone(behaviour="busy")) as centre:
            people = (OnDuty("agent", "agent1"), OnDuty("number", number="+8613800138000"), OnDuty("agent", "agent0"))
            centre.directory.flow_version = duty_flow()
            centre.reconfigure(
                rosters={BUSINESS: {"night": Roster("r", "night", otherwise=people, ring_seconds=8)}}, flows={duty_flow().id: duty_flow()}
            )
            entries = {
                key: replace(entry, flow_id="f") for key, entry in centre.directory.configuration.entries.items() if not entry.person_id
            }
            centre.reconfigure(entries=entries)
            await centre.client.refresh_configuration()
            await ready(centre, "agent0")
            await ready(centre, "agent1", Phone(behaviour="silent"))
            centre.call("", talk_seconds=20)
            await centre.until(lambda: centre.state_of("agent1") == "ringing")
            await centre.until(lambda: centre.state_of("agent0") == "talking")
            assert await only(centre, "PersonRang", "why") == ["duty", "duty"]
            assert await only(centre, "ForwardEnded", "result") == ["busy"]

    journey(story)


def test_nobody_on_duty_takes_a_message() -> None:
    async def story() -> None:
        async with centre_with(None) as centre:
            roster = Roster("r", "night", otherwise=(OnDuty("agent", "agent1"),), mailbox="repair")
            centre.directory.flow_version = duty_flow()
            entries = {
                key: replace(entry, flow_id="f") for key, entry in centre.directory.configuration.entries.items() if not entry.person_id
            }
            centre.reconfigure(entries=entries, rosters={BUSINESS: {"night": roster}}, flows={"f": duty_flow()})
            await centre.client.refresh_configuration()
            centre.call("", patience_seconds=30)
            await centre.until(lambda: "beep" in centre.heard)

    journey(story)


# --- when both are free, and from a telephone's own keypad ------------------------------------------------------------------------


def test_called_as_soon_as_both_are_free() -> None:
    async def story() -> None:
        async with centre_with(agents=3) as centre:
            for agent in ("agent0", "agent1", "agent2"):
                await ready(centre, agent, Phone(talk_seconds=900))
            busy = await centre.client.dial(BUSINESS, "agent1", "8002")
            wish = Wish("w1", BUSINESS, "agent0", "agent1", virtual_clock() + timedelta(hours=1))
            centre.directory.waiting_wishes.append(wish)
            await centre.client.wishes_changed(BUSINESS)
            await asyncio.sleep(30)
            assert centre.state_of("agent0") == "idle"
            await centre.client.hang_up(BUSINESS, "agent1", busy)
            await centre.until(lambda: centre.state_of("agent1") == "talking" and centre.state_of("agent0") == "talking")
            assert centre.directory.ended_wishes["w1"][0] == "called"
            contact = (await only(centre, "DialRequested", "wish_id")).index("w1")
            assert contact == 1

    journey(story)


def test_a_wish_expires() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            await ready(centre, "agent0")
            centre.directory.waiting_wishes.append(Wish("w1", BUSINESS, "agent0", "agent1", virtual_clock() + timedelta(seconds=30)))
            await centre.client.wishes_changed(BUSINESS)
            await asyncio.sleep(40)
            assert centre.directory.ended_wishes["w1"][0] == "expired"

    journey(story)


def test_a_telephone_dials_by_itself() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            await ready(centre, "agent0")
            await ready(centre, "agent1")
            centre.engine.place_call(Caller(number_called="8001", remote_number="8000", account="phone-agent0", talk_seconds=10))
            await centre.until(lambda: centre.state_of("agent1") == "talking")
            await centre.until(lambda: centre.state_of("agent1") == "idle")
            centre.engine.place_call(Caller(number_called=NUMBER, remote_number="8000", account="phone-agent0", patience_seconds=300))
            await centre.until(lambda: centre.state_of("agent0") == "talking")
            assert await only(centre, "DialRequested", "direction") == ["internal", "outbound"]
            await centre.until(lambda: centre.state_of("agent0") == "after_call", 90)
            refused = centre.engine.place_call(Caller(number_called="+12125551234", account="phone-agent0"))
            await asyncio.sleep(1)
            assert refused not in centre.engine._world.legs

    journey(story)
