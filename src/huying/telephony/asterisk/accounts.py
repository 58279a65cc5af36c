"""How an account or a trunk is written down for Asterisk: the objects of its SIP stack, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huying.telephony.asterisk.ari import path
from huying.telephony.asterisk.dialplan import FROM_PHONE, FROM_TRUNK, FROM_VISITOR, MAILBOXES
from huying.telephony.port import PhoneAccount, Trunk

TRUNK_PREFIX = "trunk."
WITH_LAMPS = frozenset({"phone", "remote"})
MESSAGES_CODE = "*97"
"""What a telephone's key for messages dials, unless it is set there."""


@dataclass(frozen=True, slots=True)
class SipObject:
    """One object of Asterisk's SIP configuration."""

    kind: str
    name: str
    fields: Mapping[str, str]

    @property
    def uri(self) -> str:
        """Where ARI keeps it."""
        return _uri(self.kind, self.name)

    def body(self) -> dict[str, object]:
        """The body of the request that makes it."""
        return {"fields": [{"attribute": name, "value": value} for name, value in self.fields.items()]}

    @property
    def is_replaced_whole(self) -> bool:
        """What cannot be changed over ARI, only made anew: an endpoint with channel variables, of which Asterisk cannot read its own
        form; an address with a fixed contact, beside which the new contact would stand; and a trunk's endpoint, whose empty caller id
        Asterisk writes and reads back as "unknown", which from then on hides every caller's number."""
        trunk = self.kind == "endpoint" and self.name.startswith(TRUNK_PREFIX)
        return trunk or "set_var" in self.fields or "contact" in self.fields


def trunk_endpoint(name: str) -> str:
    """The name of a trunk's endpoint."""
    return TRUNK_PREFIX + name


def account_objects(account: PhoneAccount) -> list[SipObject]:
    """The objects of an account, in the order in which they are made."""
    auth = SipObject("auth", account.name, {"auth_type": "userpass", "username": account.name, "password": account.secret})
    endpoint = {**_COMMON, **_KINDS[account.kind], "auth": account.name, "accountcode": account.name, "identify_by": "username"}
    if account.codecs:
        endpoint["allow"] = ",".join(account.codecs)
    if account.display_name:
        endpoint["callerid"] = f'"{_plain(account.display_name)}" <{account.name}>'
    if account.kind == "visitor":
        endpoint["set_var"] = f"HUYING_ENTRY={_plain(account.entry)}"
        return [auth, SipObject("endpoint", account.name, endpoint)]
    lamp = {"mailboxes": f"{account.name}@{MAILBOXES}", "voicemail_extension": MESSAGES_CODE} if account.kind in WITH_LAMPS else {}
    aor = SipObject("aor", account.name, _AORS[account.kind])
    return [auth, aor, SipObject("endpoint", account.name, {**endpoint, **lamp, "aors": account.name})]


def trunk_objects(trunk: Trunk) -> list[SipObject]:
    """The objects of a trunk, in the order in which they are made."""
    name = trunk_endpoint(trunk.name)
    objects: list[SipObject] = []
    # By address alone: a user name in a request must never pass for the trunk, which has no password.
    endpoint = {
        **_COMMON,
        "context": FROM_TRUNK,
        "identify_by": "ip",
        "allow": ",".join(trunk.codecs),
        "aors": name,
        "send_pai": "yes",
        "trust_id_inbound": "yes",
        "transport": f"transport-{trunk.transport}",
    }
    if trunk.username:
        login = {"auth_type": "userpass", "username": trunk.username, "password": trunk.secret}
        objects.append(SipObject("auth", name, login))
        endpoint |= {"outbound_auth": name, "from_user": trunk.username}
    host = trunk.addresses[0].split("/")[0] if trunk.addresses else "127.0.0.1"
    host = f"[{host}]" if ":" in host else host
    suffix = "" if trunk.transport == "udp" else f";transport={trunk.transport}"
    objects.append(SipObject("aor", name, {"contact": f"sip:{host}:{trunk.port}{suffix}"}))
    objects.append(SipObject("endpoint", name, endpoint))
    objects.append(SipObject("identify", name, {"endpoint": name, "match": ",".join(trunk.addresses)}))
    return objects


def uris_of_account(name: str) -> list[str]:
    """What is deleted for an account, in this order (some may not exist)."""
    return [_uri(kind, name) for kind in ("endpoint", "aor", "auth")]


def uris_of_trunk(name: str) -> list[str]:
    """What is deleted for a trunk, in this order (some may not exist)."""
    return [_uri(kind, trunk_endpoint(name)) for kind in ("identify", "endpoint", "aor", "auth")]


def _uri(kind: str, name: str) -> str:
    return path("asterisk", "config", "dynamic", "res_pjsip", kind, name)


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable() and letter not in '"\\<>;,=$')


_COMMON: Mapping[str, str] = {
    "disallow": "all",
    # Else what Asterisk knows comes first, in its own order: µ-law, whatever is allowed here.
    "outgoing_call_offer_pref": "local_merge",
    "direct_media": "no",
    "rtp_symmetric": "yes",
    "force_rport": "yes",
    "rewrite_contact": "yes",
    # Otherwise each join would send both telephones a re-INVITE, only to tell them each other's number.
    "send_connected_line": "no",
    "dtmf_mode": "rfc4733",
    "tone_zone": "cn",
    "language": "en",
    "allow_subscribe": "no",
    "allow_overlap": "no",
    # A telephone's REFER would transfer the call past us.
    "allow_transfer": "no",
    "media_encryption_optimistic": "no",
}
_BROWSER: Mapping[str, str] = {
    "webrtc": "yes",
    "dtls_auto_generate_cert": "yes",
    "bundle": "yes",
    "max_audio_streams": "1",
    "max_video_streams": "0",
    "allow": "opus,alaw,ulaw",
}
_KINDS: Mapping[str, Mapping[str, str]] = {
    "browser": {**_BROWSER, "context": FROM_PHONE, "rtp_timeout": "60", "rtp_timeout_hold": "600"},
    # What it wants transferred is told to us alone (see the dialplan, and what is set where it is rung).
    "phone": {"context": FROM_PHONE, "allow": "alaw,ulaw,g722,opus", "allow_transfer": "yes"},
    "remote": {
        "context": FROM_PHONE,
        "allow": "opus,g722,alaw,ulaw",
        "rtp_timeout": "60",
        "rtp_timeout_hold": "600",
        "rtp_keepalive": "15",
        "allow_transfer": "yes",
    },
    "visitor": {**_BROWSER, "context": FROM_VISITOR, "rtp_timeout": "30", "rtp_timeout_hold": "600"},
}
_AT_A_DESK = {
    "max_contacts": "1",
    "remove_existing": "yes",
    "minimum_expiration": "30",
    "maximum_expiration": "3600",
    "qualify_frequency": "15",
    "qualify_timeout": "3.0",
}
_AORS: Mapping[str, Mapping[str, str]] = {
    "browser": {
        "max_contacts": "1",
        "remove_existing": "yes",
        "minimum_expiration": "30",
        "maximum_expiration": "600",
        "qualify_frequency": "0",
    },
    "phone": _AT_A_DESK,
    "remote": {**_AT_A_DESK, "maximum_expiration": "300"},
}
