"""What is found out about a customer on the way into a queue, within a bounded time. How he is treated is decided in `routing.treatment`.

Whatever fails or takes too long is left out: a contact goes into the line with what is known then, and a note says what was not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from huying.channels.voice.call import words as w
from huying.channels.voice.directory import CallerFacts, Configuration, Directory
from huying.channels.voice.owner import CallOwner
from huying.crm.callers.rule_data import comparable
from huying.crm.customers.regions import province_of, region_of
from huying.foundation.clock import Clock
from huying.foundation.errors import HuyingError
from huying.routing.hooks.words import HookAnswer, HookFailed, Hooks
from huying.routing.rules.names import names_of
from huying.routing.treatment.treatment import Arriving, BusinessPolicy, Treatment, question_of, treat

log = structlog.get_logger()

FACTS_SECONDS = 0.6
"""For what the database knows."""
HOOK_SECONDS = 1.2
"""For all together: facts and hook."""
REQUEST_DAYS = 30
"""A request of a contact that lies further back leads nobody to its owner any more."""
NOT_BLOCKED = ("overflow", "recovery", "transfer", "callback")
"""Origins of contacts that are inside already: callers' rules do not turn them away."""


class LookUps:
    """Answers the calls' `LookUp`."""

    def __init__(
        self, directory: Directory, clock: Clock, configuration: Callable[[], Configuration | None], hooks: Hooks | None = None
    ) -> None:
        self._directory = directory
        self._clock = clock
        self._configuration = configuration
        self._hooks = hooks

    async def answer(self, owner: CallOwner, asked: w.LookUp) -> None:
        """Find out what can be found out in time, and leave it with the call."""
        configuration = self._configuration()
        if configuration is None:
            return
        began = asyncio.get_running_loop().time()
        policy = configuration.policy_of(owner.business_id)
        asked = await self._named(owner, asked)
        number = comparable(owner.remote_number)
        facts, failed = await self._facts(owner.business_id, asked, number, policy)
        arriving = self._arriving(asked, number, facts)
        left = HOOK_SECONDS - (asyncio.get_running_loop().time() - began)
        treatment = await self._treat(configuration, owner, arriving, policy, max(0.1, left))
        if failed:
            treatment = replace(treatment, notes=(*treatment.notes, "look_up_failed"))
        owner.post(w.LookedUp(asked.look_up_id, treatment))

    async def _named(self, owner: CallOwner, asked: w.LookUp) -> w.LookUp:
        """With the customer whom the flow names by his customer number: the contact is his, whoever has the telephone number."""
        if not asked.customer_number:
            return asked
        try:
            async with asyncio.timeout(FACTS_SECONDS):
                found, _ = await self._directory.customer_numbered(owner.business_id, asked.customer_number)
                if found and found != asked.customer_id:
                    await self._directory.say_whose(owner.business_id, owner.contact_id, found)
        except (HuyingError, TimeoutError):
            log.warning("call.customer_number_not_looked_up", contact_id=owner.contact_id)
            return asked
        return replace(asked, customer_id=found) if found else asked

    async def _facts(self, business_id: str, asked: w.LookUp, number: str, policy: BusinessPolicy) -> tuple[CallerFacts, bool]:
        queue = policy.queues.get(asked.queue_id)
        waited_for = queue if queue and queue.last_agent_wait_seconds else None
        since = self._days_ago(waited_for.last_agent_days) if waited_for else None
        requests_since = self._days_ago(REQUEST_DAYS) if waited_for else None
        if not asked.customer_id and (waited_for is None or not number):
            return CallerFacts(), False
        try:
            async with asyncio.timeout(FACTS_SECONDS):
                return await self._directory.caller_facts(business_id, asked.customer_id, number, since, requests_since), False
        except (HuyingError, TimeoutError):
            log.warning("call.facts_not_looked_up", business_id=business_id)
            return CallerFacts(), True

    def _days_ago(self, days: int) -> datetime | None:
        return self._clock() - timedelta(days=days) if days else None

    def _arriving(self, asked: w.LookUp, number: str, facts: CallerFacts) -> Arriving:
        return Arriving(
            queue_id=asked.queue_id,
            now=self._clock(),
            channel="call",
            number=number,
            may_hide=asked.channel == "phone",
            language=asked.language,
            customer_class=facts.customer_class,
            last_agent_id=facts.last_agent_id,
            last_agent_at=facts.last_agent_at,
            request_owner_id=facts.request_owner_id,
            attributes={**_home(number), **asked.attributes},
            needs=asked.needs,
            exempt=asked.origin in NOT_BLOCKED,
        )

    async def _treat(
        self, configuration: Configuration, owner: CallOwner, arriving: Arriving, policy: BusinessPolicy, seconds: float
    ) -> Treatment:
        treatment = treat(arriving, policy)
        if self._hooks is None or treatment.blocked or not self._hooks.has(arriving.queue_id):
            return treatment
        local = _local(configuration.time_zones.get(owner.business_id, "UTC"), arriving.now)
        question = question_of(arriving, treatment, names_of(configuration.routing, owner.business_id), local, owner.contact_id)
        answer, failure = await self._asked(arriving.queue_id, question, seconds)
        return treat(arriving, policy, answer, failure)

    async def _asked(self, queue_id: str, question: Mapping[str, object], seconds: float) -> tuple[HookAnswer | None, str]:
        assert self._hooks
        try:
            async with asyncio.timeout(seconds):
                return await self._hooks.ask(queue_id, question), ""
        except HookFailed as error:
            log.warning("call.hook_failed", queue_id=queue_id, reason=error.reason)
            return None, error.reason
        except TimeoutError:
            return None, "time-out"


def _home(number: str) -> dict[str, str]:
    known = {"region": region_of(number), "province": province_of(number)} if number else {}
    return {key: value for key, value in known.items() if value}


def _local(time_zone: str, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(time_zone))
