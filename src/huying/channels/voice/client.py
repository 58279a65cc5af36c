"""The voice process as the other processes see it: commands and questions over the bus, typed.

Every method raises the error the voice process raised (NotFound, Conflict, ...), or Unavailable when it does not answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huying.channels.help.events import HelpAsked, HelpEnded, HelpTaken
from huying.crm.knowledge.events import ArticleSent
from huying.foundation.bus.port import Bus
from huying.foundation.journal.entry import Entry

COMMAND_SUBJECT = "voice.command"
OPEN_SUBJECT = "voice.open"
UP_SUBJECT = "voice.up"
CONFIGURATION_SUBJECT = "config.changed"
FEED_SUBJECT = "desk.feed"


def live_subject(business_id: str) -> str:
    """The subject on which the journal entries of a business are published as they become true."""
    return f"live.{business_id}"


@dataclass(frozen=True, slots=True)
class OpenStreams:
    """All entries of streams that are open now. `epoch` changes whenever the voice process starts anew."""

    epoch: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class VisitorCall:
    """A one-time telephone account for a visitor of a web page, good for one call to one entry."""

    call_id: str
    account: str
    secret: str
    target: str
    expires_in_seconds: int


@dataclass(frozen=True, slots=True)
class VisitorState:
    """How a visitor's call stands: `new`, `in_flow`, `waiting`, `talking`, `ended`; `place` counts from 1 while waiting."""

    state: str
    contact_id: str
    place: int
    ended_cause: str


