"""What one can ask of a telephone engine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Protocol

from huying.telephony.port.engine_events import EndCause, EngineEvent
from huying.telephony.port.snapshot import Snapshot
from huying.telephony.port.told import Destination, Media, PhoneAccount, Trunk
from huying.telephony.sound_quality import SoundFigures


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
