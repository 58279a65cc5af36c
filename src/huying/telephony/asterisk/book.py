"""What the adapter remembers of legs, bridges, playbacks and recordings between two events. No I/O.

It is rebuilt from Asterisk after every connect, so it may forget, but never invent.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from huying.telephony.port import EndCause, LegSnapshot

NEAR, FAR = "near", "far"
SIDES = (NEAR, FAR)
SNOOP_PREFIX = "snoop-"
LISTEN_PREFIX = SNOOP_PREFIX + "listen-"
LISTEN_BRIDGE = "listen-"
SIMULATED_PREFIX = "simulated-"
LAMP_PREFIX = "lamp-"
"""Channel ids of simulated customers' own ends, which are not our legs."""


@dataclass(slots=True)
class Leg:
    """A leg as we know it."""

    snapshot: LegSnapshot
    local: bool = False
    """A simulated party without network."""
    ringing: bool = False
    hung_up_by_us: EndCause | None = None
    """The cause with which we ended it."""
    has_music: bool = False
    has_silence: bool = False
    tone: str = ""
    """The playback of a tone, which goes on until it is stopped. Written on the channel too, for those who come after us."""
    codec: str = ""
    """Asked once."""
    last_digit_at: str = ""
    """When, by Asterisk's own clock, the last key was pressed."""
    asks_transfer: bool = False
    """Its phone has asked for a transfer and waits for an answer, or has had its way."""
    playbacks: set[str] = field(default_factory=set)

    @property
    def leg_id(self) -> str:
        """The leg's id."""
        return self.snapshot.leg_id


@dataclass(slots=True)
class RecordingBook:
    """A recording: which sides are being written and which are complete."""

    recording_id: str
    started: set[str] = field(default_factory=set)
    finished: set[str] = field(default_factory=set)
    announced: bool = False


@dataclass(slots=True)
class Book:
    """Everything known at the moment."""

    legs: dict[str, Leg] = field(default_factory=dict)
    bridges: set[str] = field(default_factory=set)
    playbacks: dict[str, str] = field(default_factory=dict)
    """Playback id -> leg id."""
    stopped_playbacks: set[str] = field(default_factory=set)
    recordings: dict[str, RecordingBook] = field(default_factory=dict)
    reachable: set[str] = field(default_factory=set)

    def open_leg(self, snapshot: LegSnapshot, *, local: bool) -> Leg:
        """Begin to know a leg."""
        leg = Leg(snapshot, local=local)
        self.legs[snapshot.leg_id] = leg
        return leg

    def end_playback(self, playback_id: str) -> str | None:
        """Forget a playback; the id of its leg, or None if it was not known."""
        leg_id = self.playbacks.pop(playback_id, None)
        if leg_id is not None and leg_id in self.legs:
            leg = self.legs[leg_id]
            leg.playbacks.discard(playback_id)
            leg.tone = "" if leg.tone == playback_id else leg.tone
        return leg_id


def file_name(recording_id: str, side: str) -> str:
    """The name of a side's recording, without folder and extension."""
    return f"{recording_id}-{side}"


def snoop_id(recording_id: str, side: str) -> str:
    """The id of the snoop channel of a side, from which a recording is found again after a restart."""
    return f"{SNOOP_PREFIX}{side}-{recording_id}"


def listen_bridge(leg_id: str) -> str:
    """The id of the bridge in which a leg listens to another: no conversation of ours."""
    return f"{LISTEN_BRIDGE}{leg_id}"


def side_of_file(name: str) -> tuple[str, str] | None:
    """Recording id and side of a recording's name, if it is one of ours."""
    recording_id, _, side = name.rpartition("-")
    return (recording_id, side) if recording_id and side in SIDES else None


def side_of_snoop(channel_id: str) -> tuple[str, str] | None:
    """Recording id and side of a snoop channel's id, if it is one of ours."""
    if not channel_id.startswith(SNOOP_PREFIX):
        return None
    side, _, recording_id = channel_id.removeprefix(SNOOP_PREFIX).partition("-")
    return (recording_id, side) if recording_id and side in SIDES else None


def is_ours(channel_id: str) -> bool:
    """Whether a channel may be a leg: not a snoop, not a simulated party's own end, not one that lights a lamp."""
    return not channel_id.endswith(";2") and not channel_id.startswith((SNOOP_PREFIX, SIMULATED_PREFIX, LAMP_PREFIX))
