"""An engine whose process is dead is told from one that is slow."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

from huying.telephony.asterisk.engine import AsteriskEngine
from huying.telephony.port import EngineGone


async def first_event(port: int, tmp_path: Path, seconds: float) -> object:
    engine = AsteriskEngine(f"ws://127.0.0.1:{port}/ari/events", "secret", tmp_path)
    try:
        async with asyncio.timeout(seconds):
            return await anext(aiter(engine.events()))
    except TimeoutError:
        return None
    finally:
        await engine.close()


async def test_where_nothing_listens_the_engine_is_dead(tmp_path: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound, and not listening: connections are refused
        assert isinstance(await first_event(held.getsockname()[1], tmp_path, 5), EngineGone)


async def test_where_somebody_listens_and_says_nothing_it_is_not(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert await first_event(silent.getsockname()[1], tmp_path, 2) is None
