"""What people outside do in the simulated world: they call, hang up, press keys; their telephones register; the engine itself breaks."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from pathlib import Path

from huying.telephony.port import (
    AccountReachable,
    DigitReceived,
    Direction,
    EndCause,
    EngineConnected,
    EngineEvent,
    EngineGone,
    EngineLost,
    EngineUnavailable,
    HoldChanged,
    LegEntered,
    PhoneAccount,
    RecordingEnded,
    Snapshot,
    TransferRequested,
    Trunk,
)
from huying.telephony.port import BridgeSnapshot as Bridge
from huying.telephony.simulator.life import Life
from huying.telephony.simulator.parties import Caller, Phone
from huying.telephony.simulator.sound import seconds_of_file
from huying.telephony.simulator.world import SimulatedLeg, World

GONE_AFTER_SECONDS = 0.7
"""So long after its death the engine is known to be dead."""


class People:
    """The world, and what may be made to happen in it. Its events are told while somebody is connected."""

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
        self.lamps: dict[str, tuple[int, int]] = {}
        """What accounts' telephones show: messages that were not heard, and that were."""
        self.transfers_told: list[tuple[str, bool]] = []
        """What telephones that asked for a transfer were told."""

    # --- people and their telephones --------------------------------------------------------------------------------------------

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
        leg = self._world.leg(leg_id)
        for other in self._world.bridges.get(leg.bridge_id, ()) if not leg.absorbs_keys else ():
            if other != leg_id:
                self._world.legs[other].digits_heard += digit
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
