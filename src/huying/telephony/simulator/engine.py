"""The simulated engine: the port's commands change a small world, and its people answer by themselves.

It runs in any event loop; in a `VirtualTimeLoop` a day passes in seconds. The same script always gives the same events.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path

from huying.telephony.port import (
    AccountReachable,
    BadRequestToEngine,
    Destination,
    DigitReceived,
    Direction,
    EndCause,
    EngineConnected,
    EngineEvent,
    EngineGone,
    EngineLost,
    EngineUnavailable,
    Gone,
    HoldChanged,
    LegEnded,
    LegEntered,
    LegRinging,
    Media,
    PhoneAccount,
    RecordingEnded,
    RecordingStarted,
    Silence,
    Snapshot,
    Sound,
    TransferRequested,
    Trunk,
)
from huying.telephony.port import BridgeSnapshot as Bridge
from huying.telephony.simulated import ANSWER, BUSY, REFUSE, SILENT, SIMULATED, UNREACHABLE, SimulatedParty, parse_party, party_of_account
from huying.telephony.simulator.life import Life
from huying.telephony.simulator.parties import Caller, Phone
from huying.telephony.simulator.sound import seconds_of_file
from huying.telephony.simulator.world import SimulatedLeg, SimulatedPlayback, SimulatedRecording, World
from huying.telephony.sound_quality import SoundFigures, made_up

_AT_ONCE = {BUSY: EndCause.BUSY, UNREACHABLE: EndCause.UNREACHABLE}

GONE_AFTER_SECONDS = 0.7
"""So long after its death the engine is known to be dead."""


class SimulatedEngine:
    """The port `huying.telephony.port.Engine` without any telephone."""

    def __init__(self, *, folder: Path | None = None, sound_seconds: Callable[[str], float | None] = seconds_of_file) -> None:
        """`folder` takes the files of recordings (none are written without it); `sound_seconds` tells how long a sound is."""
        self._sound_seconds = sound_seconds
        self._world = World(keeps_tapes=folder is not None)
        self._events: asyncio.Queue[EngineEvent | None] = asyncio.Queue()
        self._life = Life(self._world, self._emit, folder)
        self._connected = False
        self._missed: list[RecordingEnded] = []
        self._numbers = itertools.count(1)
        self._starts = 1
        self._accounts: dict[str, PhoneAccount] = {}
        self._trunks: dict[str, Trunk] = {}
        self._phones: dict[str, Phone] = {}
        self._far_numbers: dict[str, Phone] = {}
        self.transfers_told: list[tuple[str, bool]] = []
        """What telephones that asked for a transfer were told."""

    # --- the simulated people ------------------------------------------------------------------------------------------

    def place_call(self, caller: Caller) -> str:
        """Somebody calls; the id of the leg. Visitors and agents call by their account."""
        account = self._accounts.get(caller.account)
        if caller.account and account is None:
            return ""  # the unknown get nowhere
        number = next(self._numbers)
        leg = SimulatedLeg(
            leg_id=f"leg-{self._starts}.{number}",
            direction=Direction.INBOUND,
            account=caller.account,
            remote_number=caller.remote_number,
            number_called=caller.number_called,
            remote_name=caller.remote_name,
            trunk="" if account else caller.trunk,
            entry_token=account.entry if account and account.kind == "visitor" else "",
            tone=caller.tone,
            talk_seconds=caller.talk_seconds,
            keys=caller.keys,
            key_pause_seconds=caller.key_pause_seconds,
            patience_seconds=caller.patience_seconds,
        )
        self._world.legs[leg.leg_id] = leg
        self._life.expect_person(leg)
        self._emit(
            LegEntered(
                leg_id=leg.leg_id,
                number_called=leg.number_called,
                remote_number=leg.remote_number,
                remote_name=leg.remote_name,
                entry_token=leg.entry_token,
                trunk=leg.trunk,
                account=leg.account,
            )
        )
        return leg.leg_id

    def register_phone(self, account: str, phone: Phone | None = None) -> None:
        """A telephone of the account registers (or changes how its person behaves)."""
        known = account in self._phones
        self._phones[account] = phone or Phone()
        if not known and account in self._accounts:
            self._emit(AccountReachable(account, True))

    def unregister_phone(self, account: str) -> None:
        """The account's telephone has gone."""
        if self._phones.pop(account, None) is not None and account in self._accounts:
            self._emit(AccountReachable(account, False))

    def put_far_number(self, number: str, phone: Phone) -> None:
        """Whoever is rung at a number over a trunk."""
        self._far_numbers[number] = phone

    def far_end_hangs_up(self, leg_id: str) -> None:
        """The person at the far end hangs up."""
        self._life.end(self._world.leg(leg_id), EndCause.NORMAL, by_far_end=True)

    def far_end_presses(self, leg_id: str, digit: str) -> None:
        """The person presses a key."""
        self._world.leg(leg_id)
        self._emit(DigitReceived(leg_id, digit))

    def far_end_holds(self, leg_id: str, held: bool) -> None:
        """The person's own telephone puts us on hold, or takes us back."""
        self._world.leg(leg_id)
        self._emit(HoldChanged(leg_id, held))

    def far_end_transfers(self, leg_id: str, number: str = "", replaces: str = "") -> None:
        """The party's telephone wants its call handed on."""
        self._leg(leg_id)
        self._emit(TransferRequested(leg_id, number, replaces))

    def lose_network(self, leg_id: str) -> None:
        """Nothing comes from the person any more, and nobody hangs up."""
        self._world.leg(leg_id).network_lost_at = self._life.now()
        self._world.leg(leg_id).cancel_timers()
        self._world.mark_tapes(self._life.now())

    def digits_heard(self, leg_id: str) -> str:
        """The keypad tones the person has been sent."""
        return self._world.leg(leg_id).digits_heard

    def break_connection(self, seconds: float = 1.0) -> None:
        """Our connection with the engine breaks for a while; its calls go on."""
        self._connected = False
        self._events.put_nowait(EngineLost("broken"))
        asyncio.get_running_loop().call_later(seconds, self._connect)

    def reader_died(self) -> None:
        """Whoever read the events is dead: what happens until the next reader comes is told to nobody. The calls go on."""
        self._connected = False
        while not self._events.empty():
            self._events.get_nowait()

    def restart(self, seconds: float = 1.0) -> None:
        """The engine dies with all its calls, and comes back after a while, without accounts' telephones having to register again."""
        self._world.clear()
        self._starts += 1
        self.break_connection(seconds)
        if seconds > GONE_AFTER_SECONDS:
            asyncio.get_running_loop().call_later(GONE_AFTER_SECONDS, self._events.put_nowait, EngineGone())

    # --- the port ------------------------------------------------------------------------------------------------------

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

    async def join(self, bridge_id: str, leg_ids: Sequence[str]) -> None:
        """Make the bridge if it is not there and put the legs in; music on a leg ends."""
        legs = [self._leg(leg_id) for leg_id in leg_ids]
        members = self._world.bridges.setdefault(bridge_id, [])
        for leg in legs:
            leg.music = False
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

    # --- how the world goes on -----------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._connected = True
        self._events.put_nowait(EngineConnected(self._snapshot()))
        while self._missed:
            self._events.put_nowait(self._missed.pop(0))

    def _snapshot(self) -> Snapshot:
        return Snapshot(
            legs={leg_id: leg.snapshot() for leg_id, leg in self._world.legs.items()},
            bridges={bridge: Bridge(bridge, frozenset(members)) for bridge, members in self._world.bridges.items()},
            reachable_accounts=frozenset(self._accounts.keys() & self._phones.keys()),
            recordings=frozenset(self._world.recordings),
            engine_start=str(self._starts),
        )

    def _emit(self, event: EngineEvent) -> None:
        if self._connected:
            self._events.put_nowait(event)
        elif isinstance(event, RecordingEnded):  # told later, because the files are there; nothing else is
            self._missed.append(event)

    def _need_connection(self) -> None:
        if not self._connected:
            raise EngineUnavailable

    def _leg(self, leg_id: str) -> SimulatedLeg:
        self._need_connection()
        return self._world.leg(leg_id)

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
