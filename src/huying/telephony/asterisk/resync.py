"""The whole truth of an Asterisk: what is asked after every connect, and how it becomes our snapshot and our book."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from huying.telephony.asterisk.accounts import TRUNK_PREFIX
from huying.telephony.asterisk.ari import AriRefused, AriSocket, event_filter
from huying.telephony.asterisk.book import LISTEN_BRIDGE, Book, Leg, RecordingBook, is_ours
from huying.telephony.asterisk.configuration import TONE
from huying.telephony.asterisk.dialplan import APPLICATION, SIMULATED_CUSTOMER
from huying.telephony.asterisk.translation import WANTED, is_local, leg_of_channel
from huying.telephony.port import BridgeSnapshot, LegSnapshot

Json = Mapping[str, Any]
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything of ours in Asterisk at one moment. `channel_ids` are all channels, also those that are no legs."""

    legs: Mapping[str, LegSnapshot]
    local_legs: frozenset[str]
    bridges: Mapping[str, BridgeSnapshot]
    reachable: frozenset[str]
    accounts: frozenset[str]
    channel_ids: frozenset[str]
    tones: Mapping[str, str]
    """Leg -> the playback of the tone it heard last, and may hear still."""
    engine_start: str


async def filter_events(socket: AriSocket) -> None:
    """Say which events we want at all."""
    await socket.request("PUT", f"applications/{APPLICATION}/eventFilter", body=event_filter(WANTED))


async def watch_accounts(socket: AriSocket, names: Iterable[str]) -> None:
    """Hear of these accounts' telephones. One by one, because the trunks' endpoints would repeat all that their channels do."""
    sources = [f"endpoint:PJSIP/{name}" for name in names]
    for start in range(0, len(sources), _AT_ONCE):
        chunk = sources[start : start + _AT_ONCE]
        try:
            await _subscribe(socket, ",".join(chunk))
        except AriRefused:
            # One of them was removed during a call: it is still listed, but cannot be subscribed to.
            for source in chunk:
                with contextlib.suppress(AriRefused):
                    await _subscribe(socket, source)


async def _subscribe(socket: AriSocket, source: str) -> None:
    await socket.request("POST", f"applications/{APPLICATION}/subscription", {"eventSource": source})


async def read_truth(socket: AriSocket) -> Truth:
    """Ask for everything. Raises AriLost."""
    info, channels, bridges, all_endpoints = await asyncio.gather(
        socket.request("GET", "asterisk/info", {"only": "status"}),
        socket.request("GET", "channels"),
        socket.request("GET", "bridges"),
        socket.request("GET", "endpoints"),
    )
    endpoints = [one for one in all_endpoints if one["technology"] == "PJSIP" and not one["resource"].startswith(TRUNK_PREFIX)]
    ours = [channel for channel in channels if is_leg(channel)]
    legs = {channel["id"]: leg_of_channel(channel) for channel in ours}
    return Truth(
        legs=legs,
        local_legs=frozenset(channel["id"] for channel in ours if is_local(channel)),
        bridges={
            bridge["id"]: BridgeSnapshot(bridge["id"], frozenset(set(bridge["channels"]) & legs.keys()))
            for bridge in bridges
            if bridge.get("creator") == "Stasis" and not bridge["id"].startswith(LISTEN_BRIDGE)
        },
        reachable=frozenset(one["resource"] for one in endpoints if one.get("state") == "online"),
        accounts=frozenset(one["resource"] for one in endpoints),
        channel_ids=frozenset(channel["id"] for channel in channels),
        tones={channel["id"]: str((channel.get("channelvars") or {}).get(TONE) or "") for channel in ours},
        engine_start=str(info["status"]["startup_time"]),
    )


def is_leg(channel: Json) -> bool:
    """Whether a channel is a leg of ours: in our hands, or being rung by us."""
    plan = channel.get("dialplan") or {}
    in_our_hands = plan.get("app_name") == "Stasis" and str(plan.get("app_data") or "").startswith(f"{APPLICATION},")
    being_rung = plan.get("app_name") == "AppDial2" and plan.get("context") != SIMULATED_CUSTOMER
    return is_ours(channel["id"]) and (in_our_hands or being_rung)


def fill(truth: Truth, before: Book, recordings: dict[str, RecordingBook]) -> Book:
    """A new book from the truth; of the old one only what Asterisk does not tell: our own hang-ups, music, silence, tones, playbacks."""
    book = Book(bridges=set(truth.bridges), reachable=set(truth.reachable), recordings=recordings)
    for leg_id, snapshot in truth.legs.items():
        old = before.legs.get(leg_id)
        # Of a leg that was not known it is not known either whether it hears music or is sent silence: both are told to stop when
        # something else begins.
        leg = Leg(snapshot, local=leg_id in truth.local_legs, has_music=True, has_silence=True, tone=truth.tones.get(leg_id, ""))
        if old is not None:
            leg.hung_up_by_us, leg.ringing = old.hung_up_by_us, old.ringing
            leg.has_music, leg.has_silence, leg.tone = old.has_music, old.has_silence, old.tone
            leg.playbacks = set(old.playbacks)
        book.legs[leg_id] = leg
    book.playbacks = {playback: leg for playback, leg in before.playbacks.items() if leg in book.legs}
    book.stopped_playbacks = before.stopped_playbacks & book.playbacks.keys()
    return book
