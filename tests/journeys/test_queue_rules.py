"""What queues and rules say about callers, in virtual time: who is refused, goes ahead, is asked first, and what hooks decide."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from huying.channels.voice.directory import CallerFacts
from huying.flows.graph import Flow
from huying.flows.nodes import CollectNode, QueueNode
from huying.routing.configuration import SkillSettings
from huying.routing.hooks.asking import Hook, QueueHooks
from huying.routing.treatment.caller_rules import CallerRule, CallerRules
from huying.routing.treatment.treatment import BusinessPolicy, ClassPriority
from huying.telephony.simulator import Caller
from huying.telephony.virtual_time import virtual_clock
from journeys.centre import BUSINESS, Centre
from journeys.queue_story import LOST, journey, plain, stays, told


def rules(*given: CallerRule) -> dict[str, BusinessPolicy]:
    return {BUSINESS: BusinessPolicy(callers=CallerRules.of(given))}


def test_a_blocked_caller_does_not_get_in() -> None:
    async def story() -> None:
        centre = Centre(agents=1, flow=plain())
        centre.reconfigure(policies=rules(CallerRule("r", "number", "+8613800000000", "blocked")))
        async with centre:
            await centre.ready("agent0")
            centre.call(keys="")
            await asyncio.sleep(30)
            assert await told(centre) == [("repair", "first", "refused", "blocked")]

    journey(story)


def test_an_important_class_goes_ahead() -> None:
    async def story() -> None:
        centre = Centre(agents=1, flow=plain())
        centre.reconfigure(policies={BUSINESS: BusinessPolicy(classes={"gold": ClassPriority(head_start_seconds=300)})})
        centre.directory.customers["13800000009"] = ("gold-customer", "zh-CN")
        centre.directory.facts["gold-customer"] = CallerFacts(customer_class="gold")
        async with centre:
            for number in ("13800000001", "13800000002", "13800000009"):
                centre.call(keys="", remote_number=number, talk_seconds=5)
                await asyncio.sleep(5)
            await centre.ready("agent0")
            await asyncio.sleep(300)
            answered = [entry.stream_id for entry in await centre.entries() if entry.kind == "SegmentStarted"]
            calling = [entry.stream_id for entry in await centre.entries() if entry.kind == "ContactEntered"]
            assert answered == [calling[2], calling[0], calling[1]]
            third = (await stays(centre))[2]
            assert (third["head_start_seconds"], third["attributes"]["customer_class"], third["notes"]) == (300, "gold", ["class"])

    journey(story)


def test_the_last_agent_is_asked_first_and_waited_for_so_long() -> None:
    async def story() -> None:
        centre = Centre(agents=2, flow=plain())
        centre.change_queue("repair", last_agent_days=7, last_agent_wait_seconds=30)
        async with centre:
            centre.directory.facts["+8613800000000"] = CallerFacts(last_agent_id="agent1", last_agent_at=virtual_clock())
            await centre.ready("agent0")
            await asyncio.sleep(10)
            await centre.ready("agent1")
            centre.call(keys="", talk_seconds=100)  # agent0 has idled longer
            await asyncio.sleep(20)
            centre.call(keys="", talk_seconds=5)  # agent1 talks: 30 s are waited, then agent0 has it
            await asyncio.sleep(200)
            one, other = await stays(centre)
            assert (one["agent_id"], other["agent_id"]) == ("agent1", "agent0")
            assert one["wanted"] == [{"agent_id": "agent1", "seconds": 30, "why": "last_agent"}]
            started = [entry for entry in await centre.entries() if entry.kind == "SegmentStarted"]
            waited = (started[1].at - other["at"]).total_seconds()
            assert 30 <= waited <= 36

    journey(story)


def test_the_owner_of_the_open_request_is_asked_before_the_last_agent_until_it_is_closed() -> None:
    async def story() -> None:
        centre = Centre(agents=3, flow=plain())
        centre.change_queue("repair", last_agent_days=7, last_agent_wait_seconds=30)
        async with centre:
            last = CallerFacts(last_agent_id="agent1", last_agent_at=virtual_clock())
            centre.directory.facts["+8613800000000"] = replace(last, request_owner_id="agent2")
            for agent in ("agent0", "agent1", "agent2"):
                await centre.ready(agent)
                await asyncio.sleep(10)
            centre.call(keys="", talk_seconds=5)
            await asyncio.sleep(60)
            centre.directory.facts["+8613800000000"] = last  # closed
            centre.call(keys="", talk_seconds=5)
            await asyncio.sleep(60)
            one, other = await stays(centre)
            assert [it["why"] for it in one["wanted"]] == ["request_owner", "last_agent"]
            assert [it["why"] for it in other["wanted"]] == ["last_agent"]
            assert (one["agent_id"], other["agent_id"]) == ("agent2", "agent1")
            told = [entry.event.data()["explanation"]["wanted"] for entry in await centre.entries() if entry.kind == "OfferMade"]
            assert told == ["request_owner", "last_agent"]

    journey(story)


def test_where_the_queue_waits_for_nobody_the_owner_of_the_request_is_not_waited_for() -> None:
    async def story() -> None:
        centre = Centre(agents=2, flow=plain())
        centre.change_queue("repair", last_agent_days=7, last_agent_wait_seconds=0)
        async with centre:
            centre.directory.facts["+8613800000000"] = CallerFacts(request_owner_id="agent1")
            await centre.ready("agent0")
            await asyncio.sleep(10)
            await centre.ready("agent1")
            centre.call(keys="", talk_seconds=5)
            await asyncio.sleep(60)
            (stay,) = await stays(centre)
            assert (stay["agent_id"], stay["wanted"]) == ("agent0", [])

    journey(story)


def test_a_green_channel_leads_to_its_person_or_to_others_when_he_is_away() -> None:
    async def story() -> None:
        centre = Centre(agents=2, flow=plain())
        rule = CallerRule("g", "number", "+8613800000000", "green", agent_id="agent1", seconds=120)
        centre.reconfigure(policies=rules(rule))
        async with centre:
            await centre.ready("agent0")
            centre.call(keys="", talk_seconds=5)  # agent1 is not there: nobody waits for him
            await asyncio.sleep(60)
            await centre.ready("agent1")
            centre.call(keys="", talk_seconds=5)
            await asyncio.sleep(60)
            assert [stay["agent_id"] for stay in await stays(centre)] == ["agent0", "agent1"]
            assert all(stay["notes"] == ["green_channel"] for stay in await stays(centre))

    journey(story)


def test_the_language_is_asked_for_where_the_queue_wants_it() -> None:
    async def story() -> None:
        centre = Centre(agents=2, flow=plain(needs={"boilers": 3}, attributes={"line": "heating"}))
        routing = centre.directory.configuration.routing
        skills = {
            "s-zh": SkillSettings("s-zh", BUSINESS, "zh", {}, "language"),
            "s-boilers": SkillSettings("s-boilers", BUSINESS, "boilers", {}, "product"),
        }
        centre.reconfigure(routing=type(routing)(routing.queues, routing.agents, skills=skills))
        centre.change_queue("repair", language_level=5)
        async with centre:
            await centre.ready("agent0")
            centre.call(keys="", patience_seconds=20)
            await asyncio.sleep(30)
            (stay,) = await stays(centre)
            assert stay["needs"] == {"s-zh": 5, "s-boilers": 3}
            assert stay["attributes"]["line"] == "heating"
            assert stay["attributes"]["queue"] == "repair"
            assert stay["ending"] == "abandoned"  # agent0 has neither

    journey(story)


def test_a_look_up_that_fails_costs_a_second_and_no_caller() -> None:
    async def story() -> None:
        async with Centre(agents=1, flow=plain()) as centre:
            centre.change_queue("repair", last_agent_days=7, last_agent_wait_seconds=30)
            await centre.process.reload()

            async def never(*_: object) -> CallerFacts:
                await asyncio.sleep(3600)
                return CallerFacts()

            centre.directory.caller_facts = never  # type: ignore[method-assign,assignment]
            await centre.ready("agent0")
            centre.call(keys="", talk_seconds=5)
            await asyncio.sleep(30)
            (stay,) = await stays(centre)
            assert (stay["ending"], stay["notes"]) == ("answered", ["look_up_failed"])
            assert (stay["at"] - datetime.fromisoformat(stay["waiting_since"])).total_seconds() <= 1.5

    journey(story)


def hooked(answer: Callable[[Mapping[str, object]], object]) -> Centre:
    """A centre whose repair queue asks a hook."""

    class Asked:
        async def ask(self, hook: Hook, question: Mapping[str, object]) -> object:
            found = answer(question)
            if isinstance(found, float):
                await asyncio.sleep(found)
            return found

    centre = Centre(agents=2, flow=plain(), hooks=QueueHooks(Asked(), lambda: asyncio.get_running_loop().time()))
    centre.reconfigure(hooks={"repair": Hook("repair", BUSINESS, "expression")}, time_zones={BUSINESS: "Asia/Shanghai"})
    return centre


def test_a_hook_decides_where_a_call_goes_and_how_it_ranks() -> None:
    async def story() -> None:
        asked: list[Mapping[str, object]] = []

        def answer(question: Mapping[str, object]) -> object:
            asked.append(question)
            return {"queue": "product", "rank": 7, "attributes": {"tariff": "gold"}, "agent": "agent1", "agent_seconds": 20}

        async with hooked(answer) as centre:
            for agent in centre.agents:
                await centre.ready(agent)
            centre.call(keys="", talk_seconds=5)
            await asyncio.sleep(30)
            (stay,) = await stays(centre)
            assert (stay["queue_id"], stay["rank"], stay["agent_id"]) == ("product", 7, "agent1")
            assert stay["attributes"]["tariff"] == "gold"
            assert "hook" in stay["notes"]
            assert (asked[0]["queue"], asked[0]["number"], asked[0]["hour"]) == ("repair", "+8613800000000", 8)

    journey(story)


@pytest.mark.parametrize(("answer", "why"), [({"nonsense": 1}, "bad-answer"), (5.0, "time-out")])
def test_a_hook_that_fails_loses_no_call(answer: object, why: str) -> None:
    async def story() -> None:
        async with hooked(lambda _: answer) as centre:
            await centre.ready("agent0")
            centre.call(keys="", talk_seconds=5)
            await asyncio.sleep(30)
            (stay,) = await stays(centre)
            assert (stay["queue_id"], stay["ending"], stay["notes"]) == ("repair", "answered", [f"hook_failed:{why}"])

    journey(story)


def test_a_rule_against_hidden_numbers_does_not_concern_those_who_have_none() -> None:
    async def story() -> None:
        centre = Centre(agents=1, flow=plain())
        centre.reconfigure(policies=rules(CallerRule("h", "hidden", "", "blocked")))
        async with centre:
            await centre.ready("agent0")
            centre.call(keys="", remote_number="anonymous", talk_seconds=5)
            await asyncio.sleep(10)
            centre.call(keys="", remote_number="1001", talk_seconds=5)
            await asyncio.sleep(60)
            visit = await centre.client.create_visitor(BUSINESS, "service", "en")
            centre.engine.place_call(Caller(account=visit.account, keys="", talk_seconds=5))
            await asyncio.sleep(60)
            assert [(stay["ending"], stay["attributes"]["channel"]) for stay in await stays(centre)] == [
                ("refused", "phone"),
                ("answered", "phone"),
                ("answered", "web_call"),
            ]

    journey(story)


def test_who_calls_is_known_by_the_customer_number_that_he_keys_in_or_that_the_page_says() -> None:
    async def story() -> None:
        asked = CollectNode(id="asked", variable="customer_number", most=6, exits=dict.fromkeys(("done", "no_input", "invalid"), "wait"))
        waits = QueueNode(id="wait", queue="repair", exits={"otherwise": "bye"})
        centre = Centre(agents=1, flow=Flow.build("known", 1, asked, waits, LOST))
        centre.directory.customers["123456"] = ("mrs-zhou", "zh-CN")
        centre.directory.facts["mrs-zhou"] = CallerFacts(customer_class="vip")
        async with centre:
            await centre.ready("agent0")
            centre.call(keys="123456", remote_number="anonymous", talk_seconds=5)
            await asyncio.sleep(60)
            centre.call(keys="999999", remote_number="anonymous", talk_seconds=5)
            await asyncio.sleep(60)
            visit = await centre.client.create_visitor(BUSINESS, "service", "zh-CN", "123456")
            centre.engine.place_call(Caller(account=visit.account, keys="", talk_seconds=5))
            await asyncio.sleep(90)
            told = [kept.customer_id for kept in centre.directory.interactions.values()]
            assert told == ["mrs-zhou", None, "mrs-zhou"]
            assert "123456" not in str([entry.to_json() for entry in centre.journal._all])

    journey(story)
