"""The port to the telephone engine, in our words.

A *leg* is one party's connection with the engine; a *bridge* joins the legs of one conversation. All ids are chosen by the
caller of the port before the request is made, so that an event can never name something unknown. An engine command on a
leg, bridge, playback or recording that is gone raises `Gone`: for callers that is a fact, not a fault. Every other failure raises
`EngineUnavailable` after a bounded time. Events come in the order of the engine; none is repeated after a reconnect, where
`EngineConnected` carries the whole truth instead.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from huying.foundation.errors import HuyingError, NotFound, Unavailable
from huying.telephony.sound_quality import SoundFigures


class Gone(NotFound):
    """The leg, bridge, playback or recording has ended."""

    code = "gone"


class EngineUnavailable(Unavailable):
    """The telephone engine does not answer."""

    code = "engine-unavailable"


class BadRequestToEngine(HuyingError):
    """The engine refused a request as senseless: a defect of ours."""

    code = "engine-refused"


class EndCause(StrEnum):
    """Why a leg ended, from the engine's view."""

    NORMAL = "normal"
    BUSY = "busy"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    """Told to a telephone that stops ringing because another one was answered: it shows no missed call."""
    UNREACHABLE = "unreachable"
    CONGESTION = "congestion"
    FAILED = "failed"


class Direction(StrEnum):
    """Who started the leg."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


# --- what the engine is told -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound file by absolute path without extension; the engine takes the best format that lies there."""

    path: str


@dataclass(frozen=True, slots=True)
class Tone:
    """A tone of a country's plan: `ring`, `busy`, `congestion`."""

    name: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Silence."""

    milliseconds: int


Media = Sound | Tone | Silence


@dataclass(frozen=True, slots=True)
class PhoneAccount:
    """A SIP account: an agent's browser, a desk phone, or a web visitor's one-time account.

    `kind` is `browser`, `phone`, `visitor` or `simulated`. A visitor may register nowhere and reaches only `entry`, given back as
    `LegEntered.entry_token`. What an agent's account dials enters as a leg with its `account`. A simulated account needs no telephone:
    it is always reachable, and rung it behaves as `entry` (the address of a `simulated.SimulatedParty`) says, or as its name lets it.
    """

    name: str
    secret: str = field(repr=False)
    kind: str
    display_name: str = ""
    entry: str = ""
    codecs: Sequence[str] = ()
    """In the order they are wished for; none: what is usual for its kind."""


@dataclass(frozen=True, slots=True)
class Trunk:
    """A SIP peer identified by address, such as a carrier or gateway. `addresses` are IPs or CIDR networks.

    With `channel_limit` calls on the trunk (0: no limit) one more outbound leg ends with `EndCause.CONGESTION`.
    """

    name: str
    addresses: Sequence[str]
    port: int = 5060
    transport: str = "udp"
    codecs: Sequence[str] = ("alaw", "ulaw")
    username: str = ""
    secret: str = field(default="", repr=False)
    channel_limit: int = 0


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an outbound leg goes: an account's name, or a number over a trunk, or a simulated party."""

    kind: str  # account | number | simulated
    address: str
    trunk: str = ""


# --- what the engine says ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LegEntered:
    """An inbound leg has arrived and waits for us (it has not been answered)."""

    leg_id: str
    number_called: str
    remote_number: str
    remote_name: str
    entry_token: str
    """For a web visitor the `entry` of the account, otherwise empty."""
    trunk: str
    account: str
    """The account that called (a visitor's or an agent's), otherwise empty."""


@dataclass(frozen=True, slots=True)
class LegRinging:
    """The far end of an outbound leg rings."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class LegAnswered:
    """The far end of an outbound leg has answered; it is under our control now."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class LegEnded:
    """The leg is gone. `by_far_end` is true when the party hung up and false when we did."""

    leg_id: str
    cause: EndCause
    by_far_end: bool


@dataclass(frozen=True, slots=True)
class DigitReceived:
    """The party pressed a key: one of 0-9, *, #, A-D."""

    leg_id: str
    digit: str


