"""How telephones reach this installation: what a browser or a SIP phone must be told to register."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from huying.channels.desk.views import DeskPhone, IceServer, PhoneSettings
from huying.foundation.vault import Vault
from huying.telephony.port import PhoneAccount

WS_PATH = "/phone"
DOMAIN = "huying"
"""The SIP domain of all accounts: a name, looked up by nobody."""
TURN_LIFE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Phones:
    """Addresses for telephones. `sip_host` and `sip_port` for phones that do not come through the browser."""

    vault: Vault
    sip_host: str = "127.0.0.1"
    sip_port: int = 5060
    turn: Mapping[str, str] | None = None
    """`url` and `secret` of the relay for sound; None without one."""

    def browser(self, account: PhoneAccount, person: str, now: datetime) -> PhoneSettings:
        """What the browser's telephone is told."""
        return PhoneSettings(
            ws_path=WS_PATH, account=account.name, secret=account.secret, domain=DOMAIN, ice_servers=self.ice_servers(person, now)
        )

    def desk_phone(self, account: PhoneAccount) -> DeskPhone:
        """What a softphone or desk phone is told."""
        return DeskPhone(account=account.name, secret=account.secret, domain=self.sip_host, port=self.sip_port, transport="udp")

    def ice_servers(self, person: str, now: datetime) -> list[IceServer]:
        """The relay with a credential that ends by itself (TURN REST API: HMAC-SHA1 over the user name, as coturn wants it)."""
        if not self.turn or not self.turn.get("url"):
            return []
        username = f"{int((now + TURN_LIFE).timestamp())}:{person}"
        mac = hmac.new(self.turn.get("secret", "").encode(), username.encode(), hashlib.sha1)
        return [IceServer(urls=self.turn["url"].split(), username=username, credential=base64.b64encode(mac.digest()).decode())]


def phones(connection: HTTPConnection) -> Phones:
    """The addresses of this application."""
    found = connection.app.state.phones
    assert isinstance(found, Phones)
    return found


PhonesOf = Annotated[Phones, Depends(phones)]
