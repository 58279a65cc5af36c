"""An engine that passes every command on to another one, under the ids that a subclass gives its legs."""

from __future__ import annotations

from collections.abc import Sequence

from huying.channels.voice.devices.choice import KIND_NUMBER
from huying.telephony import port
from huying.telephony.sound_quality import SoundFigures


class PassingEngine:
    """What of the port needs nothing but another id of the leg."""

    def __init__(self, inner: port.Engine) -> None:
        self._inner = inner

    def _device_leg(self, leg_id: str) -> str:
        """The engine's own id of a call's leg."""
        return leg_id

    async def answer(self, leg_id: str) -> None:
        """See Engine."""
        await self._inner.answer(leg_id)

    async def leave(self, bridge_id: str, leg_id: str) -> None:
        """See Engine."""
        await self._inner.leave(bridge_id, self._device_leg(leg_id))

    async def listen(self, leg_id: str, to_leg_id: str, *, whisper: bool = False) -> None:
        """See Engine."""
        await self._inner.listen(self._device_leg(leg_id), self._device_leg(to_leg_id), whisper=whisper)

    async def stop_listening(self, leg_id: str) -> None:
        """See Engine."""
        await self._inner.stop_listening(self._device_leg(leg_id))

    async def destroy_bridge(self, bridge_id: str) -> None:
        """See Engine."""
        await self._inner.destroy_bridge(bridge_id)

    async def play(self, playback_id: str, leg_id: str, media: Sequence[port.Media]) -> None:
        """See Engine."""
        await self._inner.play(playback_id, self._device_leg(leg_id), media)

    async def stop_playback(self, playback_id: str) -> None:
        """See Engine."""
        await self._inner.stop_playback(playback_id)

    async def start_music(self, leg_id: str) -> None:
        """See Engine."""
        await self._inner.start_music(self._device_leg(leg_id))

    async def stop_music(self, leg_id: str) -> None:
        """See Engine."""
        await self._inner.stop_music(self._device_leg(leg_id))

    async def start_silence(self, leg_id: str) -> None:
        """See Engine."""
        await self._inner.start_silence(self._device_leg(leg_id))

    async def mute(self, leg_id: str, muted: bool) -> None:
        """See Engine."""
        await self._inner.mute(self._device_leg(leg_id), muted)

    async def label(self, leg_id: str, text: str) -> None:
        """See Engine."""
        await self._inner.label(self._device_leg(leg_id), text)

    async def transfer_done(self, leg_id: str, done: bool) -> None:
        """See Engine."""
        await self._inner.transfer_done(self._device_leg(leg_id), done)

    async def send_digits(self, leg_id: str, digits: str) -> None:
        """See Engine."""
        await self._inner.send_digits(self._device_leg(leg_id), digits)

    async def start_recording(self, recording_id: str, leg_id: str, *, most_seconds: int = 0, silence_seconds: int = 0) -> None:
        """See Engine."""
        leg_id = self._device_leg(leg_id)
        await self._inner.start_recording(recording_id, leg_id, most_seconds=most_seconds, silence_seconds=silence_seconds)

    async def pause_recording(self, recording_id: str, paused: bool) -> None:
        """See Engine."""
        await self._inner.pause_recording(recording_id, paused)

    async def stop_recording(self, recording_id: str) -> None:
        """See Engine."""
        await self._inner.stop_recording(recording_id)

    async def received_packets(self, leg_id: str) -> int:
        """See Engine."""
        return await self._inner.received_packets(self._device_leg(leg_id))

    async def sound_figures(self, leg_id: str) -> SoundFigures:
        """See Engine."""
        return await self._inner.sound_figures(self._device_leg(leg_id))

    async def put_account(self, account: port.PhoneAccount) -> None:
        """See Engine. A number outside is no account of the engine's."""
        if account.kind != KIND_NUMBER:
            await self._inner.put_account(account)

    async def remove_account(self, name: str) -> None:
        """See Engine."""
        await self._inner.remove_account(name)

    async def show_messages(self, account: str, new: int, old: int) -> None:
        """See Engine."""
        await self._inner.show_messages(account, new, old)

    async def put_trunk(self, trunk: port.Trunk) -> None:
        """See Engine."""
        await self._inner.put_trunk(trunk)

    async def remove_trunk(self, name: str) -> None:
        """See Engine."""
        await self._inner.remove_trunk(name)
