"""Agents at several devices, at a telephone number, on a permanent line; answering by itself and limits of time. In virtual time."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from huying.channels.devices.settings import ChosenDevices, WorkSettings
from huying.channels.voice.client import VoiceClient
from huying.channels.voice.desk_commands import OnOtherDevice
from huying.foundation.errors import Conflict
from huying.telephony.port import PhoneAccount
from huying.telephony.simulator import Phone
from huying.telephony.virtual_time import run_virtual
from journeys.centre import BUSINESS, Centre

MOBILE = "+8613800138000"
DIALLED = "13800138000"


def chosen(centre: Centre, *kinds: str, permanent: bool = False, **work: int) -> None:
    """agent0 has a browser, a desk phone and a mobile number, and chose these."""
    more = {"desk-agent0": ("secret", "phone"), "mobile-agent0": (MOBILE, "number")}
    before = centre.directory.configuration
    kept = [account for account in before.accounts if account.name not in more]
    centre.reconfigure(
        accounts=[*kept, *(PhoneAccount(name, secret, kind) for name, (secret, kind) in more.items())],
        account_owners={**before.account_owners, **dict.fromkeys(more, "agent0")},
        devices={"agent0": ChosenDevices(kinds, permanent, "en")} if kinds else {},
        work={"agent0": WorkSettings(**work)} if work else {},
    )


async def begin(centre: Centre, account: str) -> None:
    await centre.client.refresh_configuration()
    await centre.client.sign_in(BUSINESS, "agent0", account)
    await centre.client.set_status(BUSINESS, "agent0", "ready")


def journey(story: Any, **settings: Any) -> None:
    async def run() -> None:
        async with Centre(agents=1, **settings) as centre:
            await story(centre)

    run_virtual(run())


async def talking(centre: Centre) -> None:
    await centre.until(lambda: centre.state_of("agent0") == "talking")


async def results(centre: Centre) -> list[str]:
    return [entry.event.data()["result"] for entry in await centre.entries() if entry.kind == "OfferEnded"]


def test_several_devices_ring_and_the_first_answer_wins() -> None:
    async def story(centre: Centre) -> None:
        chosen(centre, "browser", "phone")
        centre.engine.register_phone("phone-agent0", Phone("silent"))
        centre.engine.register_phone("desk-agent0", Phone(answer_after_seconds=3))
        await begin(centre, "phone-agent0")
        centre.call(talk_seconds=30)
        await talking(centre)
        assert [leg.account for leg in centre.engine._world.legs.values() if leg.account] == ["desk-agent0"]
        contact = next(iter(centre.process.switchboard.owners))
        with pytest.raises(Conflict) as refused:
            await VoiceClient(centre.bus).rejoin(BUSINESS, "agent0", contact)
        assert refused.value.code == OnOtherDevice.code
        await centre.until(lambda: centre.state_of("agent0") == "idle")
        assert await results(centre) == ["accepted"]
        assert await centre.endings() == {"answered": 1}

    journey(story)


def test_a_telephone_number_takes_the_call_with_key_1() -> None:
    async def story(centre: Centre) -> None:
        chosen(centre, "number")
        centre.engine.put_far_number(DIALLED, Phone(answer_after_seconds=2))
        await begin(centre, "mobile-agent0")
        centre.call(talk_seconds=30)
        await centre.until(lambda: "device.call_for_you" in centre.heard)
        assert centre.state_of("agent0") == "ringing"
        leg = next(leg for leg in centre.engine._world.legs.values() if leg.number_called == DIALLED)
        centre.engine.far_end_presses(leg.leg_id, "1")
        await talking(centre)
        assert leg.remote_number == "4008005678"
        await centre.until(lambda: centre.state_of("agent0") == "idle")
        assert await results(centre) == ["accepted"]
        assert not centre.engine._world.legs

    journey(story)


@pytest.mark.parametrize(("key", "result"), [("2", "refused"), ("", "timed_out")])
def test_a_telephone_number_refuses_or_says_nothing(key: str, result: str) -> None:
    async def story(centre: Centre) -> None:
        chosen(centre, "number")
        centre.engine.put_far_number(DIALLED, Phone(answer_after_seconds=2))
        await begin(centre, "mobile-agent0")
        centre.call(patience_seconds=60)
        await centre.until(lambda: "device.call_for_you" in centre.heard)
        leg = next(leg for leg in centre.engine._world.legs.values() if leg.number_called == DIALLED)
        if key:
            centre.engine.far_end_presses(leg.leg_id, key)
        await asyncio.sleep(30)
        assert (await results(centre))[0] == result

    journey(story)


def test_a_permanent_line_stays_between_calls_and_over_a_restart_of_ours() -> None:
    async def story(centre: Centre) -> None:
        chosen(centre, "phone", permanent=True)
        centre.engine.register_phone("desk-agent0", Phone(answer_after_seconds=1))
        await begin(centre, "desk-agent0")
        await centre.until(lambda: "device.line_is_up" in centre.heard)
        line = next(iter(centre.engine._world.legs))
        for _ in range(2):
            centre.call(talk_seconds=20)
            await talking(centre)
            assert "beep" in centre.heard
            assert next(iter(centre.engine._world.legs)) == line
            await centre.until(lambda: centre.state_of("agent0") == "idle")
            await asyncio.sleep(20)
            assert list(centre.engine._world.legs) == [line], "the reconciler leaves the idle line alone"
        await centre.kill()
        await centre.start()
        await asyncio.sleep(20)
        assert list(centre.engine._world.legs) == [line]
        centre.call(talk_seconds=60)
        await talking(centre)
        await asyncio.sleep(5)
        await centre.kill()
        await centre.start()
        await asyncio.sleep(10)
        assert centre.state_of("agent0") == "talking"
        await centre.until(lambda: centre.state_of("agent0") == "idle")
        assert list(centre.engine._world.legs) == [line]
        await centre.client.sign_out(BUSINESS, "agent0")
        await asyncio.sleep(10)
        assert not centre.engine._world.legs

    journey(story)


def test_who_hangs_the_line_up_is_not_ready_until_he_says_so() -> None:
    async def story(centre: Centre) -> None:
        chosen(centre, "phone", permanent=True)
        centre.engine.register_phone("desk-agent0", Phone(answer_after_seconds=1))
        await begin(centre, "desk-agent0")
        await centre.until(lambda: "device.line_is_up" in centre.heard)
        router = centre.process.routing.router
        await centre.until(lambda: bool((p := router.presence("agent0")) and p.reachable))
        centre.engine.far_end_hangs_up(next(iter(centre.engine._world.legs)))
        await asyncio.sleep(60)
        presence = router.presence("agent0")
        assert presence
        assert (presence.status.value, presence.reachable) == ("break", False)
        assert not centre.engine._world.legs
        await centre.client.set_status(BUSINESS, "agent0", "ready")
        await centre.until(lambda: bool((p := router.presence("agent0")) and p.reachable))
        centre.call(talk_seconds=5)
        await talking(centre)

    journey(story)


def test_a_call_is_answered_by_itself_and_after_call_work_is_the_agents_own() -> None:
    async def story(centre: Centre) -> None:
        chosen(centre, answer_seconds=3, after_call_seconds=5)
        centre.engine.register_phone("phone-agent0", Phone(answer_after_seconds=300))
        await begin(centre, "phone-agent0")
        centre.call(talk_seconds=10)
        await talking(centre)
        await centre.until(lambda: centre.state_of("agent0") == "after_call")
        await asyncio.sleep(6)
        assert centre.state_of("agent0") == "idle"

    journey(story, after_call_seconds=60)


def test_a_conversation_ends_at_its_limit_after_a_tone() -> None:
    async def story(centre: Centre) -> None:
        chosen(centre, most_talk_seconds=120, warn_seconds=20)
        centre.engine.register_phone("phone-agent0", Phone())
        await begin(centre, "phone-agent0")
        centre.call(talk_seconds=1000)
        await talking(centre)
        await asyncio.sleep(60)
        await centre.kill()
        await centre.start()
        await asyncio.sleep(70)
        assert centre.state_of("agent0") in ("after_call", "idle")
        kinds = await centre.kinds()
        assert "CallLimitWarned" in kinds
        causes = [entry.event.data()["cause"] for entry in await centre.entries() if entry.kind == "ContactEnded"]
        assert causes == ["time_limit"]

    journey(story)
