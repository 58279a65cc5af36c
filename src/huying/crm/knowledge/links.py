"""The address of an article's public page: its row's id and a signature, so that nobody can guess one. Knows no person, reads no rows."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from datetime import timedelta
from uuid import UUID

from huying.foundation.errors import NotFound, TooMany
from huying.foundation.throttle import Throttle

LIFE = timedelta(days=14)
SIGNED_BYTES = 16
PATH = "/public/articles/"


class LinkGone(NotFound):
    """This page is not there (any more): ask for it again."""

    code = "link-gone"


class ArticleLinks:
    """Makes and reads addresses with a key of this installation, and counts how often one network address asks."""

    def __init__(self, key: bytes, *, from_one_address: int = 60, seconds: float = 60) -> None:
        self._key = hashlib.sha256(b"article-link:" + key).digest()
        self._throttle = Throttle(from_one_address, seconds)

    def path(self, link_id: str) -> str:
        """The address of the page of this link, below the installation's own."""
        raw = UUID(link_id).bytes
        return PATH + base64.urlsafe_b64encode(raw + self._sign(raw)).rstrip(b"=").decode()

    def read(self, token: str) -> str:
        """The id of the link. Raises LinkGone when it is not one of ours."""
        try:
            given = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (ValueError, binascii.Error) as error:
            raise LinkGone from error
        raw, signature = given[:16], given[16:]
        if len(raw) != 16 or not hmac.compare_digest(self._sign(raw), signature):
            raise LinkGone
        return str(UUID(bytes=raw))

    def count(self, address: str) -> None:
        """One more page is asked for from this network address. Raises TooMany."""
        now = time.monotonic()
        wait = self._throttle.wait_seconds(address, now)
        if wait > 0:
            seconds = int(wait) + 1
            raise TooMany(f"Too many pages from here: wait {seconds} s and try again.", retry_after_seconds=seconds)
        self._throttle.note(address, now)

    def _sign(self, raw: bytes) -> bytes:
        return hmac.new(self._key, raw, hashlib.sha256).digest()[:SIGNED_BYTES]
