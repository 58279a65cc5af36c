"""The telephone engine on Asterisk: commands become requests of ARI. Its events, and what is true, come by the connection."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Collection, Mapping, Sequence

from huying.telephony.asterisk.ari import path
from huying.telephony.asterisk.causes import reason_code
from huying.telephony.asterisk.configuration import LABEL, TONE
from huying.telephony.asterisk.connection import AsteriskConnection
from huying.telephony.asterisk.requests import media_uris, originate_body
from huying.telephony.asterisk.sound_figures import CODEC_VARIABLE, codec_of, figures_of
from huying.telephony.port import (
    BadRequestToEngine,
    Destination,
    Direction,
    EndCause,
    EngineUnavailable,
    Gone,
    LegEnded,
    LegSnapshot,
    Media,
    PhoneAccount,
    Tone,
    Trunk,
)
from huying.telephony.simulated import SIMULATED
from huying.telephony.sound_quality import SoundFigures, made_up

SIMULATED_PACKETS_PER_SECOND = 50


class AsteriskEngine(AsteriskConnection):
    """The port `huying.telephony.port.Engine` on one Asterisk."""

    # --- legs ----------------------------------------------------------------------------------------------------------

    async def answer(self, leg_id: str) -> None:
        """Answer an inbound leg."""
        await self._ask("POST", path("channels", leg_id, "answer"))

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
        account = to.address if to.kind == "account" else ""
        simulated = self._registry.party(account)
        body = originate_body(
            simulated.destination() if simulated else to,
            account=account,
            caller_number=caller_number,
            caller_name=caller_name,
            timeout_seconds=timeout_seconds,
            auto_answer=auto_answer,
            headers=headers or {},
        )
        number = to.address if to.kind == "number" else ""
        if to.trunk and self._is_full(to.trunk):
            self._events.put_nowait(LegEnded(leg_id, EndCause.CONGESTION, by_far_end=False))
            return
        snapshot = LegSnapshot(leg_id, False, Direction.OUTBOUND, account, caller_number, number, caller_name, to.trunk)
        self._book.open_leg(snapshot, local=to.kind == SIMULATED or simulated is not None)
        try:
            await self._ask("POST", path("channels", leg_id), body=body)
        except EngineUnavailable as error:
            if self._book.legs.pop(leg_id, None) is None:
                return  # it has already ended, and was told so
            if "Allocation failed" not in str(error):
                raise
            # Nobody is registered there, or there is no such account.
            self._events.put_nowait(LegEnded(leg_id, EndCause.UNREACHABLE, by_far_end=False))
        except (Gone, BadRequestToEngine):
            self._book.legs.pop(leg_id, None)
            raise

    def _is_full(self, trunk: str) -> bool:
        limit = self._registry.channel_limit(trunk)
        return 0 < limit <= sum(leg.snapshot.trunk == trunk for leg in self._book.legs.values())

    async def hang_up(self, leg_id: str, cause: EndCause = EndCause.NORMAL) -> None:
        """End a leg; LegEnded follows."""
        leg = self._book.legs.get(leg_id)
        if leg is not None:
            leg.hung_up_by_us = cause
        await self._ask("DELETE", path("channels", leg_id), {"reason_code": reason_code(cause)})

    async def mute(self, leg_id: str, muted: bool) -> None:
        """What this party says is not heard by the others while muted."""
        await self._ask("POST" if muted else "DELETE", path("channels", leg_id, "mute"), {"direction": "in"})

    async def label(self, leg_id: str, text: str) -> None:
        """Write a word on the leg, in a variable of its channel."""
        await self._ask("POST", path("channels", leg_id, "variable"), {"variable": LABEL, "value": text})

    async def transfer_done(self, leg_id: str, done: bool) -> None:
        """Tell the phone that asked for a transfer whether it is carried out."""
        states = "channel_answered" if done else "channel_declined"
        await self._ask("POST", path("channels", leg_id, "transfer_progress"), {"states": states})
        leg = self._book.legs.get(leg_id)
        if leg is not None and not done:
            leg.asks_transfer = False

    async def send_digits(self, leg_id: str, digits: str) -> None:
        """Send keypad tones to the party."""
        await self._ask("POST", path("channels", leg_id, "dtmf"), {"dtmf": digits, "duration": 160, "between": 100})

    async def received_packets(self, leg_id: str) -> int:
        """How many sound packets have come from the party so far; a simulated party sends as time goes by."""
        leg = self._book.legs.get(leg_id)
        if leg is None:
            raise Gone
        if leg.local:
            return int(asyncio.get_running_loop().time() * SIMULATED_PACKETS_PER_SECOND)
        statistics = await self._ask("GET", path("channels", leg_id, "rtp_statistics"))
        return int(statistics["rxcount"])

    async def sound_figures(self, leg_id: str) -> SoundFigures:
        """What has been counted of an answered leg's sound so far; that of a simulated party is made up."""
        leg = self._book.legs.get(leg_id)
        if leg is None:
            raise Gone
        if leg.local:
            return made_up(leg_id, await self.received_packets(leg_id))
        statistics = await self._ask("GET", path("channels", leg_id, "rtp_statistics"))
        if not leg.codec:
            variable = await self._ask("GET", path("channels", leg_id, "variable"), {"variable": CODEC_VARIABLE})
            leg.codec = codec_of(variable)
        return figures_of(statistics, leg.codec)

    # --- bridges -------------------------------------------------------------------------------------------------------

    async def join(self, bridge_id: str, leg_ids: Sequence[str], *, absorb: Collection[str] = ()) -> None:
        """Make the bridge if it is not there and put the legs in; music on a leg ends."""
        if bridge_id not in self._book.bridges:
            # Not joined natively, as two alike would be: then no key of theirs is told.
            await self._ask("POST", path("bridges", bridge_id), {"type": "mixing,dtmf_events"})
            self._book.bridges.add(bridge_id)
        for leg_id in leg_ids:
            await self._clear_sound(leg_id)
            await self._listening.end(leg_id)
        for absorbs in (False, True):
            if legs := [leg_id for leg_id in leg_ids if (leg_id in absorb) == absorbs]:
                query = {"channel": ",".join(legs), "inhibitConnectedLineUpdates": "true", "absorbDTMF": str(absorbs).lower()}
                await self._ask("POST", path("bridges", bridge_id, "addChannel"), query)

    async def leave(self, bridge_id: str, leg_id: str) -> None:
        """Take a leg out of the bridge; it stays up."""
        await self._ask("POST", path("bridges", bridge_id, "removeChannel"), {"channel": leg_id})

    async def listen(self, leg_id: str, to_leg_id: str, *, whisper: bool = False) -> None:
        """Let a leg that is in no bridge hear what the other one says and hears."""
        await self._clear_sound(leg_id)
        await self._listening.begin(leg_id, to_leg_id, whisper)

    async def stop_listening(self, leg_id: str) -> None:
        """The leg hears nothing of it any longer."""
        await self._listening.end(leg_id)

    async def destroy_bridge(self, bridge_id: str) -> None:
        """Remove the bridge; its legs stay up."""
        self._book.bridges.discard(bridge_id)
        await self._ask("DELETE", path("bridges", bridge_id))

    # --- sound ---------------------------------------------------------------------------------------------------------

    async def play(self, playback_id: str, leg_id: str, media: Sequence[Media]) -> None:
        """Play to a leg that is in no bridge; PlaybackEnded follows."""
        leg = self._book.legs.get(leg_id)
        if leg is None:
            raise Gone
        await self._clear_sound(leg_id)
        self._book.playbacks[playback_id] = leg_id
        leg.playbacks.add(playback_id)
        leg.tone = playback_id if any(isinstance(one, Tone) for one in media) else ""
        try:
            if leg.tone:
                await self._ask("POST", path("channels", leg_id, "variable"), {"variable": TONE, "value": playback_id})
            body = {"media": media_uris(media, self._silence_folder)}
            await self._ask("POST", path("channels", leg_id, "play", playback_id), body=body)
        except (Gone, EngineUnavailable, BadRequestToEngine):
            self._book.end_playback(playback_id)
            raise

    async def stop_playback(self, playback_id: str) -> None:
        """Stop playing; PlaybackEnded with completed=False follows."""
        if playback_id in self._book.playbacks:  # else it was begun before a restart of ours, or is over, which Asterisk knows
            self._book.stopped_playbacks.add(playback_id)
        await self._ask("DELETE", path("playbacks", playback_id))

    async def start_music(self, leg_id: str) -> None:
        """Play music on hold to a leg until it is joined, played to or told to stop."""
        await self._clear_sound(leg_id)
        await self._ask("POST", path("channels", leg_id, "moh"))
        if leg_id in self._book.legs:
            self._book.legs[leg_id].has_music = True

    async def stop_music(self, leg_id: str) -> None:
        """End the music."""
        await self._ask("DELETE", path("channels", leg_id, "moh"))
        if leg_id in self._book.legs:
            self._book.legs[leg_id].has_music = False

    async def start_silence(self, leg_id: str) -> None:
        """Send silence to a leg until it is joined, played to or given music."""
        await self._clear_sound(leg_id)
        await self._ask("POST", path("channels", leg_id, "silence"))
        if leg_id in self._book.legs:
            self._book.legs[leg_id].has_silence = True

    async def _end_silence(self, leg_id: str) -> None:
        leg = self._book.legs.get(leg_id)
        if leg is not None and leg.has_silence:
            leg.has_silence = False
            await self._ask("DELETE", path("channels", leg_id, "silence"))

    async def _clear_sound(self, leg_id: str) -> None:
        """What goes on by itself ends before something else begins.

        Asterisk puts a leg into a bridge, or plays the next sound, only after what it plays, and a tone never ends.
        """
        leg = self._book.legs.get(leg_id)
        if leg is not None and leg.tone:
            tone, leg.tone = leg.tone, ""
            with contextlib.suppress(Gone):
                await self.stop_playback(tone)
        if leg is not None and leg.has_music:
            await self.stop_music(leg_id)
        await self._end_silence(leg_id)

    # --- recording -----------------------------------------------------------------------------------------------------

    async def start_recording(self, recording_id: str, leg_id: str, *, most_seconds: int = 0, silence_seconds: int = 0) -> None:
        """Record what comes from and goes to the leg, both sides apart, until the leg ends, it is stopped, or a limit is reached."""
        await self._recorder.start(recording_id, leg_id, most_seconds, silence_seconds)

    async def pause_recording(self, recording_id: str, paused: bool) -> None:
        """While paused, silence is written so that the timeline stays true."""
        await self._recorder.pause(recording_id, paused)

    async def stop_recording(self, recording_id: str) -> None:
        """Finish; RecordingEnded follows."""
        await self._recorder.stop(recording_id)

    # --- accounts and trunks -------------------------------------------------------------------------------------------

    async def put_account(self, account: PhoneAccount) -> None:
        """Make or replace a SIP account at once; made again by itself when Asterisk was restarted."""
        await self._registry.put_account(account, connected=self._socket is not None)

    async def remove_account(self, name: str) -> None:
        """Remove a SIP account; its calls go on."""
        await self._registry.remove_account(name)

    async def show_messages(self, account: str, new: int, old: int) -> None:
        """Let the account's telephone show what waits; shown again by itself when Asterisk was restarted."""
        await self._registry.lamps.show(account, new, old)

    async def put_trunk(self, trunk: Trunk) -> None:
        """Make or replace a trunk at once; made again by itself when Asterisk was restarted."""
        await self._registry.put_trunk(trunk)

    async def remove_trunk(self, name: str) -> None:
        """Remove a trunk; its calls go on."""
        await self._registry.remove_trunk(name)