class VoiceClient:
    """Asks the voice process."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def _command(self, command: str, business_id: str, **arguments: object) -> dict[str, object]:
        message = {"command": command, "business_id": business_id, "arguments": arguments}
        return dict(await self._bus.ask(COMMAND_SUBJECT, message))

    async def sign_in(self, business_id: str, person_id: str, account: str) -> None:
        """Begin working at this telephone account. Signing in twice moves the agent to the account."""
        await self._command("sign_in", business_id, person_id=person_id, account=account)

    async def move_device(self, business_id: str, person_id: str, account: str) -> None:
        """Whoever is at work is at this account's device from now on. Raises Conflict in the middle of a contact."""
        await self._command("move_device", business_id, person_id=person_id, account=account)

    async def sign_out(self, business_id: str, person_id: str, lead: str = "") -> None:
        """End working; a call in progress goes on to its end. `lead`: the person who says so, empty for the agent."""
        await self._command("sign_out", business_id, person_id=person_id, lead=lead)

    async def set_status(self, business_id: str, person_id: str, status: str, reason: str = "", lead: str = "") -> None:
        """Choose `ready` or `break` (with a reason). `lead`: the person who says so, empty for the agent."""
        await self._command("set_status", business_id, person_id=person_id, status=status, reason=reason, lead=lead)

    async def choose_groups(self, business_id: str, person_id: str, left: Sequence[str], lead: str = "") -> None:
        """Say which of the agent's groups (ids) he does not work for now. `lead`: the person who says so, empty for the agent."""
        await self._command("choose_groups", business_id, person_id=person_id, left=list(left), lead=lead)

    async def tell_moved(self, business_id: str, person_id: str, groups: Sequence[str], lead: str) -> None:
        """Let an agent at work know that a lead changed the groups (ids) he is a member of; the configuration says so already."""
        await self._command("tell_moved", business_id, person_id=person_id, groups=list(groups), lead=lead)

    async def finish_after_call(self, business_id: str, person_id: str) -> None:
        """End the after-call work now."""
        await self._command("finish_after_call", business_id, person_id=person_id)

    async def extend_after_call(self, business_id: str, person_id: str, seconds: int = 60) -> None:
        """Give the after-call work more time."""
        await self._command("extend_after_call", business_id, person_id=person_id, seconds=seconds)

    async def refuse(self, business_id: str, person_id: str, contact_id: str, reason: str = "") -> None:
        """Refuse the contact that rings at this agent, saying why."""
        await self._command("refuse", business_id, person_id=person_id, contact_id=contact_id, reason=reason)

    async def hang_up(self, business_id: str, person_id: str, contact_id: str) -> None:
        """End the call for this agent (and so for the customer)."""
        await self._command("hang_up", business_id, person_id=person_id, contact_id=contact_id)

    async def hold(self, business_id: str, person_id: str, contact_id: str, held: bool) -> None:
        """Put the customer on hold with music, or take him back."""
        await self._command("hold", business_id, person_id=person_id, contact_id=contact_id, held=held)

    async def mute(self, business_id: str, person_id: str, contact_id: str, muted: bool) -> None:
        """Close or open the agent's microphone towards the customer."""
        await self._command("mute", business_id, person_id=person_id, contact_id=contact_id, muted=muted)

    async def send_digits(self, business_id: str, person_id: str, contact_id: str, digits: str) -> None:
        """Send keypad tones to the customer's side."""
        await self._command("send_digits", business_id, person_id=person_id, contact_id=contact_id, digits=digits)

    async def pause_recording(self, business_id: str, person_id: str, contact_id: str, paused: bool) -> None:
        """Keep nothing of what is said while paused."""
        await self._command("pause_recording", business_id, person_id=person_id, contact_id=contact_id, paused=paused)

    async def rejoin(self, business_id: str, person_id: str, contact_id: str) -> None:
        """Ring this agent's telephone again, answering by itself, and put it into the conversation in place of the old leg."""
        await self._command("rejoin", business_id, person_id=person_id, contact_id=contact_id)

    async def call_quality(self, business_id: str, person_id: str, contact_id: str) -> list[dict[str, object]]:
        """How good the legs of this agent's call sound now: what `LegQuality` holds, for each leg measured so far."""
        answer = await self._command("call_quality", business_id, person_id=person_id, contact_id=contact_id)
        return answer.get("legs", [])  # type: ignore[return-value]

    async def consult(self, business_id: str, person_id: str, contact_id: str, target: Mapping[str, str | bool]) -> None:
        """Ask a colleague, a queue or a number while the customer hears music. `target`: kind, id, number."""
        await self._command("consult", business_id, person_id=person_id, contact_id=contact_id, target=dict(target))

    async def transfer(self, business_id: str, person_id: str, contact_id: str, target: Mapping[str, str | bool]) -> None:
        """Hand the customer on to an agent, queue, flow, number or mailbox. `target`: kind, id, number."""
        await self._command("transfer", business_id, person_id=person_id, contact_id=contact_id, target=dict(target))

    async def with_people(self, command: str, business_id: str, person_id: str, contact_id: str, **more: str) -> Mapping[str, Any]:
        """One of swap, merge, complete, end_consult, leave, drop (party_id), park, join, pick_up, play (sound_id), stop_playing."""
        return await self._command(command, business_id, person_id=person_id, contact_id=contact_id, **more)

    async def parked(self, business_id: str) -> list[Mapping[str, Any]]:
        """Customers who are parked: contact_id, slot, since, by, customer_id."""
        items: list[Mapping[str, Any]] = (await self._command("parked", business_id))["items"]  # type: ignore[assignment]
        return items

    async def end_contact(self, business_id: str, person_id: str, contact_id: str) -> None:
        """A lead ends a contact in any state."""
        await self._command("end_contact", business_id, person_id=person_id, contact_id=contact_id)

    async def create_visitor(self, business_id: str, entry: str, language: str, customer_number: str = "") -> VisitorCall:
        """Make a one-time account that can call this web entry and nothing else."""
        told = {"entry": entry, "language": language, "customer_number": customer_number}
        return VisitorCall(**await self._command("create_visitor", business_id, **told))  # type: ignore[arg-type]

    async def visitor_state(self, business_id: str, call_id: str) -> VisitorState:
        """How the visitor's call stands. NotFound when there is no such call (any more)."""
        return VisitorState(**await self._command("visitor_state", business_id, call_id=call_id))  # type: ignore[arg-type]

    async def end_visitor_call(self, business_id: str, call_id: str) -> None:
        """The visitor hangs up by the page (his telephone socket may be broken)."""
        await self._command("end_visitor_call", business_id, call_id=call_id)

    async def request_callback(self, business_id: str, entry: str, queue_id: str, number: str, name: str = "", language: str = "") -> str:
        """A visitor of a web entry wants to be called from this queue; the contact's id. Raises NumberNotAllowed, Conflict."""
        wish = {"entry": entry, "queue_id": queue_id, "number": number, "name": name, "language": language}
        return str((await self._command("request_callback", business_id, **wish))["contact_id"])

    async def book_callback(
        self, business_id: str, agent_id: str, number: str, queue_id: str, at: str, *, wanted_id: str = "", **more: str
    ) -> tuple[str, str]:
        """Book a callback at a time (ISO; without offset by the business's clocks); the contact's id and the moment (ISO).

        `wanted_id`: who is asked first. `more`: customer_id, previous_contact_id, name, language, entry_point.
        Without an agent the customer books himself: what numbers he may give is the business's rule.
        Raises TimePassed, TimeTooFar, ClosedThen, TimeUnknown, DiallingRefused, NumberNotAllowed, NotFound, Conflict.
        """
        told = {"customer_id": "", "previous_contact_id": "", "name": "", "language": "", "entry_point": "", **more}
        wish = {"agent_id": agent_id, "number": number, "queue_id": queue_id, "at": at, "wanted_id": wanted_id, **told}
        answer = await self._command("book_callback", business_id, **wish)
        return str(answer["contact_id"]), str(answer["at"])

    async def why_not_booked(self, business_id: str, agent_id: str, number: str) -> str:
        """Why this agent can book no callback for this number (`bookings.WHY_NOT`); empty when one can be booked."""
        return str((await self._command("why_not_booked", business_id, agent_id=agent_id, number=number))["why"])

    async def move_callback(self, business_id: str, person_id: str, contact_id: str, queue_id: str, at: str, wanted_id: str = "") -> str:
        """Another time for a callback that waits; the moment (ISO). Raises as book_callback does; Conflict when he is being called."""
        wish = {"person_id": person_id, "contact_id": contact_id, "queue_id": queue_id, "at": at, "wanted_id": wanted_id}
        return str((await self._command("move_callback", business_id, **wish))["at"])

    async def cancel_callback(self, business_id: str, contact_id: str) -> None:
        """A customer who waits to be called back is not to be called any more. Raises Conflict when he does not wait."""
        await self._command("cancel_callback", business_id, contact_id=contact_id)

    async def dial(
        self,
        business_id: str,
        person_id: str,
        number: str = "",
        agent_id: str = "",
        queue_id: str = "",
        customer_id: str = "",
        previous_contact_id: str = "",
        *,
        knowing: bool = False,
    ) -> str:
        """Call a number or a colleague; the contact's id. `knowing`: although the customer does not want to be called.

        Raises NotDiallable, DiallingRefused, Conflict (not signed in, in another contact).
        """
        wish = {"number": number, "agent_id": agent_id, "queue_id": queue_id, "customer_id": customer_id, "knowing": knowing}
        answer = await self._command("dial", business_id, person_id=person_id, previous_contact_id=previous_contact_id, **wish)
        return str(answer["contact_id"])

    async def wishes_changed(self, business_id: str) -> None:
        """Somebody wants to talk with a colleague as soon as both are free, or does no longer."""
        await self._command("wishes_changed", business_id)

    async def note_help(self, business_id: str, contact_id: str, event: HelpAsked | HelpTaken | HelpEnded) -> None:
        """Journal what becomes of a request for help. Raises Conflict when the call is over, or who asks is not in it."""
        await self._command("note_in_call", business_id, contact_id=contact_id, kind=event.kind, data=event.data())

    async def note(self, business_id: str, contact_id: str, event: ArticleSent) -> None:
        """Journal what an agent did for the customer in a contact he is in. Raises Conflict when the call is over, or he is not in it."""
        await self._command("note_in_call", business_id, contact_id=contact_id, kind=event.kind, data=event.data())

    async def refresh_configuration(self) -> None:
        """Read the configuration again, now: what was changed before this call is in force after it."""
        await self._command("refresh_configuration", "")

    async def open_streams(self) -> OpenStreams:
        """All entries of open streams of every business, to build live views from."""
        answer = await self._bus.ask(OPEN_SUBJECT, {}, timeout_seconds=10.0)
        entries = [Entry.from_json(entry) for entry in answer["entries"]]
        while answer["next"] is not None:
            answer = await self._bus.ask(OPEN_SUBJECT, {"token": answer["token"], "start": answer["next"]}, timeout_seconds=10.0)
            entries = ([] if answer["start"] == 0 else entries) + [Entry.from_json(entry) for entry in answer["entries"]]
        return OpenStreams(epoch=answer["epoch"], entries=entries)
