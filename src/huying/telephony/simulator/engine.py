"""The simulated engine: the port's commands change a small world, and its people (`people`) answer by themselves.

It runs in any event loop; in a `VirtualTimeLoop` a day passes in seconds. The same script always gives the same events.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence

from huying.telephony.port import (
    AccountReachable,
    BadRequestToEngine,
    Destination,
    Direction,
    EndCause,
    EngineEvent,
    Gone,
    LegEnded,
    LegRinging,
    Media,
    PhoneAccount,
    RecordingStarted,
    Silence,
    Snapshot,
    Sound,
    Trunk,
)
from huying.telephony.simulated import ANSWER, BUSY, REFUSE, SILENT, SIMULATED, UNREACHABLE, SimulatedParty, parse_party, party_of_account
from huying.telephony.simulator.parties import Phone
from huying.telephony.simulator.people import People
from huying.telephony.simulator.world import SimulatedLeg, SimulatedPlayback, SimulatedRecording
from huying.telephony.sound_quality import SoundFigures, made_up

_AT_ONCE = {BUSY: EndCause.BUSY, UNREACHABLE: EndCause.UNREACHABLE}


class SimulatedEngine(People):
    """The port `huying.telephony.port.Engine` without any telephone."""

    async def events(self) -> AsyncIterator[EngineEvent]:
        """All events, from one reader."""
        if not self._connected:
            self._connect()
        while (event := await self._events.get()) is not None:
            yield event

    async def snapshot(self) -> Snapshot:
        """The truth of this moment."""
        self._need_connection()
        return self._snapshot()

    async def answer(self, leg_id: str) -> None:
        """Answer an inbound leg."""
        leg = self._leg(leg_id)
        if leg.answered:
            return
        self._life.answered(leg)
        self._life.press_keys(leg)

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
        """Ring somebody. LegRinging, then LegAnswered, or LegEnded with the cause."""
        self._need_connection()
        if to.trunk and self._is_full(to.trunk):
            self._emit(LegEnded(leg_id, EndCause.CONGESTION, by_far_end=False))
            return
        phone = self._phone_at(to)
        leg = SimulatedLeg(
            leg_id=leg_id,
            direction=Direction.OUTBOUND,
            account=to.address if to.kind == "account" else "",
            remote_number=caller_number,
            number_called=to.address if to.kind == "number" else "",
            remote_name=caller_name,
            trunk=to.trunk,
            entry_token="",
            tone=phone.tone,
            talk_seconds=phone.talk_seconds,
            keys=phone.keys,
        )
        self._world.legs[leg_id] = leg
        if phone.behaviour in _AT_ONCE:
            busy = phone.behaviour == BUSY
            self._life.soon(leg, "end", 0.02, lambda: self._life.end(leg, _AT_ONCE[phone.behaviour], by_far_end=busy))
            return
        self._life.soon(leg, "ring", 0.02, lambda: self._emit(LegRinging(leg_id)))
        self._life.soon(leg, "timeout", timeout_seconds, lambda: self._life.end(leg, EndCause.NO_ANSWER, by_far_end=False))
        after = max(0.03, 0.1 if auto_answer and phone.behaviour == ANSWER else phone.answer_after_seconds)
        if by_itself := (headers or {}).get("X-Huying-Answer-After"):
            after = min(after, float(by_itself) + 0.1)
        if phone.behaviour == REFUSE:
            self._life.soon(leg, "end", after, lambda: self._life.end(leg, EndCause.REFUSED, by_far_end=True))
        elif phone.behaviour == ANSWER:
            self._life.soon(leg, "answer", after, lambda: self._life.phone_answers(leg))

    async def hang_up(self, leg_id: str, cause: EndCause = EndCause.NORMAL) -> None:
        """End a leg; LegEnded follows."""
        leg = self._leg(leg_id)
        self._life.end(leg, EndCause.NORMAL if leg.answered else cause, by_far_end=False)

    async def join(self, bridge_id: str, leg_ids: Sequence[str], *, absorb: Collection[str] = ()) -> None:
        """Make the bridge if it is not there and put the legs in; music on a leg ends."""
        legs = [self._leg(leg_id) for leg_id in leg_ids]
        members = self._world.bridges.setdefault(bridge_id, [])
        for leg in legs:
            leg.music, leg.listens_to, leg.absorbs_keys = False, "", leg.leg_id in absorb
            if leg.bridge_id != bridge_id:
                self._world.take_out(leg)
                members.append(leg.leg_id)
                leg.bridge_id = bridge_id
        if len(members) > 1:
            for member in members:
                self._life.meets_person(self._world.legs[member])
        self._world.mark_tapes(self._life.now())

    async def leave(self, bridge_id: str, leg_id: str) -> None:
        """Take a leg out of the bridge; it stays up."""
        leg = self._leg(leg_id)
        if leg.bridge_id != bridge_id:
            raise Gone
        self._world.take_out(leg)
        self._world.mark_tapes(self._life.now())

    async def listen(self, leg_id: str, to_leg_id: str, *, whisper: bool = False) -> None:
        """Let a leg that is in no bridge hear what the other one says and hears."""
        leg, target = self._leg(leg_id), self._leg(to_leg_id)
        leg.music, leg.listens_to, leg.whispers = False, target.leg_id, whisper
        self._world.mark_tapes(self._life.now())

    async def stop_listening(self, leg_id: str) -> None:
        """The leg hears nothing of it any longer."""
        self._leg(leg_id).listens_to = ""
        self._world.mark_tapes(self._life.now())

    async def destroy_bridge(self, bridge_id: str) -> None:
        """Remove the bridge; its legs stay up."""
        self._need_connection()
        members = self._world.bridges.pop(bridge_id, None)
        if members is None:
            raise Gone
        for member in members:
            self._world.legs[member].bridge_id = ""
        self._world.mark_tapes(self._life.now())

    async def play(self, playback_id: str, leg_id: str, media: Sequence[Media]) -> None:
        """Play to a leg that is in no bridge; PlaybackEnded follows."""
        leg = self._leg(leg_id)
        leg.music = False
        playback = SimulatedPlayback(playback_id, leg_id, None)
        self._world.playbacks[playback_id] = playback
        seconds, completed = self._length(media)
        if seconds is not None:
            loop = asyncio.get_running_loop()
            playback.timer = loop.call_later(seconds, self._life.end_playback, playback_id, completed)

    async def stop_playback(self, playback_id: str) -> None:
        """Stop playing; PlaybackEnded with completed=False follows."""
        self._need_connection()
        if playback_id not in self._world.playbacks:
            raise Gone
        self._life.end_playback(playback_id, False)

    async def start_music(self, leg_id: str) -> None:
        """Play music on hold to a leg until it is joined, played to or told to stop."""
        self._leg(leg_id).music = True

    async def stop_music(self, leg_id: str) -> None:
        """End the music."""
        self._leg(leg_id).music = False

    async def start_silence(self, leg_id: str) -> None:
        """Silence is what a simulated party hears anyway."""
        self._leg(leg_id).music = False

    async def mute(self, leg_id: str, muted: bool) -> None:
        """What this party says is not heard by the others while muted."""
        self._leg(leg_id).muted = muted
        self._world.mark_tapes(self._life.now())

    async def label(self, leg_id: str, text: str) -> None:
        """Write a word on the leg."""
        self._leg(leg_id).label = text

    async def transfer_done(self, leg_id: str, done: bool) -> None:
        """See Engine."""
        self._need_connection()
        self._leg(leg_id)
        self.transfers_told.append((leg_id, done))

    async def send_digits(self, leg_id: str, digits: str) -> None:
        """Send keypad tones to the party."""
        self._leg(leg_id).digits_heard += digits

    async def start_recording(self, recording_id: str, leg_id: str, *, most_seconds: int = 0, silence_seconds: int = 0) -> None:
        """Record what comes from and goes to the leg, both sides apart, until the leg ends, it is stopped, or a limit is reached."""
        leg = self._leg(leg_id)
        self._life.limit_recording(recording_id, most_seconds, silence_seconds if not self._world.said_by(leg) else 0)
        self._world.recordings[recording_id] = SimulatedRecording(recording_id, leg_id, self._life.now())
        self._world.mark_tapes(self._life.now())
        self._emit(RecordingStarted(recording_id))

    async def pause_recording(self, recording_id: str, paused: bool) -> None:
        """While paused, silence is written so that the timeline stays true."""
        self._recording(recording_id).paused = paused
        self._world.mark_tapes(self._life.now())

    async def stop_recording(self, recording_id: str) -> None:
        """Finish; RecordingEnded follows."""
        self._life.end_recording(self._recording(recording_id))

    async def received_packets(self, leg_id: str) -> int:
        """How many sound packets have come from the party so far."""
        return self._leg(leg_id).packets(self._life.now())

    async def sound_figures(self, leg_id: str) -> SoundFigures:
        """What has been counted of an answered leg's sound so far: believable, and always the same for the same leg."""
        return made_up(leg_id, await self.received_packets(leg_id))

    async def put_account(self, account: PhoneAccount) -> None:
        """Make or replace a SIP account at once."""
        self._need_connection()
        known = account.name in self._accounts
        self._accounts[account.name] = account
        if account.kind == SIMULATED:
            self._phones[account.name] = _phone(party_of_account(account))
        if not known and account.name in self._phones:
            self._emit(AccountReachable(account.name, True))

    async def remove_account(self, name: str) -> None:
        """Remove a SIP account; its calls go on."""
        self._need_connection()
        if self._accounts.pop(name, None) is not None and name in self._phones:
            self._emit(AccountReachable(name, False))

    async def show_messages(self, account: str, new: int, old: int) -> None:
        """What the account's telephone shows; it is in `lamps`."""
        self._need_connection()
        self.lamps[account] = (new, old)

    async def put_trunk(self, trunk: Trunk) -> None:
        """Make or replace a trunk at once."""
        self._need_connection()
        self._trunks[trunk.name] = trunk

    async def remove_trunk(self, name: str) -> None:
        """Remove a trunk; its calls go on."""
        self._need_connection()
        self._trunks.pop(name, None)

    async def close(self) -> None:
        """Leave the engine; its calls go on."""
        self._connected = False
        self._events.put_nowait(None)

    def _recording(self, recording_id: str) -> SimulatedRecording:
        self._need_connection()
        if recording_id not in self._world.recordings:
            raise Gone
        return self._world.recordings[recording_id]

    def _is_full(self, trunk: str) -> bool:
        known = self._trunks.get(trunk)
        return known is not None and 0 < known.channel_limit <= sum(leg.trunk == trunk for leg in self._world.legs.values())

    def _phone_at(self, to: Destination) -> Phone:
        if to.kind == SIMULATED:
            return _phone(parse_party(to.address))
        if to.kind == "account":
            reachable = to.address in self._accounts and to.address in self._phones
            return self._phones[to.address] if reachable else Phone(UNREACHABLE)
        if to.kind == "number" and to.trunk:
            return self._far_numbers.get(to.address, Phone(SILENT)) if to.trunk in self._trunks else Phone(UNREACHABLE)
        raise BadRequestToEngine(f"There is no destination of the kind {to.kind!r}.")

    def _length(self, media: Sequence[Media]) -> tuple[float | None, bool]:
        total = 0.0
        for one in media:
            if isinstance(one, Silence):
                total += one.milliseconds / 1000
            elif isinstance(one, Sound):
                seconds = self._sound_seconds(one.path)
                if seconds is None:
                    return total, False
                total += seconds
            else:
                return None, False  # a tone sounds until it is stopped
        return total, True


def _phone(party: SimulatedParty) -> Phone:
    return Phone(party.behaviour, party.answer_after_seconds, party.talk_seconds, party.tone, party.keys)
