"""The edge asks here before it serves the page that is embedded: which pages may frame it. Whoever may not be framed gets 'none'."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Header, Response

from huying.admin.guard import public
from huying.channels.embedding.origins import frame_ancestors
from huying.channels.embedding.service import business_by_code, read_embedding
from huying.foundation.errors import NotFound
from huying.foundation.http import GroundOf

router = APIRouter(include_in_schema=False)
FRAME = re.compile(r"/embed/([A-Za-z0-9_.-]{1,60})/?")
"""The page in the frame; the window for signing in, below it, is never framed."""


@router.get("/internal/embed-ancestors", status_code=204, dependencies=[public()])
async def may_frame(ground: GroundOf, response: Response, x_original_uri: Annotated[str, Header()] = "") -> None:
    """Always 204; the header says who may frame."""
    found = FRAME.fullmatch(urlsplit(x_original_uri).path)
    ancestors = "'none'"
    if found:
        async with ground.database.system() as session:
            with suppress(NotFound):
                ancestors = frame_ancestors((await read_embedding(session, await business_by_code(session, found[1]))).origins)
    response.headers["X-Frame-Ancestors"] = ancestors
