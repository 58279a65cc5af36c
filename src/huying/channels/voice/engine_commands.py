"""The call's commands in the words of the engine's port. One place where the two vocabularies meet."""

from __future__ import annotations

from collections.abc import Callable

from huying.channels.callback.numbers import dialled
from huying.channels.voice.call import callback_words as cw
from huying.channels.voice.call import dial_words as dw
from huying.channels.voice.call import engine_words as ew
from huying.flows.effects import Item, Say
from huying.flows.prompts.catalogue import BEEP
from huying.telephony.port import Destination, Engine, Media, Tone


async def carry_out(
    engine: Engine,
    command: ew.EngineCommand,
    speak: Callable[[tuple[Item, ...]], list[Media]],
    caller_number: str,
    caller_name: str,
    contact_id: str,
) -> None:
    """Carry out one command. Raises Gone, EngineUnavailable, BadRequestToEngine."""
    match command:
        case ew.AnswerLeg(leg_id):
            await engine.answer(leg_id)
        case ew.RingAccount(leg_id, account, timeout_seconds, auto_answer):
            await engine.originate(
                leg_id,
                Destination("account", account),
                caller_number=caller_number,
                caller_name=caller_name,
                timeout_seconds=timeout_seconds,
                auto_answer=auto_answer,
                headers={"X-Huying-Contact": contact_id},
            )
        case ew.RingNumber(leg_id, number, trunk, timeout_seconds):
            await engine.originate(
                leg_id,
                Destination("number", number, trunk),
                caller_number=caller_number,
                caller_name=caller_name,
                timeout_seconds=timeout_seconds,
            )
        case cw.RingCustomer(leg_id, trunk, shown, timeout_seconds):
            to = Destination("number", dialled(caller_number), trunk)
            await engine.originate(leg_id, to, caller_number=shown, caller_name="", timeout_seconds=timeout_seconds)
        case dw.RingOutside(leg_id, number, trunk, shown, timeout_seconds):
            to = Destination("number", number, trunk)
            await engine.originate(leg_id, to, caller_number=shown, caller_name="", timeout_seconds=timeout_seconds)
        case dw.Beep(playback_id, leg_id):
            await engine.play(playback_id, leg_id, speak((Say(BEEP, "zh-CN"),)))
        case cw.Ringback(playback_id, leg_id):
            await engine.play(playback_id, leg_id, [Tone("ring")])
        case ew.HangUpLeg(leg_id, cause):
            await engine.hang_up(leg_id, cause)
        case ew.PlayItems(playback_id, leg_id, items):
            await engine.play(playback_id, leg_id, speak(items))
        case ew.StopPlayback(playback_id):
            await engine.stop_playback(playback_id)
        case ew.Music(leg_id, on):
            await (engine.start_music(leg_id) if on else engine.stop_music(leg_id))
        case ew.MuteLeg(leg_id, muted):
            await engine.mute(leg_id, muted)
        case ew.SendDigits(leg_id, digits):
            await engine.send_digits(leg_id, digits)
        case _:
            await _bridge_or_record(engine, command)


async def _bridge_or_record(engine: Engine, command: ew.EngineCommand) -> None:
    match command:
        case ew.JoinLegs(bridge_id, leg_ids, absorb):
            await engine.join(bridge_id, leg_ids, absorb=absorb)
        case ew.LeaveBridge(bridge_id, leg_id):
            await engine.leave(bridge_id, leg_id)
        case ew.Listen(leg_id, to_leg_id, whisper):
            await engine.listen(leg_id, to_leg_id, whisper=whisper)
        case ew.StopListening(leg_id):
            await engine.stop_listening(leg_id)
        case ew.DestroyBridge(bridge_id):
            await engine.destroy_bridge(bridge_id)
        case ew.StartRecording(recording_id, leg_id, most_seconds, silence_seconds):
            await engine.start_recording(recording_id, leg_id, most_seconds=most_seconds, silence_seconds=silence_seconds)
        case ew.PauseRecording(recording_id, paused):
            await engine.pause_recording(recording_id, paused)
        case ew.StopRecording(recording_id):
            await engine.stop_recording(recording_id)
