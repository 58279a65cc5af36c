"""What desks and leads ask of work at the desk, as it comes over the bus."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from huying.channels.desk_work import words as w
from huying.channels.desk_work.works import DeskWorks
from huying.foundation.bus.port import Message

Handler = Callable[[str, Message], Awaitable[Message]]


def work_commands(works: DeskWorks) -> Mapping[str, Handler]:
    """Command -> who carries it out."""

    def asking(event_of: Callable[[str, Message], w.WorkEvent]) -> Handler:
        async def handler(business_id: str, arguments: Message) -> Message:
            event = event_of(str(arguments.get("person_id", "")), arguments)
            await works.ask(business_id, str(arguments["contact_id"]), event)
            return {}

        return handler

    async def look(_business_id: str, _arguments: Message) -> Message:
        works.look()
        return {}

    return {
        "work_accept": asking(lambda person, _: w.AcceptAsked(person)),
        "work_take": asking(lambda person, _: w.TakeAsked(person)),
        "work_refuse": asking(lambda person, a: w.RefuseAsked(person, str(a["reason"]))),
        "work_park": asking(lambda person, a: w.ParkAsked(person, datetime.fromisoformat(str(a["until"])))),
        "work_return": asking(lambda person, _: w.ReturnAsked(person)),
        "work_finish": asking(lambda person, _: w.FinishAsked(person)),
        "work_cancel": asking(lambda _, __: w.CancelAsked()),
        "work_look": look,
    }
