"""What queues say about calls, in virtual time: keys, announcements, several telephones at once, and our own deaths."""

from __future__ import annotations

import asyncio
from typing import Any

from huying.channels.voice.directory import CallerFacts
from huying.flows.graph import Flow
from huying.flows.nodes import MenuNode, PlayNode, QueueNode, SetAttributesNode, TransferNode
from huying.flows.spoken import lines_of
from huying.routing.router.requirements import Action
from huying.routing.router.work import Announcements, Consequence, Door
from huying.routing.treatment.treatment import BusinessPolicy, ClassPriority
from huying.telephony import port
from huying.telephony.simulator import Phone
from huying.telephony.virtual_time import virtual_clock
from journeys.centre import BUSINESS, Centre
from journeys.queue_story import LOST, journey, plain, results, told

# --- keys and announcements ------------------------------------------------------------------------------------------


def test_a_key_works_during_an_announcement_and_during_music() -> None:
    async def story() -> None:
        for pause in (0.5, 25.0):  # the announcement is heard first, then music
            centre = Centre(agents=1, flow=plain(prompt=lines_of("system.please_wait")))
            centre.change_queue("repair", keys={"1": Action("overflow", "product"), "9": Action("goodbye")})
            async with centre:
                centre.call(keys="1w9", key_pause_seconds=pause, patience_seconds=150)
                await asyncio.sleep(200)
                assert await told(centre) == [("repair", "first", "overflowed", "key"), ("product", "overflow", "abandoned", "")]
                assert ("queue.key.overflow" in centre.heard) == (pause > 20)

    journey(story)


def test_the_flows_key_goes_first_and_goodbye_is_the_customers_own_choice() -> None:
    async def story() -> None:
        flow = Flow.build(
            "keys",
            1,
            QueueNode(id="wait", queue="repair", exits={"otherwise": "bye", "5": "duty"}),
            TransferNode(id="duty", address="13911112222", exits={"otherwise": "bye"}),
            LOST,
        )
        centre = Centre(agents=1, flow=flow)
        centre.change_queue("repair", keys={"5": Action("overflow", "product"), "9": Action("goodbye")})
        centre.engine.put_far_number("13911112222", Phone(talk_seconds=20))
        async with centre:
            centre.call(keys="5", key_pause_seconds=9)
            centre.call(keys="9", key_pause_seconds=9)
            await asyncio.sleep(60)
            assert sorted(await told(centre)) == [("repair", "first", "forwarded", "key"), ("repair", "first", "self_served", "key")]

    journey(story)


def information() -> Flow:
    """Key 3 tells the opening hours, then leads back to the queue; its menu has a second key that leaves."""
    return Flow.build(
        "information",
        1,
        QueueNode(
            id="wait", queue="repair", information="3", max_wait_seconds=600, exits={"otherwise": "bye", "3": "hours", "timeout": "bye"}
        ),
        PlayNode(id="hours", prompt=lines_of("queue.closed"), exits={"next": "more"}),
        MenuNode(
            id="more",
            prompt=lines_of("sample.menu"),
            timeout_seconds=5,
            tries=2,
            exits={"1": "wait", "2": "bye", "no_input": "wait", "invalid": "wait"},
        ),
        LOST,
    )


def test_information_keeps_the_place() -> None:
    async def story() -> None:
        async with Centre(agents=1, flow=information()) as centre:
            centre.call(keys="3ww1", key_pause_seconds=4, patience_seconds=400, talk_seconds=5)
            await asyncio.sleep(60)
            assert await told(centre) == [("repair", "first", "", "")]
            assert (await centre.kinds()).count("FlowNodeEntered") >= 4
            await centre.ready("agent0")
            await asyncio.sleep(60)
            assert await told(centre) == [("repair", "first", "answered", "")]

    journey(story)


def test_an_agent_may_answer_while_information_is_heard() -> None:
    async def story() -> None:
        async with Centre(agents=1, flow=information()) as centre:
            await centre.ready("agent0", Phone(answer_after_seconds=8))
            centre.call(keys="3", key_pause_seconds=4, talk_seconds=30)
            await asyncio.sleep(80)
            assert await told(centre) == [("repair", "first", "answered", "")]

    journey(story)


