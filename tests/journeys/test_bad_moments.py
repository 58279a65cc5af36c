"""Things that happen at the worst moment, in virtual time: each call ends well, or at once and truly."""

from __future__ import annotations

import asyncio
import dataclasses

import pytest

from huying.channels.voice.switchboard import Switchboard
from huying.channels.voice.visitors import GOOD_FOR_SECONDS, MOST_AT_ONCE
from huying.flows.graph import Flow
from huying.foundation.errors import TooMany
from huying.foundation.journal.entry import STREAM_AGENT
from huying.foundation.journal.port import StreamConflict
from huying.telephony.port import EngineUnavailable, PhoneAccount, Trunk
from huying.telephony.simulator import Caller, Phone
from journeys.centre import BUSINESS, NUMBER, Centre
from journeys.test_calls import journey


def test_a_customer_who_hangs_up_while_he_is_looked_up() -> None:
    async def story() -> None:
        async with Centre() as centre:

            async def slowly(_business_id: str, _number: str) -> tuple[str, str]:
                await asyncio.sleep(0.8)
                return "", ""

            centre.directory.customer_of = slowly  # type: ignore[method-assign]
            leg = centre.call()
            await asyncio.sleep(0.4)
            centre.engine.far_end_hangs_up(leg)
            await asyncio.sleep(0.6)
            assert not centre.process.switchboard.owners
            kinds = await centre.kinds()
            assert (kinds[0], kinds[-1]) == ("ContactEntered", "ContactEnded")

    journey(story)


def test_callers_who_come_while_we_are_dead_are_served() -> None:
    async def story() -> None:
        async with Centre() as centre:
            await centre.ready("agent0", Phone(talk_seconds=900))
            await asyncio.sleep(1)
            await centre.kill()
            centre.call(talk_seconds=30, patience_seconds=300)
            await asyncio.sleep(1)
            await centre.start()
            await centre.until(lambda: centre.state_of("agent0") == "talking", 60)
            await asyncio.sleep(60)
            assert await centre.endings() == {"answered": 1}

    journey(story)


def test_callers_who_come_while_the_connection_is_broken_are_served() -> None:
    async def story() -> None:
        async with Centre() as centre:
            await centre.ready("agent0", Phone(talk_seconds=900))
            centre.engine.break_connection(3)
            await asyncio.sleep(1)
            centre.call(talk_seconds=30, patience_seconds=300)
            await centre.until(lambda: centre.state_of("agent0") == "talking", 60)

    journey(story)


@pytest.mark.parametrize("moment", [0.5, 3, 6, 10, 15, 20])
def test_a_connection_that_breaks_at_any_moment_leaves_no_call_in_silence(moment: float) -> None:
    async def story() -> None:
        async with Centre() as centre:
            await centre.ready("agent0", Phone(talk_seconds=900, answer_after_seconds=4))
            centre.call(talk_seconds=30, patience_seconds=900)
            await asyncio.sleep(moment)
            centre.engine.break_connection(5)
            await centre.until(lambda: centre.state_of("agent0") == "talking", 90)
            await asyncio.sleep(60)
            assert await centre.endings() == {"answered": 1}
            assert not centre.process.switchboard.owners

    journey(story)


@pytest.mark.parametrize("moment", [0.01, 0.05, 0.5, 3, 6, 10, 15, 20])
def test_our_death_at_any_moment_leaves_no_call_in_silence(moment: float) -> None:
    async def story() -> None:
        async with Centre() as centre:
            await centre.ready("agent0", Phone(talk_seconds=900, answer_after_seconds=4))
            centre.call(talk_seconds=60, patience_seconds=900)
            await asyncio.sleep(moment)
            await centre.kill()
            await asyncio.sleep(5)
            await centre.start()
            await centre.until(lambda: centre.state_of("agent0") == "talking", 90)
            await asyncio.sleep(90)
            assert await centre.endings() == {"answered": 1}
            assert not centre.process.switchboard.owners

    journey(story)


def test_an_engine_that_stays_dead_frees_the_agents_at_once() -> None:
    async def story() -> None:
        async with Centre(agents=1) as centre:
            await centre.ready("agent0", Phone(talk_seconds=300))
            centre.call(talk_seconds=200)
            await asyncio.sleep(30)
            centre.call(patience_seconds=900)
            await asyncio.sleep(30)
            centre.engine.restart(60.0)
            await asyncio.sleep(4)
            assert centre.state_of("agent0") == "idle"
            assert await centre.endings() == {"answered": 1, "lost": 1}
            causes = [entry.event.data()["cause"] for entry in await centre.entries() if entry.kind == "ContactEnded"]
            assert causes == ["engine_lost", "engine_lost"]
            await asyncio.sleep(80)
            centre.call(talk_seconds=10)
            await centre.until(lambda: centre.state_of("agent0") == "talking", 60)

    journey(story)


