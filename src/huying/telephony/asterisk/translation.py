"""From Asterisk's events to ours: a table from event type to a function. No I/O; what a function needs to know is in the book.

Events of channels that are not our legs (snoops, the other ends of simulated parties) give nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from huying.telephony.asterisk.accounts import TRUNK_PREFIX
from huying.telephony.asterisk.book import Book, Leg, is_ours
from huying.telephony.asterisk.causes import end_cause
from huying.telephony.asterisk.configuration import LABEL
from huying.telephony.asterisk.dialplan import APPLICATION
from huying.telephony.port import (
    AccountReachable,
    DigitReceived,
    Direction,
    EndCause,
    EngineEvent,
    HoldChanged,
    LegAnswered,
    LegEnded,
    LegEntered,
    LegRinging,
    LegSnapshot,
    PlaybackEnded,
    TransferRequested,
)

Json = Mapping[str, Any]
SIMULATED_TRUNK = "simulated"
ENTERED = f"{APPLICATION},entered"


def translate(event: Json, book: Book) -> list[EngineEvent]:
    """Our events for one of Asterisk's; the book is brought up to date."""
    handler = _TABLE.get(event.get("type", ""))
    return handler(event, book) if handler else []


def leg_of_channel(channel: Json) -> LegSnapshot:
    """A channel as a leg."""
    plan = channel.get("dialplan") or {}
    entered = str(plan.get("app_data") or "").startswith(ENTERED)
    peer = peer_of(channel)
    args = str(plan.get("app_data") or "").split(",") if entered else []
    return LegSnapshot(
        leg_id=channel["id"],
        answered=channel.get("state") == "Up",
        direction=Direction.INBOUND if entered else Direction.OUTBOUND,
        account=str(channel.get("accountcode") or ""),
        remote_number=str(channel["caller"].get("number") or ""),
        number_called=str(plan.get("exten") or "") if entered else peer,
        remote_name=str(channel["caller"].get("name") or ""),
        trunk=_trunk(channel, peer),
        entry_token=_part(args, 2),
        label=str((channel.get("channelvars") or {}).get(LABEL) or ""),
    )


def peer_of(channel: Json) -> str:
    """The endpoint in a channel's name: `PJSIP/1001-0000002a` -> `1001`."""
    return str(channel.get("name") or "").partition("/")[2].rpartition("-")[0]


def is_local(channel: Json) -> bool:
    """Whether the channel has no network behind it."""
    return str(channel.get("name") or "").startswith("Local/")


def _trunk(channel: Json, peer: str) -> str:
    if is_local(channel):
        return SIMULATED_TRUNK
    return peer.removeprefix(TRUNK_PREFIX) if peer.startswith(TRUNK_PREFIX) else ""


def _part(parts: list[str], index: int) -> str:
    return parts[index] if len(parts) > index else ""


def _leg(event: Json, book: Book) -> Leg | None:
    return book.legs.get(event["channel"]["id"])


def _stasis_start(event: Json, book: Book) -> list[EngineEvent]:
    channel = event["channel"]
    if not is_ours(channel["id"]):
        return []
    args = event.get("args") or []
    known = book.legs.get(channel["id"])
    if args[:1] == ["entered"]:
        if known is not None:
            return []
        leg = book.open_leg(leg_of_channel(channel), local=is_local(channel)).snapshot
        return [
            LegEntered(
                leg_id=leg.leg_id,
                number_called=leg.number_called,
                remote_number=leg.remote_number,
                remote_name=leg.remote_name,
                entry_token=_part(args, 1),
                trunk=leg.trunk,
                account=leg.account,
            )
        ]
    if known is None or known.snapshot.answered:
        return []
    known.snapshot = replace(known.snapshot, answered=True)
    return [LegAnswered(known.leg_id)]


def _channel_state(event: Json, book: Book) -> list[EngineEvent]:
    leg = _leg(event, book)
    state = event["channel"].get("state")
    if leg is None:
        return []
    if state == "Up" and leg.snapshot.direction is Direction.INBOUND:
        leg.snapshot = replace(leg.snapshot, answered=True)
    if state != "Ringing" or leg.ringing or leg.snapshot.direction is Direction.INBOUND:
        return []
    leg.ringing = True
    return [LegRinging(leg.leg_id)]


