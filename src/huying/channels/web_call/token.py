"""The token of a web call: proves that the holder began this call, for a short time. Stateless and signed; names no person.

It opens the telephone's WebSocket, the state of the call and its end, nothing else.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from huying.foundation.errors import NotSignedIn

LIFE = timedelta(hours=4)
"""As long as a call may last; the account behind it dies with the call."""


@dataclass(frozen=True, slots=True)
class WebCallClaim:
    """What a valid token says."""

    business_id: str
    call_id: str
    account: str
    expires_at: datetime

    @property
    def made_at(self) -> datetime:
        """When the call was asked for."""
        return self.expires_at - LIFE


class WebCallTokens:
    """Makes and reads tokens with a key of this installation."""

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.sha256(b"web-call-token:" + key).digest()

    def make(self, business_id: str, call_id: str, account: str, now: datetime) -> str:
        """A token for the call, valid for LIFE."""
        expires = int((now + LIFE).timestamp())
        body = _encode(json.dumps([business_id, call_id, account, expires], separators=(",", ":")).encode())
        return f"{body}.{_encode(self._sign(body))}"

    def read(self, token: str, now: datetime) -> WebCallClaim:
        """What the token says. Raises NotSignedIn when it is forged, broken or too old."""
        body, _, signature = token.partition(".")
        try:
            good = hmac.compare_digest(self._sign(body), _decode(signature))
            business_id, call_id, account, expires = json.loads(_decode(body)) if good else ("", "", "", 0)
        except (ValueError, binascii.Error) as error:
            raise NotSignedIn("This call's token is not valid: call again.") from error
        claim = WebCallClaim(business_id, call_id, account, datetime.fromtimestamp(expires, UTC))
        if not good or claim.expires_at <= now:
            raise NotSignedIn("This call's token is not valid any more: call again.")
        return claim

    def _sign(self, body: str) -> bytes:
        return hmac.new(self._key, body.encode(), hashlib.sha256).digest()


def _encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
