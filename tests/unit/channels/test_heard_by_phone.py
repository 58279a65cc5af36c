"""What is laid out in clear for a telephone to hear does not stay when the process dies that laid it out."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from huying.channels.voice.keypad_book import DatabaseKeypadBook
from huying.foundation.bus.memory import MemoryBus
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.vault import Vault


def test_what_a_dead_process_left_in_clear_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "heard"
    folder.mkdir()
    for name in ("one.wav", "two.part"):
        (folder / name).write_bytes(b"somebody's words")
    book = DatabaseKeypadBook(cast("Database", None), cast("Vault", None), tmp_path, folder, utc_now, MemoryBus())
    book.forget_all_sounds()
    assert list(folder.iterdir()) == []
    folder.rmdir()
    book.forget_all_sounds()
