"""The cookies of sessions inside another company's page: they are sent in the frames of that one page alone (Partitioned).

Written by hand, because Python's own cookies know the attribute from 3.14 on.
"""

from __future__ import annotations

from starlette.responses import Response

from huying.admin.guard import EMBED_COOKIE, EMBED_CSRF_COOKIE
from huying.admin.sessions import csrf_token

ATTRIBUTES = "Path=/; Secure; SameSite=None; Partitioned"


def set_frame_cookies(response: Response, token: str) -> None:
    """Begin the session in this frame. The token is url-safe text."""
    response.headers.append("Set-Cookie", f"{EMBED_COOKIE}={token}; HttpOnly; {ATTRIBUTES}")
    response.headers.append("Set-Cookie", f"{EMBED_CSRF_COOKIE}={csrf_token(token)}; {ATTRIBUTES}")


def remove_frame_cookies(response: Response) -> None:
    """End it."""
    for name in (EMBED_COOKIE, EMBED_CSRF_COOKIE):
        response.headers.append("Set-Cookie", f'{name}=""; Max-Age=0; {ATTRIBUTES}')
