"""Hearing one's messages and recordings by telephone: the PIN, then one after the other, newest first.

While something plays: 1 again, 2 the next, 3 a message is done, # the end.
"""

from __future__ import annotations

from collections.abc import Callable

from huying.channels.voice.keypad_book import Heard, KeypadBook
from huying.channels.voice.phone_session import PhoneSession
from huying.flows.effects import Item, Say
from huying.foundation.errors import NotFound
from huying.telephony import port

TRIES = 3
KEY_SECONDS = 8.0
PIN_KEYS = 8


class Listening:
    """One person's sitting at one telephone."""

    def __init__(
        self, book: KeypadBook, session: PhoneSession, speak: Callable[[tuple[Item, ...]], list[port.Media]], language: str
    ) -> None:
        self._book, self._session, self._speak, self._language = book, session, speak, language

    async def run(self, business_id: str, person_id: str, what: str) -> None:
        """`what`: messages, recordings. Raises HungUp."""
        if not await self._admitted(business_id, person_id):
            await self._say("keypad.wrong_pin")
            return
        messages = what == "messages"
        found = await (self._book.messages if messages else self._book.recordings)(business_id, person_id)
        if not found:
            await self._say("keypad.nothing_to_hear")
            return
        await self._say("keypad.keys_of_messages" if messages else "keypad.keys_of_recordings")
        for heard in found:
            if await self._one(business_id, person_id, heard, messages) == "#":
                break
        await self._say("keypad.that_was_all")

    async def _admitted(self, business_id: str, person_id: str) -> bool:
        for _ in range(TRIES):
            first = await self._say("keypad.enter_pin")
            pin = await self._session.keys(KEY_SECONDS, most=PIN_KEYS, first=first)
            if pin and await self._book.pin_fits(business_id, person_id, pin):
                return True
        return False

    async def _one(self, business_id: str, person_id: str, heard: Heard, is_message: bool) -> str:
        """The key that ended it."""
        try:
            path = await self._book.sound(business_id, person_id, heard)
        except NotFound:
            return ""
        try:
            while True:
                key = await self._session.play([port.Sound(str(path))])
                key = key or await self._session.keys(KEY_SECONDS, most=1)
                if key == "1":
                    continue
                if key == "3" and is_message:
                    await self._book.done(business_id, person_id, heard.recording_id)
                return key or "2"
        finally:
            self._book.forget_sound(path)

    async def _say(self, key: str) -> str:
        return await self._session.play(self._speak((Say(key, self._language),)))
