"""Routes of the agent's desk: telephone, status, commands on the contact at hand, and what may be chosen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter

from huying.admin.guard import CallerOf, requires
from huying.channels.desk.chosen import sign_in_account
from huying.channels.desk.phones import PhonesOf
from huying.channels.desk.reasons import check_reason, check_refusal
from huying.channels.desk.views import (
    DeskPhone,
    DeskSettings,
    Digits,
    Extension,
    GroupsChoice,
    LegQualityView,
    PhoneSettings,
    Refusal,
    SignIn,
    StatusChoice,
    desk_settings,
)
from huying.channels.dispositions.service import load_desks, load_tree
from huying.channels.voice.client import VoiceClient
from huying.channels.voice.dependency import VoiceOf
from huying.foundation.errors import NotFound
from huying.foundation.http import Caller, Ground, GroundOf, IdPath
from huying.foundation.vault import Vault
from huying.routing.refusals import refusal_reasons
from huying.routing.service import break_reasons, is_agent, load_routing
from huying.telephony.accounts import PersonAccount, account_of
from huying.telephony.model import KIND_BROWSER, KIND_PHONE

router = APIRouter(tags=["desk"], dependencies=[requires("desk.use")])


@router.get("/api/phone")
async def read_phone(caller: CallerOf, ground: GroundOf, phones: PhonesOf, voice: VoiceOf) -> PhoneSettings:
    """How this agent's browser registers as a telephone. The secret is for the browser's memory alone."""
    mine = await _account(caller, ground, phones.vault, voice, KIND_BROWSER)
    return phones.browser(mine.account, caller.person_id, ground.clock())


@router.get("/api/phone/desk-phone")
async def read_desk_phone(caller: CallerOf, ground: GroundOf, phones: PhonesOf, voice: VoiceOf) -> DeskPhone:
    """How a softphone or desk phone registers as this agent's device."""
    mine = await _account(caller, ground, phones.vault, voice, KIND_PHONE)
    return phones.desk_phone(mine.account)


@router.post("/api/desk/sign-in", status_code=204)
async def sign_in(caller: CallerOf, ground: GroundOf, phones: PhonesOf, voice: VoiceOf, given: SignIn) -> None:
    """Begin working at a device; the agent starts on a break and chooses ready."""
    if given.device in (KIND_BROWSER, KIND_PHONE):
        account = (await _account(caller, ground, phones.vault, voice, given.device)).account.name
    else:
        account = await sign_in_account(ground, phones.vault, caller, given.device)
        await voice.refresh_configuration()
    await voice.sign_in(caller.business_id, caller.person_id, account)


@router.post("/api/desk/sign-out", status_code=204)
async def sign_out(caller: CallerOf, voice: VoiceOf) -> None:
    """End working; a call in progress goes on to its end."""
    await voice.sign_out(caller.business_id, caller.person_id)


@router.post("/api/desk/status", status_code=204)
async def choose_status(caller: CallerOf, ground: GroundOf, voice: VoiceOf, given: StatusChoice) -> None:
    """Choose ready, or a break with its reason."""
    if given.status == "break":
        await check_reason(ground, caller, given.reason)
    reason = given.reason if given.status == "break" else ""
    await voice.set_status(caller.business_id, caller.person_id, given.status, reason)


@router.post("/api/desk/groups", status_code=204)
async def choose_groups(caller: CallerOf, voice: VoiceOf, given: GroupsChoice) -> None:
    """Say which of one's groups one does not work for now; the others one works for."""
    await voice.choose_groups(caller.business_id, caller.person_id, given.left)


Command = Callable[[VoiceClient, str, str, str], Awaitable[None]]

COMMANDS: dict[str, tuple[Command, str]] = {
    "hang-up": (lambda v, b, p, c: v.hang_up(b, p, c), "End the call."),
    "hold": (lambda v, b, p, c: v.hold(b, p, c, True), "Put the customer on hold with music."),
    "resume": (lambda v, b, p, c: v.hold(b, p, c, False), "Take the customer back from hold."),
    "mute": (lambda v, b, p, c: v.mute(b, p, c, True), "Close the microphone towards the customer."),
    "unmute": (lambda v, b, p, c: v.mute(b, p, c, False), "Open the microphone again."),
    "rejoin": (lambda v, b, p, c: v.rejoin(b, p, c), "Ring this agent's telephone anew and put it back into the conversation."),
    "pause-recording": (lambda v, b, p, c: v.pause_recording(b, p, c, True), "Keep nothing of what is said."),
    "resume-recording": (lambda v, b, p, c: v.pause_recording(b, p, c, False), "Record again."),
}


def _add_command(name: str, command: Command, words: str) -> None:
    async def run(caller: CallerOf, voice: VoiceOf, contact_id: IdPath) -> None:
        await command(voice, caller.business_id, caller.person_id, contact_id)

    run.__name__ = name.replace("-", "_")
    router.add_api_route(f"/api/desk/contacts/{{contact_id}}/{name}", run, methods=["POST"], status_code=204, description=words)


for _name, (_command, _words) in COMMANDS.items():
    _add_command(_name, _command, _words)


@router.post("/api/desk/contacts/{contact_id}/refuse", status_code=204)
async def refuse(caller: CallerOf, ground: GroundOf, voice: VoiceOf, contact_id: IdPath, given: Refusal | None = None) -> None:
    """Refuse the contact that rings here, if one likes with the reason."""
    reason = (given or Refusal()).reason
    await check_refusal(ground, caller, reason)
    await voice.refuse(caller.business_id, caller.person_id, contact_id, reason)


@router.post("/api/desk/contacts/{contact_id}/digits", status_code=204)
async def send_digits(caller: CallerOf, voice: VoiceOf, contact_id: IdPath, given: Digits) -> None:
    """Send keypad tones to the customer's side."""
    await voice.send_digits(caller.business_id, caller.person_id, contact_id, given.digits)


@router.post("/api/desk/contacts/{contact_id}/extend", status_code=204)
async def extend_after_call(
    caller: CallerOf,
    voice: VoiceOf,
    contact_id: IdPath,  # noqa: ARG001
    given: Extension | None = None,
) -> None:
    """Give the after-call work more time."""
    await voice.extend_after_call(caller.business_id, caller.person_id, (given or Extension()).seconds)


@router.get("/api/desk/contacts/{contact_id}/quality")
async def read_quality(caller: CallerOf, voice: VoiceOf, contact_id: IdPath) -> list[LegQualityView]:
    """How good the legs of one's running call sound."""
    legs = await voice.call_quality(caller.business_id, caller.person_id, contact_id)
    return [LegQualityView.model_validate(leg) for leg in legs]


@router.get("/api/desk/settings")
async def read_settings(caller: CallerOf, ground: GroundOf) -> DeskSettings:
    """Reasons for a break, dispositions, queues."""
    async with ground.database.business(caller.business_id) as session:
        routing = await load_routing(session)
        reasons, refusals = await break_reasons(session), await refusal_reasons(session)
        return desk_settings(reasons, refusals, await load_tree(session), await load_desks(session), routing)


async def _account(caller: Caller, ground: Ground, vault: Vault, voice: VoiceClient, kind: str) -> PersonAccount:
    """The agent's account of this kind; when it was made just now, the voice process knows it before we go on."""
    async with ground.database.business(caller.business_id) as session:
        if not await is_agent(session, caller.person_id):
            raise NotFound("You are not an agent: ask an administrator for an extension and queues.")
        mine, made = await account_of(session, vault, caller.business_id, caller.person_id, kind, ground.clock())
    if made:
        await voice.refresh_configuration()
    return mine
