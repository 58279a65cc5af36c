"""Routes of the desk for calls with other people in them: consult, transfer, confer, park and pick up, standard recordings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from huying.admin.guard import CallerOf, requires
from huying.channels.desk.views import Given
from huying.channels.help.service import may_join
from huying.channels.notes.model import TRANSFER
from huying.channels.notes.service import add_note
from huying.channels.voice.dependency import VoiceOf
from huying.foundation.errors import NotFound
from huying.foundation.http import Caller, Ground, GroundOf, IdPath

router = APIRouter(tags=["desk"], dependencies=[requires("desk.use")])

Id = Annotated[str, StringConstraints(max_length=40)]
PATH = "/api/desk/contacts/{contact_id}"


class TargetGiven(Given):
    """Whom an agent wants to reach: an agent, queue or flow by id, a number, or the mailbox of a queue or an agent."""

    kind: Literal["agent", "queue", "flow", "number", "mailbox"]
    id: Id = ""
    number: Annotated[str, StringConstraints(max_length=40)] = Field(default="", repr=False)
    override_do_not_call: bool = False
    """Although the customer who has the number does not want to be called; for those whom a rule of dialling allows it."""


class Consultation(Given):
    """Whom the agent wants to ask."""

    target: TargetGiven


class Handover(Given):
    """Whom the customer is handed on to, and what he is told."""

    target: TargetGiven
    note: Annotated[str, StringConstraints(max_length=2000)] = ""


class PartyChoice(Given):
    """Somebody in the conversation, by the id in the live row."""

    party_id: Id


class SoundChoice(Given):
    """A standard recording."""

    sound_id: Id


class Slot(BaseModel):
    """Where the customer is parked."""

    slot: str


class ParkedCall(BaseModel):
    """A customer who is parked, by whom and since when."""

    contact_id: str
    slot: str
    since: datetime
    by: str
    customer_id: str


class ParkedCalls(BaseModel):
    """All of the business, by slot."""

    items: list[ParkedCall]


PLAIN = {
    "swap": ("swap", "Talk with the other one; the first hears music."),
    "merge": ("merge", "Bring customer and asked side into one conversation."),
    "complete": ("complete", "Leave; the customer talks with the one who was asked."),
    "end-consult": ("end_consult", "Go back to the customer."),
    "leave": ("leave", "Leave a conversation that goes on without me."),
    "pick-up": ("pick_up", "Take a parked call, or one that rings at a colleague."),
    "stop-playing": ("stop_playing", "Take the customer back from the recording."),
}


def _add_plain(name: str, command: str, words: str) -> None:
    async def run(caller: CallerOf, voice: VoiceOf, contact_id: IdPath) -> None:
        await voice.with_people(command, caller.business_id, caller.person_id, contact_id)

    run.__name__ = command
    router.add_api_route(f"{PATH}/{name}", run, methods=["POST"], status_code=204, description=words)


for _name, (_command, _words) in PLAIN.items():
    _add_plain(_name, _command, _words)


@router.post(f"{PATH}/consult", status_code=204)
async def consult(caller: CallerOf, voice: VoiceOf, contact_id: IdPath, given: Consultation) -> None:
    """Ask a colleague, a queue or a number; the customer hears music meanwhile."""
    await voice.consult(caller.business_id, caller.person_id, contact_id, given.target.model_dump())


@router.post(f"{PATH}/transfer", status_code=204)
async def transfer(caller: CallerOf, ground: GroundOf, voice: VoiceOf, contact_id: IdPath, given: Handover) -> None:
    """Hand the customer on at once. Who is not answered there comes back."""
    async with ground.database.business(caller.business_id) as session:  # what is refused leaves no note
        if given.note.strip():
            await add_note(session, caller.business_id, contact_id, caller.person_id, given.note, ground.clock(), TRANSFER)
        await voice.transfer(caller.business_id, caller.person_id, contact_id, given.target.model_dump())


@router.post(f"{PATH}/drop", status_code=204)
async def drop(caller: CallerOf, voice: VoiceOf, contact_id: IdPath, given: PartyChoice) -> None:
    """Take somebody out of the conversation."""
    await voice.with_people("drop", caller.business_id, caller.person_id, contact_id, party_id=given.party_id)


@router.post(f"{PATH}/park")
async def park(caller: CallerOf, voice: VoiceOf, contact_id: IdPath) -> Slot:
    """Put the customer where any colleague can take him."""
    answer = await voice.with_people("park", caller.business_id, caller.person_id, contact_id)
    return Slot(slot=str(answer["slot"]))


@router.get("/api/desk/parked")
async def parked(caller: CallerOf, voice: VoiceOf) -> ParkedCalls:
    """Customers who are parked."""
    return ParkedCalls(items=[ParkedCall.model_validate(one) for one in await voice.parked(caller.business_id)])


@router.post(f"{PATH}/join", status_code=204)
async def join(caller: CallerOf, ground: GroundOf, voice: VoiceOf, contact_id: IdPath) -> None:
    """Come into a colleague's conversation, heard by everybody in it: who may do so anyway, and who was asked for help with it."""
    await _must_may_join(caller, ground, contact_id)
    await voice.with_people("join", caller.business_id, caller.person_id, contact_id)


@router.post(f"{PATH}/play", status_code=204)
async def play(caller: CallerOf, voice: VoiceOf, contact_id: IdPath, given: SoundChoice) -> None:
    """Let the customer hear a standard recording, while one does something else."""
    await voice.with_people("play", caller.business_id, caller.person_id, contact_id, sound_id=given.sound_id)


async def _must_may_join(caller: Caller, ground: Ground, contact_id: str) -> None:
    if caller.may("live.join"):
        return
    async with ground.database.business(caller.business_id) as session:
        if not await may_join(session, contact_id, caller.person_id):
            raise NotFound("There is no conversation that you were asked into: a lead may join any.")
