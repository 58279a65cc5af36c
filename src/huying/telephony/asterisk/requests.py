"""What a request of ARI looks like for a destination and for media: pure rendering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from huying.telephony.asterisk.accounts import trunk_endpoint
from huying.telephony.asterisk.dialplan import APPLICATION, SIMULATED
from huying.telephony.port import BadRequestToEngine, Destination, Media, Silence, Sound, Tone
from huying.telephony.simulated import parse_party

HEADER_PREFIX = "X-Huying-"
ANSWER_AFTER = "X-Huying-Answer-After"
_SILENCE_STEP = 20
_BYTES_PER_MILLISECOND = 16


def endpoint_of(to: Destination) -> str:
    """The dial string."""
    if to.kind == "account":
        return f"PJSIP/{to.address}"
    if to.kind == "number":
        if not to.trunk or not to.address or not all(letter.isalnum() or letter in "+*#" for letter in to.address):
            raise BadRequestToEngine("A number needs a trunk and consists of digits, +, * and #.")
        return f"PJSIP/{to.address}@{trunk_endpoint(to.trunk)}"
    if to.kind == "simulated":
        party = parse_party(to.address)
        words = (party.behaviour, f"{party.answer_after_seconds:g}", f"{party.talk_seconds:g}", party.keys, str(party.tone))
        return f"Local/sim~{'~'.join(words)}@{SIMULATED}/n"
    raise BadRequestToEngine(f"There is no destination of the kind {to.kind!r}.")


def originate_body(
    to: Destination,
    *,
    account: str,
    caller_number: str,
    caller_name: str,
    timeout_seconds: int,
    auto_answer: bool,
    headers: Mapping[str, str],
) -> dict[str, object]:
    """The body of the request that rings somebody; `account` is whose telephone it is, also where a simulated party stands in."""
    variables: dict[str, str] = {"CHANNEL(accountcode)": account} if account and to.kind != "account" else {}
    if to.kind == "account":
        variables["PJSIP_TRANSFER_HANDLING()"] = "ari-only"
        wanted = dict(headers)
        if auto_answer:
            wanted |= {"X-Huying-Auto-Answer": "1", "Alert-Info": "<http://127.0.0.1>;info=alert-autoanswer;answer-after=0"}
            wanted["Call-Info"] = "<http://127.0.0.1>;answer-after=0"
        elif ANSWER_AFTER in wanted:
            wanted |= {"Alert-Info": f"<http://127.0.0.1>;info=alert-autoanswer;answer-after={wanted[ANSWER_AFTER]}"}
            wanted["Call-Info"] = f"<http://127.0.0.1>;answer-after={wanted[ANSWER_AFTER]}"
        for name, value in wanted.items():
            if not name.startswith((HEADER_PREFIX, "Alert-Info", "Call-Info")) or not _is_plain(name + value):
                raise BadRequestToEngine(f"The header {name!r} cannot be sent.")
            variables[f"PJSIP_HEADER(add,{name})"] = value
    name = "".join(letter for letter in caller_name if letter.isprintable() and letter not in '"\\<>')
    number = "".join(letter for letter in caller_number if letter.isalnum() or letter in "+*#._-")
    return {
        "endpoint": endpoint_of(to),
        "app": APPLICATION,
        "appArgs": "called",
        "callerId": f'"{name}" <{number}>' if name else f"<{number}>",
        "timeout": timeout_seconds,
        "variables": variables,
    }


def _is_plain(text: str) -> bool:
    return text.isprintable() and not set(text) & set("\r\n")


def media_uris(media: Sequence[Media], silence_folder: Path) -> list[str]:
    """The media as ARI names them; files of silence are made where they are not there yet."""
    return [_media_uri(one, silence_folder) for one in media]


def _media_uri(one: Media, silence_folder: Path) -> str:
    if isinstance(one, Sound):
        return f"sound:{one.path}"
    if isinstance(one, Tone):
        return f"tone:{one.name};tonezone=cn"
    return f"sound:{_silence_file(one, silence_folder)}"


def _silence_file(silence: Silence, folder: Path) -> Path:
    steps = max(1, round(silence.milliseconds / _SILENCE_STEP))
    file = folder / f"silence-{steps * _SILENCE_STEP}"
    written = file.with_suffix(".sln")
    if not written.exists():
        beside = file.with_suffix(".new")
        beside.write_bytes(bytes(steps * _SILENCE_STEP * _BYTES_PER_MILLISECOND))
        beside.rename(written)
    return file
