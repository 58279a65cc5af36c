"""Messages as the browser reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from huying.channels.messages.service import Message

MessageState = Literal["new", "heard", "done"]


class MessageView(BaseModel):
    """A message; its sound is the recording of the same id. Listening to it needs to have it in one's mailbox or to have taken it, or to
    hear everybody's recordings."""

    id: str
    contact_id: str
    queue_id: str | None
    person_id: str | None
    """Whose mailbox it is in; empty for a queue's."""
    left_by: str | None
    """The colleague who left it, whose name and extension stand in `name` and `number`; empty for callers from outside."""
    left_at: datetime
    seconds: float
    state: MessageState
    taken_by: str | None
    taken_at: datetime | None
    done_at: datetime | None
    note: str
    number: str
    name: str
    customer_id: str | None


def message_view(found: Message) -> MessageView:
    """For the browser."""
    own = {name: getattr(found.row, name) for name in MessageView.model_fields if hasattr(found.row, name)}
    return MessageView(**own, number=found.number, name=found.name, customer_id=found.customer_id)
