"""Routes of callbacks: how the business calls back, and visitors of the web page who ask to be called."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import AwareDatetime, Field, StringConstraints
from sqlalchemy import select

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, public, requires
from huying.channels.callback.model import CallbackSettingsRow
from huying.channels.callback.service import change_callback_settings, read_callback_settings
from huying.channels.callback.settings import CallbackSettings
from huying.channels.voice.dependency import VoiceOf
from huying.channels.web_call.api import EntryName, WebCallsOf
from huying.foundation.errors import Forbidden, TooMany
from huying.foundation.http import GroundOf
from huying.foundation.throttle import Throttle
from huying.routing.service import load_routing
from huying.routing.settings.queue_views import Given, Id

router = APIRouter(tags=["callbacks"])

Prefixes = Annotated[list[Annotated[str, StringConstraints(pattern=r"^\+[0-9]{1,15}$")]], Field(max_length=200)]
FROM_ONE_ADDRESS, IN_ALL, HOUR = 5, 300, 3600.0


class CallbackSettingsData(Given):
    """How often, how long, and which numbers (prefixes in E.164) are called back. Seconds are whole."""

    most_tries: Annotated[int, Field(ge=1, le=10)] = 2
    pause_seconds: Annotated[int, Field(ge=10, le=86_400)] = 600
    expire_seconds: Annotated[int, Field(ge=60, le=14 * 86_400)] = 86_400
    ring_seconds: Annotated[int, Field(ge=10, le=120)] = 30
    after_call_when_not_reached: bool = False
    own_seconds: Annotated[int, Field(ge=0, le=3600)] = 300
    most_days: Annotated[int, Field(ge=1, le=365)] = 90
    allowed_prefixes: Prefixes = ["+86"]
    denied_prefixes: Prefixes = []
    web_queues: Annotated[list[Id], Field(max_length=100)] = []


class NewCallback(Given):
    """Whom to call, and about what."""

    entry: EntryName
    queue_id: Id
    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=40)] = Field(repr=False)
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = Field(default="", repr=False)
    language: Literal["zh-CN", "en"] = "zh-CN"
    at: AwareDatetime | None = None
    """When; as soon as somebody is free where nothing is said."""


class Wishes:
    """How often callbacks may be asked for: from one address and in all."""

    def __init__(self) -> None:
        self._by_address, self._all = Throttle(FROM_ONE_ADDRESS, HOUR), Throttle(IN_ALL, HOUR)

    def count(self, address: str) -> None:
        """One more. Raises TooMany."""
        now = time.monotonic()
        wait = max(self._by_address.wait_seconds(address, now), self._all.wait_seconds("", now))
        if wait > 0:
            raise TooMany("Too many callbacks were asked for from here: try again later.", retry_after_seconds=int(wait) + 1)
        self._by_address.note(address, now)
        self._all.note("", now)


@router.get("/api/callbacks/settings", dependencies=[requires("queues.manage")])
async def read_settings(caller: CallerOf, ground: GroundOf) -> CallbackSettingsData:
    """How the business calls back."""
    async with ground.database.business(caller.business_id) as session:
        return CallbackSettingsData.model_validate(asdict(await read_callback_settings(session)))


@router.put("/api/callbacks/settings", dependencies=[requires("queues.manage")])
async def write_settings(caller: CallerOf, ground: GroundOf, given: CallbackSettingsData) -> CallbackSettingsData:
    """Change it; callbacks that wait already go by it from now on."""
    async with changing(ground, caller, "callback_settings") as change:
        queues = (await load_routing(change.session)).queues
        told: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.model_dump().items()}
        await change.begin_found(select(CallbackSettingsRow.id))
        row_id, made = await change_callback_settings(change.session, caller.business_id, CallbackSettings(**told), queues)
        change.note(row_id, "made" if made else "changed")
    return given


@router.post("/public/callbacks", status_code=202, dependencies=[public()])
async def ask_for_callback(request: Request, ground: GroundOf, voice: VoiceOf, calls: WebCallsOf, given: NewCallback) -> None:
    """Be called back at this number from a queue that the business offers for it. A time is refused as `time-passed`, `time-too-far`,
    or `closed-then` with `opens_at`."""
    wishes(request).count(request.client.host if request.client else "")
    entry = await calls.entry(ground.database, given.entry)
    async with ground.database.business(entry.business_id) as session:
        offered = (await read_callback_settings(session)).web_queues
    if given.queue_id not in offered:
        raise Forbidden("This page does not offer to call you back about this.")
    if given.at:
        more = {"name": given.name, "language": given.language, "entry_point": entry.address}
        await voice.book_callback(entry.business_id, "", given.number, given.queue_id, given.at.isoformat(), **more)
        return
    await voice.request_callback(entry.business_id, given.entry, given.queue_id, given.number, given.name, given.language)


def wishes(request: Request) -> Wishes:
    """The count of this application."""
    state = request.app.state
    if not hasattr(state, "callback_wishes"):
        state.callback_wishes = Wishes()
    found = state.callback_wishes
    assert isinstance(found, Wishes)
    return found
