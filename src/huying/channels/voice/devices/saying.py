"""What devices hear from us and not from a call: the question before a number takes a call, that a line is up, the beep."""

from __future__ import annotations

from collections.abc import Callable

from huying.channels.voice.devices.beside import Beside
from huying.channels.voice.devices.choice import Choices, Device
from huying.flows.effects import Item, Say
from huying.flows.prompts.catalogue import BEEP
from huying.telephony import port

BEFORE_MS, PAUSE_MS = 300, 2_500
PROMPTS = {"ask": "device.call_for_you", "keep_line": "device.keep_line", "line_is_up": "device.line_is_up"}
QUESTIONS = ("ask", "keep_line")
"""Asked again after a pause."""


class Prompter:
    """Says it in the language of the device's owner, and knows which leg hears what."""

    def __init__(
        self, engine: port.Engine, beside: Beside, new_id: Callable[[], str], speak: Callable[[tuple[Item, ...]], list[port.Media]]
    ) -> None:
        self._engine, self._beside, self._new_id, self._speak = engine, beside, new_id, speak
        self.choices = Choices()
        self._playing: dict[str, str] = {}
        """Playback -> the device's leg that hears it."""

    def say(self, leg_id: str, what: str, device: Device) -> None:
        """One of PROMPTS, or the beep."""
        playback = self._new_id()
        self._playing[playback] = leg_id
        media: list[port.Media] = self._speak((Say(BEEP, ""),))
        if what in PROMPTS:
            choice = self.choices.of(device.account)
            media = [port.Silence(BEFORE_MS), *self._speak((Say(PROMPTS[what], choice.language if choice else "en"),))]
            media += [port.Silence(PAUSE_MS)] if what in QUESTIONS else []
        self._beside.ask(self._engine.play(playback, leg_id, media))

    def quiet(self, leg_id: str) -> None:
        """End what the leg hears from us."""
        for playback in [one for one, heard_by in self._playing.items() if heard_by == leg_id]:
            del self._playing[playback]
            self._beside.ask(self._engine.stop_playback(playback))

    def ended(self, playback_id: str) -> str | None:
        """The leg that heard this from us; None when it was none of ours, or was ended by us."""
        return self._playing.pop(playback_id, None)

    def forget_all(self) -> None:
        """The engine is gone."""
        self._playing.clear()
