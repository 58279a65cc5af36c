"""Closing a contact at the desk: what its queue asks for, the note under the author's name, the follow-up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from huying.analytics.live import LiveCentre
from huying.analytics.own_calls import was_own
from huying.channels.desk.views import WrapUp
from huying.channels.dispositions.acts import note_given
from huying.channels.dispositions.service import DispositionMissing, check_closing
from huying.channels.dispositions.tree import Closing
from huying.channels.model import InteractionRow
from huying.channels.notes.service import has_written, put_wrap_up
from huying.channels.service import close_follow_up, follow_up, get_interaction, wrap_up
from huying.channels.voice.client import VoiceClient
from huying.foundation.errors import Conflict, NotFound
from huying.foundation.http import Caller
from huying.web.live.hub import agents_of, in_hand


def queue_of(live: LiveCentre, caller: Caller, contact_id: str) -> str | None:
    """The queue by whose rules a contact is closed that is in the centre now."""
    agent = live.agents(caller.business_id).get(caller.person_id, {})
    if agent.get("contact_id") == contact_id and isinstance(queue_id := agent.get("queue_id"), str):
        return queue_id
    queue_id = live.contacts(caller.business_id).get(contact_id, {}).get("queue_id")
    return queue_id if isinstance(queue_id, str) else None


async def close_contact(
    session: AsyncSession,
    caller: Caller,
    contact_id: str,
    given: WrapUp,
    queue_id: str | None,
    now: datetime,
    *,
    booked: bool,
    finished: bool,
) -> InteractionRow:
    """Write how it is closed; `booked`: a callback is booked about it.

    Raises InvalidInput; with `finished` DispositionMissing when its queue asks for more.
    """
    before = await get_interaction(session, contact_id)
    following = given.follow_up if given.follow_up is not None else bool(before.follow_up and before.follow_up.open)
    closing = Closing(given.disposition, given.note, following, booked)
    if given.disposition != before.disposition or finished:
        await check_closing(session, queue_id, closing, finished=finished)
    row = await wrap_up(session, contact_id, given.disposition, given.note, caller.person_id, now)
    if row.disposition:
        await note_given(session, caller.business_id, contact_id, caller.person_id, now)
    await put_wrap_up(session, caller.business_id, contact_id, caller.person_id, given.note, now)
    if given.follow_up:
        await follow_up(session, contact_id, caller.person_id, now)
    elif given.follow_up is False and row.follow_up is not None:
        await close_follow_up(session, contact_id, caller.person_id, now, may_all=caller.may("contacts.view"))
    return row


async def why_none_booked(caller: Caller, voice: VoiceClient, number: str, lacking: DispositionMissing) -> str:
    """Why the callback that is lacking cannot be booked: then the contact is closed, and it stays with the caller as a follow-up.

    Raises what was lacking when it is something else, or a callback can be booked.
    """
    why = ""
    if lacking.details.get("missing") == "date":
        why = await voice.why_not_booked(caller.business_id, caller.person_id, number)
    if not why:
        raise lacking
    return why


async def must_concern(session: AsyncSession, caller: Caller, row: InteractionRow, live: LiveCentre) -> None:
    """Raise NotFound unless the contact is at the caller's desk, or was held, missed, closed or written about by the caller, or the
    caller may see all."""
    if caller.may("contacts.view") or row.wrapped_by == caller.person_id or _at_desk(caller, row.contact_id, live):
        return
    if await has_written(session, row.contact_id, caller.person_id):
        return
    if not await was_own(session, row.contact_id, caller.person_id):
        raise NotFound("There is no such contact at your desk.")


class WrittenByAnother(Conflict):
    """Somebody else has written the summary of this contact: ask them, or a lead, to change it."""

    code = "written-by-another"


def must_write(caller: Caller, row: InteractionRow, live: LiveCentre) -> None:
    """Raise WrittenByAnother when the contact is over and its summary is somebody else's."""
    others = row.wrapped_by not in (None, caller.person_id) and bool(row.note or row.disposition)
    if others and not caller.may("contacts.view") and not _at_desk(caller, row.contact_id, live):
        raise WrittenByAnother


def _at_desk(caller: Caller, contact_id: str, live: LiveCentre) -> bool:
    """Whether the contact rings at the caller, or is in his hands."""
    if caller.person_id in agents_of(live.contacts(caller.business_id).get(contact_id, {})):
        return True
    return contact_id in in_hand(live.agents(caller.business_id).get(caller.person_id, {}))
