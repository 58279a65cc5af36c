"""The open streams as pages that fit into a message of the bus. A frozen list is kept for a short while for whoever reads on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from huying.foundation.bus.port import Message
from huying.foundation.journal.entry import Entry

PAGE = 400
KEPT_LISTS = 8


class OpenPages:
    """Answers `voice.open`."""

    def __init__(self, epoch: str, entries: Callable[[], Sequence[Entry]], new_id: Callable[[], str]) -> None:
        self._epoch = epoch
        self._entries = entries
        self._new_id = new_id
        self._lists: dict[str, list[dict[str, Any]]] = {}

    async def answer(self, message: Message) -> Message:
        """One page: `token` and `start` of the page before, or nothing for the first. A forgotten list begins anew."""
        token, start = str(message.get("token", "")), int(message.get("start", 0))
        if token not in self._lists:
            token, start = self._freeze(), 0
        entries = self._lists[token][start : start + PAGE]
        following = start + PAGE
        last = following >= len(self._lists[token])
        if last:
            del self._lists[token]
        return {"epoch": self._epoch, "token": token, "start": start, "entries": entries, "next": None if last else following}

    def _freeze(self) -> str:
        while len(self._lists) >= KEPT_LISTS:
            self._lists.pop(next(iter(self._lists)))
        token = self._new_id()
        self._lists[token] = [entry.to_json() for entry in self._entries()]
        return token