def test_who_leaves_out_of_the_information_has_served_himself() -> None:
    async def story() -> None:
        async with Centre(agents=1, flow=information()) as centre:
            centre.call(keys="3w2", key_pause_seconds=2)
            await asyncio.sleep(60)
            assert await told(centre) == [("repair", "first", "self_served", "")]

    journey(story)


def test_the_information_survives_our_death() -> None:
    async def story() -> None:
        async with Centre(agents=1, flow=information()) as centre:
            centre.call(keys="3", key_pause_seconds=2, patience_seconds=400, talk_seconds=5)
            await asyncio.sleep(5)
            await centre.kill()
            await asyncio.sleep(1)
            await centre.start()
            await asyncio.sleep(60)
            assert await told(centre) == [("repair", "first", "", "")]
            await centre.ready("agent0")
            await asyncio.sleep(60)
            assert await told(centre) == [("repair", "first", "answered", "")]

    journey(story)


def test_place_people_and_estimate_are_said_when_they_are_known() -> None:
    async def story() -> None:
        centre = Centre(agents=1, flow=plain(), after_call_seconds=0)
        wanted = Announcements(every_seconds=20, place=True, people=True, estimate=True, own_wait=True)
        centre.change_queue("repair", announcements=wanted)
        async with centre:
            await centre.ready("agent0")
            centre.call(keys="", talk_seconds=60)
            await asyncio.sleep(9)
            centre.heard.clear()
            centre.call(keys="", talk_seconds=60)
            await asyncio.sleep(15)
            assert {"queue.place.1", "queue.people.one"} <= set(centre.heard)
            assert not any(key.startswith("queue.estimate") for key in centre.heard)  # nobody can know it yet
            for _ in range(9):
                centre.call(keys="", talk_seconds=60, patience_seconds=3000)
                await asyncio.sleep(60)
            centre.heard.clear()
            await asyncio.sleep(60)
            assert any(key.startswith("queue.estimate") for key in centre.heard)
            assert "queue.waited.before" in centre.heard
            await asyncio.sleep(900)

    journey(story)


# --- several telephones at once ------------------------------------------------------------------------------------------


def ring_all(agents: int = 3, **more: Any) -> Centre:
    return Centre(agents=agents, flow=plain(), strategy="ring_all", **more)


def test_ring_all_has_one_winner_and_nobody_missed_anything() -> None:
    async def story() -> None:
        async with ring_all() as centre:
            for agent, seconds in zip(centre.agents, (6.0, 3.0, 3.0), strict=True):
                await centre.ready(agent, Phone(answer_after_seconds=seconds))  # two answer in the same instant
            centre.call(keys="", talk_seconds=20)
            await asyncio.sleep(15)
            found = await results(centre)
            assert sorted(found.values()) == [["accepted"], ["withdrawn"], ["withdrawn"]]
            winner = next(agent for agent, result in found.items() if result == ["accepted"])
            assert winner in ("agent1", "agent2")
            assert [centre.state_of(agent) for agent in centre.agents] == [
                "talking" if agent == winner else "idle" for agent in centre.agents
            ]
            for agent in centre.agents:
                presence = centre.process.routing.router.presence(agent)
                assert presence
                assert presence.status.value == "ready"
            kinds = [entry.kind for entry in await centre.entries("agent")]
            assert "AgentOfferMissed" not in kinds
            await asyncio.sleep(60)
            assert await told(centre) == [("repair", "first", "answered", "")]

    journey(story)


def test_ring_all_tells_the_losers_telephones_that_it_was_answered_elsewhere() -> None:
    async def story() -> None:
        async with ring_all(agents=2) as centre:
            hung_up: list[port.EndCause] = []
            before = centre.engine.hang_up

            async def hang_up(leg_id: str, cause: port.EndCause = port.EndCause.NORMAL) -> None:
                hung_up.append(cause)
                await before(leg_id, cause)

            centre.engine.hang_up = hang_up  # type: ignore[method-assign]
            await centre.ready("agent0", Phone(answer_after_seconds=3))
            await centre.ready("agent1", Phone("silent"))
            centre.call(keys="", talk_seconds=20)
            await asyncio.sleep(10)
            assert hung_up == [port.EndCause.ANSWERED_ELSEWHERE]
            await asyncio.sleep(60)

    journey(story)