def _channel_gone(event: Json, book: Book) -> list[EngineEvent]:
    """The end of a leg. Of a leg that was in our hands StasisEnd comes first (of an inbound one nothing else comes)."""
    leg = book.legs.pop(event["channel"]["id"], None)
    if leg is None:
        return []
    outbound = leg.snapshot.direction is Direction.OUTBOUND
    q850, sip_status = int(event.get("cause") or 0), int(event.get("tech_cause") or 0)
    cause = end_cause(q850, sip_status, answered=leg.snapshot.answered, outbound=outbound, rang=leg.ringing)
    if leg.hung_up_by_us is not None:
        cause = EndCause.NORMAL if leg.snapshot.answered else leg.hung_up_by_us
    events: list[EngineEvent] = []
    for playback_id in sorted(leg.playbacks):
        book.playbacks.pop(playback_id, None)
        book.stopped_playbacks.discard(playback_id)
        events.append(PlaybackEnded(playback_id, leg.leg_id, completed=False))
    nobody_did = outbound and not leg.snapshot.answered and cause in (EndCause.NO_ANSWER, EndCause.UNREACHABLE)
    events.append(LegEnded(leg.leg_id, cause, by_far_end=leg.hung_up_by_us is None and not nobody_did))
    return events


def _digit(event: Json, book: Book) -> list[EngineEvent]:
    leg = _leg(event, book)
    at = str(event.get("timestamp") or "")
    if leg is None or (at and at == leg.last_digit_at):
        return []  # of a leg in a bridge each key is told twice: for the channel, and for the bridge
    leg.last_digit_at = at
    return [DigitReceived(leg.leg_id, str(event["digit"]))]


def _held(event: Json, book: Book) -> list[EngineEvent]:
    leg = _leg(event, book)
    return [] if leg is None else [HoldChanged(leg.leg_id, held=event["type"] == "ChannelHold")]


def _transfer(event: Json, book: Book) -> list[EngineEvent]:
    leg = book.legs.get(event["referred_by"]["source_channel"]["id"])
    wanted = event["refer_to"]
    other = wanted.get("destination_channel") or {}
    number = str(wanted["requested_destination"].get("destination") or "")
    if leg is None or leg.asks_transfer or not (number or other):
        return []  # one REFER is told for the channel, its bridge and its endpoint
    leg.asks_transfer = True
    return [TransferRequested(leg.leg_id, number if not other else "", str(other.get("id") or ""))]


def _playback_finished(event: Json, book: Book) -> list[EngineEvent]:
    playback = event["playback"]
    playback_id = str(playback["id"])
    leg_id = book.end_playback(playback_id)
    if leg_id is None:
        return []
    stopped = playback_id in book.stopped_playbacks
    book.stopped_playbacks.discard(playback_id)
    return [PlaybackEnded(playback_id, leg_id, completed=not stopped and playback.get("state") == "done")]


def _endpoint(event: Json, book: Book) -> list[EngineEvent]:
    endpoint = event["endpoint"]
    name = str(endpoint.get("resource") or "")
    reachable = endpoint.get("state") == "online"
    if endpoint.get("technology") != "PJSIP" or not name or name.startswith(TRUNK_PREFIX) or reachable == (name in book.reachable):
        return []
    if reachable:
        book.reachable.add(name)
    else:
        book.reachable.discard(name)
    return [AccountReachable(name, reachable)]


_TABLE: Mapping[str, Callable[[Json, Book], list[EngineEvent]]] = {
    "StasisStart": _stasis_start,
    "ChannelStateChange": _channel_state,
    "StasisEnd": _channel_gone,
    "ChannelDestroyed": _channel_gone,
    "ChannelDtmfReceived": _digit,
    "ChannelHold": _held,
    "ChannelUnhold": _held,
    "ChannelTransfer": _transfer,
    "PlaybackFinished": _playback_finished,
    "EndpointStateChange": _endpoint,
    "PeerStatusChange": _endpoint,
    "ContactStatusChange": _endpoint,
}
RECORDING_EVENTS = ("RecordingStarted", "RecordingFinished", "RecordingFailed")
"""Handled where recordings are made."""
WANTED = (*_TABLE, *RECORDING_EVENTS, "ApplicationReplaced", "RESTResponse")
"""Everything else is not even sent. The filter holds for the answers of requests too."""
