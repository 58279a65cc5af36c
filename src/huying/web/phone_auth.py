"""The edge asks here before it opens a telephone's WebSocket: for an agent's session from our own pages, or a web call's token."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Header, Request

from huying.admin.guard import find_caller, public
from huying.channels.voice.client import VoiceClient
from huying.channels.voice.dependency import VoiceOf
from huying.channels.web_call.api import WebCallsOf
from huying.channels.web_call.token import WebCallClaim
from huying.foundation.errors import Forbidden, NotFound, NotSignedIn, Unavailable
from huying.foundation.http import GroundOf
from huying.web.security import is_same_origin

router = APIRouter(include_in_schema=False)

BEGINNING = timedelta(minutes=2)
"""So long a web call's token opens the telephone by itself; later its call must be going on."""


@router.get("/internal/phone-auth", status_code=204, dependencies=[public()])
async def may_open_phone(
    request: Request,
    ground: GroundOf,
    calls: WebCallsOf,
    voice: VoiceOf,
    token: str = "",
    x_original_uri: Annotated[str, Header()] = "",
) -> None:
    """204 when the telephone's WebSocket may be opened. Raises NotSignedIn, Forbidden."""
    if not is_same_origin(request.headers, request.app.state.allowed_origins):
        raise Forbidden("This telephone belongs to another site's page.")
    given = token or parse_qs(urlsplit(x_original_uri).query).get("token", [""])[0]
    if given:
        claim, now = calls.tokens.read(given, ground.clock()), ground.clock()
        if claim.made_at + BEGINNING < now and not await _goes_on(voice, claim):
            raise NotSignedIn("This call is over: call again.")
        return
    (await find_caller(request)).must("desk.use")


async def _goes_on(voice: VoiceClient, claim: WebCallClaim) -> bool:
    try:
        return (await voice.visitor_state(claim.business_id, claim.call_id)).state != "ended"
    except NotFound:
        return False
    except Unavailable:  # nobody can say: a call that goes on must not lose its telephone for that
        return True