def test_ring_all_goes_on_when_one_refuses_and_all_who_are_silent_miss_it() -> None:
    async def story() -> None:
        centre = ring_all(offer_seconds=10, consequence=Consequence(misses=2, refusals=1, rest_seconds=5))
        async with centre:
            await centre.ready("agent0", Phone("refuse", answer_after_seconds=2))
            await centre.ready("agent1", Phone("silent"))
            await centre.ready("agent2", Phone("silent"))
            centre.call(keys="", patience_seconds=60)
            await asyncio.sleep(14)
            assert await results(centre) == {"agent0": ["refused"], "agent1": ["timed_out"], "agent2": ["timed_out"]}
            reasons = {agent: centre.process.routing.router.presence(agent) for agent in centre.agents}
            assert {agent: found.reason for agent, found in reasons.items() if found} == {"agent0": "refused", "agent1": "", "agent2": ""}
            await asyncio.sleep(90)
            assert (await results(centre))["agent1"][:2] == ["timed_out", "timed_out"]

    journey(story)


def test_ring_all_survives_our_death() -> None:
    async def story() -> None:
        async with ring_all() as centre:
            for agent in centre.agents:
                await centre.ready(agent, Phone(answer_after_seconds=12 if agent == "agent1" else 15))
            centre.call(keys="", talk_seconds=20)
            await asyncio.sleep(5)
            await centre.kill()
            await asyncio.sleep(1)
            await centre.start()
            await asyncio.sleep(40)
            assert await results(centre) == {"agent0": ["withdrawn"], "agent1": ["accepted"], "agent2": ["withdrawn"]}
            await asyncio.sleep(60)
            assert [centre.state_of(agent) for agent in centre.agents] == ["idle"] * 3

    journey(story)


# --- restarts ------------------------------------------------------------------------------------------


def test_after_our_death_the_router_has_the_same_work() -> None:
    async def story() -> None:
        flow = Flow.build(
            "attributes",
            1,
            MenuNode(id="menu", exits={"1": "note", "no_input": "bye", "invalid": "bye"}),
            SetAttributesNode(id="note", attributes={"product": "boiler"}, exits={"next": "wait"}),
            QueueNode(id="wait", queue="repair", attributes={"urgent": "yes"}, exits={"otherwise": "bye"}),
            LOST,
        )
        centre = Centre(agents=2, flow=flow)
        centre.change_queue("repair", last_agent_days=7, last_agent_wait_seconds=300)
        centre.reconfigure(policies={BUSINESS: BusinessPolicy(classes={"gold": ClassPriority(rank=2, head_start_seconds=60)})})
        centre.directory.customers["13800000000"] = ("gold-customer", "zh-CN")
        async with centre:
            await centre.ready("agent1", Phone("silent"))
            centre.directory.facts["gold-customer"] = CallerFacts("gold", "agent1", virtual_clock())
            await centre.client.set_status(BUSINESS, "agent1", "break", "lunch")
            centre.call(keys="1", patience_seconds=300)
            await asyncio.sleep(10)
            before = dict(centre.process.routing._places._items)
            await centre.kill()
            await asyncio.sleep(1)
            await centre.start()
            await asyncio.sleep(1)
            assert dict(centre.process.routing._places._items) == before
            (item,) = before.values()
            assert (item.rank, item.head_start_seconds) == (2, 60)
            assert {"menu_choice": "1", "menu.menu": "1", "product": "boiler", "urgent": "yes", "customer_class": "gold"}.items() <= (
                item.attributes.items()
            )
            await asyncio.sleep(400)

    journey(story)


def test_a_death_during_an_overflow_leaves_one_line_of_stays() -> None:
    async def story() -> None:
        for moment in (20.0, 20.002, 20.005, 20.01, 20.1, 21.0):
            centre = Centre(agents=1, flow=plain())
            centre.change_queue("repair", door=Door(most_seconds=20, actions={"timeout": Action("overflow", "product")}))
            async with centre:
                centre.call(keys="", patience_seconds=60, talk_seconds=5)
                await asyncio.sleep(moment)
                await centre.kill()
                await asyncio.sleep(1)
                await centre.start()
                await asyncio.sleep(120)
                found = await told(centre)
                overflowed = [stay for stay in found if stay[2] == "overflowed"]
                assert len(overflowed) == len([stay for stay in found if stay[1] == "overflow"])
                assert found[-1][2] in ("abandoned", "short_abandoned")

    journey(story)