def test_a_telephone_that_could_not_be_told_to_stop_ringing_is_stopped_later() -> None:
    async def story() -> None:
        async with Centre(agents=1, offer_seconds=300) as centre:
            await centre.ready("agent0", Phone("silent"))
            leg = centre.call(patience_seconds=900)
            await centre.until(lambda: centre.state_of("agent0") == "ringing", 60)
            centre.engine.break_connection(2)
            await centre.client.set_status(BUSINESS, "agent0", "break", "lunch")
            await asyncio.sleep(14)
            assert set((await centre.engine.snapshot()).legs) == {leg}

    journey(story)


def test_an_agent_who_is_no_agent_any_longer_ends_his_call_and_is_signed_out() -> None:
    async def story() -> None:
        async with Centre(agents=2) as centre:
            await centre.ready("agent0", Phone(talk_seconds=900))
            centre.call(talk_seconds=60)
            await centre.until(lambda: centre.state_of("agent0") == "talking", 60)
            whole = centre.directory.configuration
            agents = {agent: settings for agent, settings in whole.routing.agents.items() if agent != "agent0"}
            accounts = [account for account in whole.accounts if account.name != "phone-agent0"]
            routing = dataclasses.replace(whole.routing, agents=agents)
            centre.directory.configuration = dataclasses.replace(whole, routing=routing, accounts=accounts)
            await centre.bus.publish("config.changed", {"business_id": BUSINESS, "what": "agents"})
            await asyncio.sleep(5)
            assert centre.state_of("agent0") == "talking"
            await centre.kill()
            await centre.start()
            await asyncio.sleep(100)
            presence = centre.process.routing.router.presence("agent0")
            assert presence
            assert not presence.signed_in
            entries = await centre.entries(STREAM_AGENT)
            assert {entry.business_id for entry in entries} == {BUSINESS}
            assert entries[-1].kind == "AgentSignedOut"

    journey(story)


def test_an_account_that_the_engine_refuses_harms_no_other() -> None:
    async def story() -> None:
        centre = Centre()
        whole = centre.directory.configuration
        bad = PhoneAccount("refused", "secret", "browser")
        centre.directory.configuration = dataclasses.replace(whole, accounts=[bad, *whole.accounts], trunks=[Trunk("t", ["127.0.0.1"])])
        put, tries = centre.engine.put_account, 0

        async def choosy(account: PhoneAccount) -> None:
            nonlocal tries
            if account.name == "refused":
                tries += 1
                raise EngineUnavailable if tries > 1 else StreamConflict
            await put(account)

        centre.engine.put_account = choosy  # type: ignore[method-assign]
        async with centre:
            await centre.ready("agent0")
            centre.call(talk_seconds=5)
            await centre.until(lambda: centre.state_of("agent0") == "talking", 60)
            await centre.bus.publish("config.changed", {"business_id": BUSINESS, "what": "agents"})
            await asyncio.sleep(1)
            assert tries == 2

    journey(story)


def test_a_call_that_cannot_be_begun_is_told_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        async with Centre() as centre:
            monkeypatch.setattr(Switchboard, "_begin", _broken)
            leg = centre.call()
            await asyncio.sleep(0.5)
            assert leg not in (await centre.engine.snapshot()).legs
            monkeypatch.undo()
            flow = next(iter(centre.directory.configuration.flows))
            broken = Flow(flow, 1, None, None)  # type: ignore[arg-type]
            assert centre.process.switchboard.configuration
            centre.process.switchboard.configuration = dataclasses.replace(centre.directory.configuration, flows={flow: broken})
            leg = centre.call()
            await asyncio.sleep(0.5)
            assert leg not in (await centre.engine.snapshot()).legs
            assert not centre.process.switchboard.owners

    async def _broken(*_: object) -> None:
        raise ZeroDivisionError

    journey(story)


def test_who_called_is_kept_although_we_died_before_it_was() -> None:
    async def story() -> None:
        async with Centre() as centre:
            keep = centre.directory.keep_interaction

            async def away(_interaction: object) -> None:
                raise EngineUnavailable

            centre.directory.keep_interaction = away  # type: ignore[assignment]
            centre.call(patience_seconds=100)
            await asyncio.sleep(30)
            await centre.kill()
            centre.directory.keep_interaction = keep  # type: ignore[method-assign]
            await centre.start()
            await asyncio.sleep(1)
            assert [(kept.remote_number, kept.number_called) for kept in centre.directory.interactions.values()] == [
                ("13800000000", NUMBER)
            ]

    journey(story)


