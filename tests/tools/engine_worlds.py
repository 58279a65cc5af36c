"""One world for each implementation of the telephone engine's port: the same gestures of people, so that one suite fits both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

from running_asterisk import AsteriskUnderTest

from huying.telephony.asterisk.engine import AsteriskEngine
from huying.telephony.asterisk.simulated_parties import SimulatedCustomers
from huying.telephony.port import Engine, EngineConnected, EngineEvent, Gone, LegEntered
from huying.telephony.simulator import Caller, SimulatedEngine
from huying.telephony.virtual_time import run_virtual

E = TypeVar("E")
WAIT_SECONDS = 30.0


class World:
    """An engine, what it has said, and the people around it."""

    engine: Engine

    def __init__(self) -> None:
        self.seen: list[EngineEvent] = []
        self._news = asyncio.Condition()
        self._reader: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Read events from now on; returns when the engine is connected."""
        self._reader = asyncio.create_task(self._read())
        await self.event(EngineConnected)

    async def end(self) -> None:
        """Leave the engine."""
        await self.engine.close()
        if self._reader is not None:
            await self._reader

    async def _read(self) -> None:
        async for event in self.engine.events():
            async with self._news:
                self.seen.append(event)
                self._news.notify_all()

    async def event(self, kind: type[E], *, after: int = 0, seconds: float = WAIT_SECONDS, **fields: object) -> E:
        """The first event of this kind with these fields, waited for if need be."""

        def find() -> E | None:
            for one in self.seen[after:]:
                if isinstance(one, kind) and all(getattr(one, name) == value for name, value in fields.items()):
                    return one
            return None

        try:
            async with asyncio.timeout(seconds), self._news:
                await self._news.wait_for(lambda: find() is not None)
        except TimeoutError:
            raise AssertionError(f"no {kind.__name__} {fields} within {seconds} s; seen: {self.seen}") from None
        found = find()
        assert found is not None
        return found

    async def never(self, kind: type[Any], seconds: float, **fields: object) -> None:
        """No such event comes."""
        before = len(self.seen)
        await asyncio.sleep(seconds)
        late = [one for one in self.seen[before:] if isinstance(one, kind)]
        assert not [one for one in late if all(getattr(one, name) == value for name, value in fields.items())]

    async def call_in(self, caller: Caller) -> str:
        """Somebody calls; the leg, after it has entered."""
        leg_id = await self.place_call(caller)
        await self.event(LegEntered, leg_id=leg_id)
        return leg_id

    async def place_call(self, caller: Caller) -> str:
        raise NotImplementedError

    async def customer_hangs_up(self, leg_id: str) -> None:
        raise NotImplementedError

    def ear(self, leg_id: str) -> tuple[str, bool]:
        """Of a called simulated party: what is to be recorded to know what the person hears, and whether it is the recording's far side."""
        return leg_id, True

    async def break_connection(self) -> None:
        raise NotImplementedError

    async def restart_engine(self) -> None:
        raise NotImplementedError


class SimulatedWorld(World):
    """The simulator."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.simulator = SimulatedEngine(folder=folder)
        self.engine = self.simulator

    async def place_call(self, caller: Caller) -> str:
        return self.simulator.place_call(caller)

    async def customer_hangs_up(self, leg_id: str) -> None:
        self.simulator.far_end_hangs_up(leg_id)

    async def break_connection(self) -> None:
        self.simulator.break_connection(0.3)

    async def restart_engine(self) -> None:
        self.simulator.restart()


class AsteriskWorld(World):
    """A real Asterisk with simulated customers."""

    def __init__(self, asterisk: AsteriskUnderTest) -> None:
        super().__init__()
        self.asterisk = asterisk
        self.asterisk_engine = AsteriskEngine.of(asterisk.settings)
        self.engine = self.asterisk_engine
        self.customers = SimulatedCustomers.of(asterisk.settings)

    async def end(self) -> None:
        await self.customers.close()
        snapshot = await self.engine.snapshot()
        for left in (*map(self.engine.hang_up, snapshot.legs), *map(self.engine.destroy_bridge, snapshot.bridges)):
            with suppress(Gone):
                await left
        await super().end()

    async def place_call(self, caller: Caller) -> str:
        call = await self.customers.place_simulated_call(
            caller.number_called,
            caller.remote_number,
            caller.keys,
            caller.patience_seconds,
            caller.talk_seconds,
            remote_name=caller.remote_name,
            key_pause_seconds=caller.key_pause_seconds,
            tone=caller.tone,
        )
        return call.leg_id

    async def customer_hangs_up(self, leg_id: str) -> None:
        await self.customers.hang_up(leg_id)

    def ear(self, leg_id: str) -> tuple[str, bool]:
        # The leg's own recording is made before a whisper is mixed in; the other end of the simulated party hears all of it.
        return f"{leg_id};2", False

    async def break_connection(self) -> None:
        socket = self.asterisk_engine._socket
        assert socket is not None
        await socket._connection.close()

    async def restart_engine(self) -> None:
        self.asterisk.kill()
        await asyncio.to_thread(self.asterisk.start)


Scenario = Callable[[World], Coroutine[Any, Any, None]]


class Stage(Protocol):
    """Runs a scenario on one of the worlds."""

    def __call__(self, scenario: Scenario) -> None: ...


async def _play(make: Callable[[], World], scenario: Scenario) -> None:
    world = make()
    await world.begin()
    try:
        await scenario(world)
    finally:
        await world.end()


def simulated_stage(folder: Path) -> Stage:
    """Scenarios in virtual time."""
    return lambda scenario: run_virtual(_play(lambda: SimulatedWorld(folder), scenario))


def asterisk_stage(asterisk: AsteriskUnderTest) -> Stage:
    """Scenarios on a real Asterisk, in real time."""
    return lambda scenario: asyncio.run(_play(lambda: AsteriskWorld(asterisk), scenario))
