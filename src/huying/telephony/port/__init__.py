"""The port to the telephone engine, in our words.

A *leg* is one party's connection with the engine; a *bridge* joins the legs of one conversation. All ids are chosen by the
caller of the port before the request is made, so that an event can never name something unknown. An engine command on a
leg, bridge, playback or recording that is gone raises `Gone`: for callers that is a fact, not a fault. Every other failure raises
`EngineUnavailable` after a bounded time. Events come in the order of the engine; none is repeated after a reconnect, where
`EngineConnected` carries the whole truth instead.
"""

from __future__ import annotations

from huying.telephony.port.engine import Engine
from huying.telephony.port.engine_events import (
    AccountReachable,
    DigitReceived,
    EndCause,
    EngineConnected,
    EngineEvent,
    EngineGone,
    EngineLost,
    HoldChanged,
    LegAnswered,
    LegEnded,
    LegEntered,
    LegRinging,
    PlaybackEnded,
    RecordingEnded,
    RecordingFailed,
    RecordingStarted,
    TransferRequested,
)
from huying.telephony.port.errors import BadRequestToEngine, EngineUnavailable, Gone
from huying.telephony.port.snapshot import NOTHING, BridgeSnapshot, Direction, LegSnapshot, Snapshot
from huying.telephony.port.told import Destination, Media, PhoneAccount, Silence, Sound, Tone, Trunk

__all__ = [
    "NOTHING",
    "AccountReachable",
    "BadRequestToEngine",
    "BridgeSnapshot",
    "Destination",
    "DigitReceived",
    "Direction",
    "EndCause",
    "Engine",
    "EngineConnected",
    "EngineEvent",
    "EngineGone",
    "EngineLost",
    "EngineUnavailable",
    "Gone",
    "HoldChanged",
    "LegAnswered",
    "LegEnded",
    "LegEntered",
    "LegRinging",
    "LegSnapshot",
    "Media",
    "PhoneAccount",
    "PlaybackEnded",
    "RecordingEnded",
    "RecordingFailed",
    "RecordingStarted",
    "Silence",
    "Snapshot",
    "Sound",
    "Tone",
    "TransferRequested",
    "Trunk",
]