def test_customers_who_hung_up_while_we_were_dead_end_well() -> None:
    async def story() -> None:
        async with Centre() as centre:
            legs = [centre.call(patience_seconds=900) for _ in range(5)]
            await asyncio.sleep(30)
            await centre.kill()
            for leg in legs:
                centre.engine.far_end_hangs_up(leg)
            await centre.start()
            await asyncio.sleep(1)
            assert await centre.endings() == {"abandoned": 5}
            assert not centre.process.switchboard.owners

    journey(story)


def test_a_recovery_that_fails_ends_the_process_and_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    async def story() -> None:
        async with Centre() as centre:
            await centre.ready("agent0", Phone(talk_seconds=900))
            centre.call(talk_seconds=60)
            await asyncio.sleep(5)
            await centre.kill()
            monkeypatch.setattr("huying.channels.voice.process.bring_back", broken)
            starting = asyncio.create_task(centre.start())
            await asyncio.sleep(1)
            with pytest.raises(ZeroDivisionError):
                await centre._task
            starting.cancel()
            monkeypatch.undo()
            centre.engine.reader_died()
            await centre.start()
            await centre.until(lambda: centre.state_of("agent0") == "talking", 60)

    journey(story)


def test_whoever_is_not_the_only_writer_ends_and_a_new_start_heals() -> None:
    async def story() -> None:
        async with Centre() as centre:
            await centre.ready("agent0", Phone(talk_seconds=900))
            centre.call(talk_seconds=60)
            await asyncio.sleep(5)
            entry = (await centre.entries())[-1]
            centre.process.refused([entry], StreamConflict("taken"))
            with pytest.raises(StreamConflict):
                await centre._task
            await centre.kill()
            await centre.start()
            await centre.until(lambda: centre.state_of("agent0") == "talking", 60)

    journey(story)


def test_web_calls_leave_room_for_telephones_and_places_come_back() -> None:
    async def story() -> None:
        async with Centre() as centre:
            for _ in range(MOST_AT_ONCE):
                await centre.client.create_visitor(BUSINESS, "service", "en")
            with pytest.raises(TooMany):
                await centre.client.create_visitor(BUSINESS, "service", "en")
            await asyncio.sleep(GOOD_FOR_SECONDS + 1)
            visitor = await centre.client.create_visitor(BUSINESS, "service", "en")
            assert centre.process.switchboard.configuration
            centre.process.switchboard.configuration = dataclasses.replace(centre.directory.configuration, flows={})
            centre.engine.place_call(Caller(account=visitor.account, number_called="service"))
            await asyncio.sleep(1)
            assert visitor.account not in centre.engine._accounts

    journey(story)


def test_visitors_are_not_told_what_the_engine_says_of_itself() -> None:
    async def story() -> None:
        async with Centre() as centre:

            async def refuse(_account: PhoneAccount) -> None:
                raise EngineUnavailable("500 Internal (PUT asterisk/config/dynamic)")

            centre.engine.put_account = refuse  # type: ignore[method-assign]
            with pytest.raises(EngineUnavailable, match="No call can be begun"):
                await centre.client.create_visitor(BUSINESS, "service", "en")

    journey(story)


def test_a_visitors_account_is_good_for_one_call_and_for_a_minute_also_over_our_restart() -> None:
    async def story() -> None:
        async with Centre() as centre:
            await centre.ready("agent0", Phone(talk_seconds=5))
            visitor = await centre.client.create_visitor(BUSINESS, "service", "en")
            token = centre.engine._accounts[visitor.account].entry
            centre.engine.place_call(Caller(account=visitor.account, number_called="service", keys="1", talk_seconds=5))
            await asyncio.sleep(120)
            assert visitor.account not in centre.engine._accounts
            await centre.kill()
            await centre.start()
            for seconds in (0.0, GOOD_FOR_SECONDS):
                await asyncio.sleep(seconds)
                await centre.engine.put_account(PhoneAccount("again", "s", "visitor", entry=token))
                leg = centre.engine.place_call(Caller(account="again", number_called=NUMBER))
                await asyncio.sleep(1)
                assert leg not in (await centre.engine.snapshot()).legs
            assert [entry.kind for entry in await centre.entries()].count("ContactEntered") == 1

    journey(story)
