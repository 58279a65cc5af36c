"""The edge asks here before it opens a telephone's WebSocket: for an agent's session from our own pages, or a web call's token."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Header, Request

from huying.admin.guard import find_caller, public
from huying.channels.web_call.api import WebCallsOf
from huying.foundation.errors import Forbidden
from huying.foundation.http import GroundOf
from huying.web.security import is_same_origin

router = APIRouter(include_in_schema=False)


@router.get("/internal/phone-auth", status_code=204, dependencies=[public()])
async def may_open_phone(
    request: Request, ground: GroundOf, calls: WebCallsOf, token: str = "", x_original_uri: Annotated[str, Header()] = ""
) -> None:
    """204 when the telephone's WebSocket may be opened. Raises NotSignedIn, Forbidden."""
    if not is_same_origin(request.headers, request.app.state.allowed_origins):
        raise Forbidden("This telephone belongs to another site's page.")
    given = token or parse_qs(urlsplit(x_original_uri).query).get("token", [""])[0]
    if given:
        calls.tokens.read(given, ground.clock())
        return
    (await find_caller(request)).must("desk.use")
