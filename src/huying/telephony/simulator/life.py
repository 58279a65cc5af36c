"""How the simulated world goes on by itself: people answer, press keys, lose patience, talk and hang up; legs and sounds end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from huying.telephony.port import DigitReceived, EndCause, EngineEvent, LegAnswered, LegEnded, PlaybackEnded, RecordingEnded
from huying.telephony.simulator.parties import WAIT
from huying.telephony.simulator.world import SimulatedLeg, SimulatedRecording, World


class Life:
    """Moves the world on by timers of the running loop, and says what happens."""

    def __init__(self, world: World, emit: Callable[[EngineEvent], None], folder: Path | None) -> None:
        self.world = world
        self._emit = emit
        self._folder = folder

    @staticmethod
    def now() -> float:
        """Seconds of the running loop."""
        return asyncio.get_running_loop().time()

    def soon(self, leg: SimulatedLeg, name: str, seconds: float, action: Callable[[], None]) -> None:
        """A timer of the leg; an older one of this name is replaced."""
        old = leg.timers.pop(name, None)
        if old is not None:
            old.cancel()
        leg.timers[name] = asyncio.get_running_loop().call_later(seconds, action)

    def answered(self, leg: SimulatedLeg) -> None:
        """From now on sound can flow."""
        leg.answered = True
        leg.answered_at = self.now()
        self.world.mark_tapes(self.now())

    def phone_answers(self, leg: SimulatedLeg) -> None:
        """The person at a telephone takes the call."""
        leg.cancel_timers()
        self.answered(leg)
        self._emit(LegAnswered(leg.leg_id))
        self.press_keys(leg)

    def press_keys(self, leg: SimulatedLeg) -> None:
        """One key, then a pause, then the next."""
        if not leg.keys or leg.network_lost_at is not None:
            return

        def press() -> None:
            key, leg.keys = leg.keys[0], leg.keys[1:]
            if key != WAIT:
                self._emit(DigitReceived(leg.leg_id, key))
            self.press_keys(leg)

        self.soon(leg, "keys", leg.key_pause_seconds, press)

    def expect_person(self, leg: SimulatedLeg) -> None:
        """The caller waits, but not for ever."""
        if leg.patience_seconds is not None:
            self.soon(leg, "patience", leg.patience_seconds, lambda: self.end(leg, EndCause.NORMAL, by_far_end=True))

    def meets_person(self, leg: SimulatedLeg) -> None:
        """The person talks with somebody now, for as long as there is something to say."""
        patience = leg.timers.pop("patience", None)
        if patience is not None:
            patience.cancel()
        if not leg.has_talked and leg.network_lost_at is None:
            leg.has_talked = True
            self.soon(leg, "talk", leg.talk_seconds, lambda: self.end(leg, EndCause.NORMAL, by_far_end=True))

    def end_playback(self, playback_id: str, completed: bool) -> None:
        """The playback is over."""
        playback = self.world.playbacks.pop(playback_id)
        if playback.timer is not None:
            playback.timer.cancel()
        self._emit(PlaybackEnded(playback_id, playback.leg_id, completed))

    def limit_recording(self, recording_id: str, most_seconds: int, silence_seconds: int) -> None:
        """The recording ends by itself after the shorter of the two (0: never)."""

        def over() -> None:
            recording = self.world.recordings.get(recording_id)
            if recording is not None:
                self.end_recording(recording)

        limits = [seconds for seconds in (most_seconds, silence_seconds) if seconds]
        if limits:
            asyncio.get_running_loop().call_later(min(limits), over)

    def end_recording(self, recording: SimulatedRecording) -> None:
        """The recording is over; its files are written where files are wanted."""
        del self.world.recordings[recording.recording_id]
        folder = self._folder or Path("/simulated")
        near, far = folder / f"{recording.recording_id}-near.wav", folder / f"{recording.recording_id}-far.wav"
        seconds = self.now() - recording.begun_at
        if self._folder is not None:
            recording.near.write(near, self.now())
            recording.far.write(far, self.now())
        self._emit(RecordingEnded(recording.recording_id, str(near), str(far), seconds, seconds))

    def end(self, leg: SimulatedLeg, cause: EndCause, *, by_far_end: bool) -> None:
        """The leg is over, and all that was done with it."""
        leg.cancel_timers()
        self.world.take_out(leg)
        for playback in [one for one in self.world.playbacks.values() if one.leg_id == leg.leg_id]:
            self.end_playback(playback.playback_id, False)
        for recording in [one for one in self.world.recordings.values() if one.leg_id == leg.leg_id]:
            self.end_recording(recording)
        del self.world.legs[leg.leg_id]
        self.world.mark_tapes(self.now())
        self._emit(LegEnded(leg.leg_id, cause, by_far_end=by_far_end))
