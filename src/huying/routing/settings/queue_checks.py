"""Whether what is said about queues holds together: rules that can be read, targets that are there. Keeps rules readable over new names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.calendar.model import ScheduleRow
from huying.admin.changing import Change
from huying.foundation.errors import Conflict, InvalidInput
from huying.routing.configuration import QueueSettings, RoutingSettings
from huying.routing.model import QueueRow
from huying.routing.rules.format import format_requirements
from huying.routing.rules.names import names_of
from huying.routing.service import load_queues, load_routing
from huying.routing.settings.internal_numbers import check_internal_number

NUMBER = re.compile(r"\+?[0-9]{3,20}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


class RulesUnreadable(InvalidInput):
    """The rules cannot be read: put right what is named in the problems."""

    code = "requirements-not-understood"


class UsedInRules(Conflict):
    """Rules of a queue speak of this: change them first."""

    code = "used-in-rules"


async def check_given(session: AsyncSession, queue_id: str, given: Mapping[str, Any]) -> None:
    """Raise InvalidInput when an action or the schedule leads to something that is not there, NumberTaken for a number that is had."""
    if given.get("internal_number"):
        await check_internal_number(session, given["internal_number"], queue_id)
    known = set(await session.scalars(select(QueueRow.id).where(QueueRow.active)))
    actions = {f"keys.{key}": action for key, action in (given.get("keys") or {}).items()}
    actions |= {f"door.actions.{key}": action for key, action in (given.get("door") or {}).get("actions", {}).items()}
    for field, action in actions.items():
        _check_action(field, action["do"], action["target"], known - {queue_id})
    if given.get("schedule_id") and await session.get(ScheduleRow, given["schedule_id"]) is None:
        raise InvalidInput("There is no such schedule.", field="schedule_id")


def _check_action(field: str, do: str, target: str, queues: set[str]) -> None:
    if do == "overflow" and target not in queues:
        raise InvalidInput("Overflow needs another queue that is active.", field=f"{field}.target")
    if do == "forward" and not NUMBER.fullmatch(target):
        raise InvalidInput("Forwarding needs a telephone number, for example +862161234567.", field=f"{field}.target")
    if do == "menu" and not target:
        raise InvalidInput("The way back to the menu needs the name of an exit of the flow.", field=f"{field}.target")


def check_readable(queue: QueueSettings, language: str) -> None:
    """Raise RulesUnreadable when the queue's rules cannot be gone by."""
    wrong = [problem for problem in queue.problems if problem.severity == "error"]
    if wrong:
        told = [{"line": it.line, "column": it.column, "code": it.code, "message": it.message(language)} for it in wrong]
        raise RulesUnreadable(field="requirements", problems=told)


async def keep_readable(change: Change, before: Mapping[str, QueueSettings]) -> None:
    """After a thing was renamed or became inactive: write the rules that spoke of it by its old name anew.

    Raises UsedInRules when that cannot be, or when a queue overflows to one that is not active any more.
    """
    await change.session.flush()
    routing = await load_routing(change.session)
    for queue in routing.queues.values():
        was = before.get(queue.queue_id)
        if was is None:
            continue
        if not before.keys().isdisjoint(_targets(queue) - routing.queues.keys()):
            raise UsedInRules(queue=queue.code)
        if _broken(queue) and not _broken(was):
            await _rewrite(change, queue, was, routing)


async def _rewrite(change: Change, queue: QueueSettings, was: QueueSettings, routing: RoutingSettings) -> None:
    language = "zh-CN" if CHINESE.search(queue.requirements) else "en"
    text = format_requirements(was.rules.requirements.lines, names_of(routing, queue.business_id), language)
    await change.begin(queue.queue_id, "queue")
    row = await change.session.get_one(QueueRow, queue.queue_id)
    row.requirements = text
    await change.session.flush()
    now = (await load_queues(change.session))[queue.queue_id]
    if _broken(now) or now.rules.requirements.lines != was.rules.requirements.lines:
        raise UsedInRules(queue=queue.code)
    change.note(queue.queue_id, "changed", "queue")


def _targets(queue: QueueSettings) -> set[str]:
    """The queues that this one overflows to by its limits and keys."""
    actions = (*queue.rules.door.actions.values(), *queue.rules.keys.values())
    return {action.target for action in actions if action.do == "overflow"}


def _broken(queue: QueueSettings) -> bool:
    return any(problem.severity == "error" for problem in queue.problems)