@dataclass(frozen=True, slots=True)
class PlaybackEnded:
    """All media of the playback were played, or it was stopped (`completed` false) or failed (`completed` false)."""

    playback_id: str
    leg_id: str
    completed: bool


@dataclass(frozen=True, slots=True)
class HoldChanged:
    """The party's own phone put us on hold or took us back (SIP re-INVITE)."""

    leg_id: str
    held: bool


@dataclass(frozen=True, slots=True)
class TransferRequested:
    """The party's own phone wants its call handed on (SIP REFER): to what was dialled, or into the call of another of its legs.

    Nothing has happened yet; `Engine.transfer_done` tells the phone how it went.
    """

    leg_id: str
    number: str
    replaces: str = ""
    """The leg whose other side is to be connected; empty for a number."""


@dataclass(frozen=True, slots=True)
class RecordingStarted:
    """Both sides are being written."""

    recording_id: str


@dataclass(frozen=True, slots=True)
class RecordingEnded:
    """The files are complete. Paths are absolute, one file a side (WAV, 8 or 16 kHz, mono); durations in seconds as written."""

    recording_id: str
    near_path: str
    """The sound that came from the leg that is recorded (the customer)."""
    far_path: str
    """The sound that was sent to it (the agent)."""
    near_seconds: float
    far_seconds: float


@dataclass(frozen=True, slots=True)
class RecordingFailed:
    """Nothing more will come of this recording."""

    recording_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class AccountReachable:
    """An account has (or no longer has) a registered phone that answers."""

    account: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class LegSnapshot:
    """A leg as the engine has it now."""

    leg_id: str
    answered: bool
    direction: Direction
    account: str
    remote_number: str
    number_called: str
    remote_name: str = ""
    trunk: str = ""
    entry_token: str = ""
    label: str = ""
    """What was written on it."""


@dataclass(frozen=True, slots=True)
class BridgeSnapshot:
    """A bridge as the engine has it now."""

    bridge_id: str
    legs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything of ours in the engine now."""

    legs: Mapping[str, LegSnapshot]
    bridges: Mapping[str, BridgeSnapshot]
    reachable_accounts: frozenset[str]
    recordings: frozenset[str]
    """Ids of recordings that are being written."""
    engine_start: str
    """Changes when the engine itself was restarted (all its calls are gone then)."""


NOTHING = Snapshot({}, {}, frozenset(), frozenset(), "")
"""What a dead engine has."""


@dataclass(frozen=True, slots=True)
class EngineConnected:
    """The connection stands (again); the snapshot is the truth from here on.

    An inbound leg in it that nobody knows entered while nobody listened; no LegEntered follows for it.
    """

    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class EngineLost:
    """The connection with the engine broke. Calls may go on inside it."""

    reason: str


@dataclass(frozen=True, slots=True)
class EngineGone:
    """After EngineLost: nothing listens at the engine's address any more, so its process is dead and every call with it."""


EngineEvent = (
    LegEntered
    | LegRinging
    | LegAnswered
    | LegEnded
    | DigitReceived
    | PlaybackEnded
    | HoldChanged
    | TransferRequested
    | RecordingStarted
    | RecordingEnded
    | RecordingFailed
    | AccountReachable
    | EngineConnected
    | EngineLost
    | EngineGone
)


