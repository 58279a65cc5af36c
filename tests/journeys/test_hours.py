"""Business hours in real calls, in virtual time: closing while people wait, a holiday, an emergency, the duty telephone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from huying.admin.calendar.calendar import Calendar, Override, Span, SpecialDay
from huying.admin.calendar.calendars import Calendars
from huying.flows.sample_flow import DUTY_NUMBER
from huying.routing.router.requirements import Action
from huying.routing.router.work import Door
from huying.telephony.simulator import Phone
from huying.telephony.virtual_time import virtual_clock
from journeys.centre import BUSINESS, Centre
from journeys.queue_story import journey, plain, stays, told

UTC_ZONE = ZoneInfo("UTC")


def open_until(moment: datetime) -> Calendar:
    """Open each day from midnight to this time of the day."""
    span = Span(0, moment.hour * 60 + moment.minute)
    return Calendar(UTC_ZONE, ((span,),) * 7)


async def change(centre: Centre, code: str, calendar: Calendar | None) -> None:
    """Put a queue's hours in force."""
    centre.change_queue(code, opening=calendar)
    await centre.bus.publish("config.changed", {"business_id": BUSINESS, "what": "schedule"})
    await asyncio.sleep(0.1)


def with_schedules(centre: Centre, **calendars: Calendar) -> None:
    """What the flow's hours nodes look at."""
    routing = centre.directory.configuration.routing
    centre.reconfigure(routing=replace(routing, calendars=Calendars(by_code={BUSINESS: calendars})))


def test_who_waits_when_it_closes_is_served_and_who_comes_later_is_not() -> None:
    async def story() -> None:
        centre = Centre(agents=1, flow=plain())
        closes = (virtual_clock() + timedelta(minutes=5)).replace(second=0, microsecond=0)
        centre.change_queue("repair", opening=open_until(closes))
        async with centre:
            centre.call(keys="", patience_seconds=900, talk_seconds=5)
            await asyncio.sleep((closes - virtual_clock()).total_seconds() - 1)
            centre.call(keys="", patience_seconds=900, talk_seconds=5)
            await asyncio.sleep(2)
            centre.call(keys="")
            await asyncio.sleep(30)
            waits = ("repair", "first", "", "")
            assert await told(centre) == [waits, waits, ("repair", "first", "refused", "closed")]
            await centre.ready("agent0")
            await asyncio.sleep(120)
            assert [stay["ending"] for stay in await stays(centre)] == ["answered", "answered", "refused"]

    journey(story)


def test_in_an_emergency_nobody_waits_on_and_who_talks_goes_on() -> None:
    async def story() -> None:
        centre = Centre(agents=1, flow=plain())
        centre.change_queue("repair", door=Door(actions={"closed": Action("goodbye")}))
        async with centre:
            await centre.ready("agent0")
            centre.call(keys="", talk_seconds=60)
            await centre.until(lambda: centre.state_of("agent0") == "talking")
            centre.call(keys="", patience_seconds=900)
            await asyncio.sleep(5)
            fire = Override(False, virtual_clock(), None, "fire")
            await change(centre, "repair", Calendar(UTC_ZONE, overrides=(fire,)))
            await asyncio.sleep(20)
            assert centre.state_of("agent0") == "talking"
            assert (await stays(centre))[1]["reason"] == "closed"
            assert "queue.closed_emergency" in centre.heard
            await asyncio.sleep(60)
            over = replace(fire, ends=virtual_clock())
            await change(centre, "repair", Calendar(UTC_ZONE, overrides=(over,)))
            centre.call(keys="", talk_seconds=5)
            await asyncio.sleep(60)
            assert [stay["ending"] for stay in await stays(centre)][-1] == "answered"

    journey(story)


def test_on_a_holiday_the_sample_offers_the_duty_telephone() -> None:
    async def story() -> None:
        centre = Centre(agents=1)
        today = virtual_clock().date()
        with_schedules(centre, service=Calendar(UTC_ZONE, special={today: SpecialDay("holiday", "New Year")}))
        centre.engine.put_far_number(DUTY_NUMBER, Phone(answer_after_seconds=3, talk_seconds=20))
        async with centre:
            await centre.ready("agent0")
            centre.call(keys="1", key_pause_seconds=4.6, patience_seconds=300)
            await asyncio.sleep(90)
            kinds = await centre.kinds()
            assert "QueueEntered" not in kinds
            assert "ForwardAnswered" in kinds
            assert "queue.closed_holiday" in centre.heard
            assert not centre.process.switchboard.owners

    journey(story)


def test_hours_of_the_flow_change_at_once_also_for_a_caller_in_the_menu() -> None:
    async def story() -> None:
        centre = Centre(agents=1)
        with_schedules(centre, service=Calendar(UTC_ZONE), office=Calendar(UTC_ZONE))
        async with centre:
            await centre.ready("agent0")
            centre.call(keys="4", key_pause_seconds=6, patience_seconds=300)
            await asyncio.sleep(4)
            shut = Calendar(UTC_ZONE, ((),) * 7)
            with_schedules(centre, service=shut, office=shut)
            await centre.bus.publish("config.changed", {"business_id": BUSINESS, "what": "schedule"})
            await asyncio.sleep(60)
            read = [entry.event.data() for entry in await centre.entries() if entry.kind == "FlowHoursRead"]
            assert [(one["node"], one["why"]) for one in read] == [("open", ""), ("office", "hours")]

    journey(story)


def test_a_door_of_its_own_is_gone_by_in_an_emergency_too() -> None:
    async def story() -> None:
        centre = Centre(agents=1, flow=plain())
        centre.change_queue("repair", door=Door(most_waiting=5))
        async with centre:
            centre.call(keys="", patience_seconds=900)
            await asyncio.sleep(5)
            await change(centre, "repair", Calendar(UTC_ZONE, overrides=(Override(False, virtual_clock()),)))
            await asyncio.sleep(30)
            [stay] = await stays(centre)
            assert stay["reason"] == "closed"
            assert not centre.process.switchboard.owners

    journey(story)