class Engine(Protocol):
    """The telephone engine."""

    def events(self) -> AsyncIterator[EngineEvent]:
        """All events, from one reader; starts with EngineConnected and goes on over reconnects until `close`."""

    async def snapshot(self) -> Snapshot:
        """The truth of this moment."""

    async def answer(self, leg_id: str) -> None:
        """Answer an inbound leg."""

    async def originate(
        self,
        leg_id: str,
        to: Destination,
        *,
        caller_number: str,
        caller_name: str,
        timeout_seconds: int,
        auto_answer: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Ring somebody. LegRinging, then LegAnswered, or LegEnded with the cause.

        `auto_answer` asks the phone to answer by itself at once; `headers` are SIP headers with the prefix `X-Huying-`, of which
        `X-Huying-Answer-After` asks it to do so after so many seconds of ringing.
        """

    async def hang_up(self, leg_id: str, cause: EndCause = EndCause.NORMAL) -> None:
        """End a leg; LegEnded follows."""

    async def join(self, bridge_id: str, leg_ids: Sequence[str], *, absorb: Collection[str] = ()) -> None:
        """Make the bridge if it is not there and put the legs in; music on a leg ends.

        Keys pressed on a leg of `absorb` are told, and the others do not hear them; keys of the others go to everybody.
        """

    async def leave(self, bridge_id: str, leg_id: str) -> None:
        """Take a leg out of the bridge; it stays up."""

    async def listen(self, leg_id: str, to_leg_id: str, *, whisper: bool = False) -> None:
        """Let a leg that is in no bridge hear all that the other one says and hears, until it is joined, told to stop, or one of both ends.

        `whisper`: the other one, and nobody else, hears the leg too; otherwise nobody does. Said anew it changes over.
        """

    async def stop_listening(self, leg_id: str) -> None:
        """The leg hears nothing of it any longer; it stays up."""

    async def destroy_bridge(self, bridge_id: str) -> None:
        """Remove the bridge; its legs stay up."""

    async def play(self, playback_id: str, leg_id: str, media: Sequence[Media]) -> None:
        """Play to a leg; PlaybackEnded follows. In a bridge it hears this alone meanwhile, so that is for a short tone."""

    async def stop_playback(self, playback_id: str) -> None:
        """Stop playing; PlaybackEnded with completed=False follows."""

    async def start_music(self, leg_id: str) -> None:
        """Play music on hold to a leg until it is joined, played to or told to stop."""

    async def stop_music(self, leg_id: str) -> None:
        """End the music."""

    async def start_silence(self, leg_id: str) -> None:
        """Send silence to a leg in no bridge until it is joined, played to or given music, so that its telephone sees the call alive."""

    async def mute(self, leg_id: str, muted: bool) -> None:
        """What this party says is not heard by the others while muted."""

    async def label(self, leg_id: str, text: str) -> None:
        """Write a word on the leg that snapshots tell from then on, whoever reads them.

        Not while something is played to it: the engine would wait for its end, and answer nobody meanwhile.
        """

    async def transfer_done(self, leg_id: str, done: bool) -> None:
        """Tell the phone that asked for a transfer whether it is carried out."""

    async def send_digits(self, leg_id: str, digits: str) -> None:
        """Send keypad tones to the party."""

    async def start_recording(self, recording_id: str, leg_id: str, *, most_seconds: int = 0, silence_seconds: int = 0) -> None:
        """Record what comes from and goes to the leg, both sides apart, until the leg ends or it is stopped.

        It ends by itself after `most_seconds`, or when nothing has come from the leg for `silence_seconds` (0: never).
        """

    async def pause_recording(self, recording_id: str, paused: bool) -> None:
        """While paused, silence is written so that the timeline stays true."""

    async def stop_recording(self, recording_id: str) -> None:
        """Finish; RecordingEnded follows, also for one that ended while nobody listened (its files are then still there)."""

    async def received_packets(self, leg_id: str) -> int:
        """How many sound packets have come from the party so far: a figure that stands still tells a dead network."""

    async def sound_figures(self, leg_id: str) -> SoundFigures:
        """What has been counted of an answered leg's sound so far, in both directions."""

    async def put_account(self, account: PhoneAccount) -> None:
        """Make or replace a SIP account at once."""

    async def remove_account(self, name: str) -> None:
        """Remove a SIP account; its calls go on."""

    async def show_messages(self, account: str, new: int, old: int) -> None:
        """Let the account's telephone show that so many messages wait which were not heard, and so many that were (SIP MWI).

        It stays until it is said anew, also for a telephone that comes later, and over a restart of the engine.
        """

    async def put_trunk(self, trunk: Trunk) -> None:
        """Make or replace a trunk at once."""

    async def remove_trunk(self, name: str) -> None:
        """Remove a trunk; its calls go on."""

    async def close(self) -> None:
        """Leave the engine; its calls go on."""
