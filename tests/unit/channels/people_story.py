"""What stories of a call with several people are told with: a talk, and the ears of everybody in it."""

from __future__ import annotations

from huying.channels.voice.call import callback_words as cw
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import words as w
from huying.telephony import port
from unit.channels.test_call import Story


class Ears:
    """Who hears what, as the engine would have it after the commands so far."""

    def __init__(self) -> None:
        self.bridge: dict[str, str] = {}
        self.apart: set[str] = set()
        self.music: set[str] = set()
        self.playing: dict[str, str] = {}

    def take(self, commands: list[w.CallCommand]) -> None:
        for command in commands:
            match command:
                case ew.JoinLegs(bridge_id, legs, absorb):
                    for leg in legs:
                        self.bridge[leg] = bridge_id
                        (self.apart.add if leg in absorb else self.apart.discard)(leg)
                        self.music.discard(leg)
                case ew.LeaveBridge(bridge_id, leg):
                    assert self.bridge.pop(leg, bridge_id) == bridge_id
                case ew.DestroyBridge(bridge_id):
                    self.bridge = {leg: other for leg, other in self.bridge.items() if other != bridge_id}
                case ew.Music(leg, on):
                    (self.music.add if on else self.music.discard)(leg)
                case cw.Ringback(playback, leg) | ew.PlayItems(playback, leg):
                    assert leg not in self.bridge
                    self.music.discard(leg)
                    self.playing[leg] = playback
                case ew.StopPlayback(playback):
                    self.playing = {leg: other for leg, other in self.playing.items() if other != playback}
                case ew.HangUpLeg(leg):
                    self.gone(leg)

    def gone(self, leg: str) -> None:
        self.bridge.pop(leg, None)
        self.music.discard(leg)
        self.playing.pop(leg, None)

    def hear_each_other(self, *legs: str) -> bool:
        return len({self.bridge.get(leg, leg) for leg in legs}) == 1


class Talk(Story):
    """A story that begins in a conversation with `agent`, over the leg `self.agent`."""

    def __init__(self) -> None:
        super().__init__()
        self.ears = Ears()
        self.agent = self.to_talk()

    def tell(self, event: object, seconds: float = 1) -> list[w.CallCommand]:
        if isinstance(event, port.LegEnded):
            self.ears.gone(event.leg_id)
        if isinstance(event, port.PlaybackEnded):
            self.ears.take([ew.StopPlayback(event.playback_id)])
        commands = super().tell(event, seconds)  # type: ignore[arg-type]
        self.ears.take(commands)
        return commands

    def rings(self) -> str:
        return [c.leg_id for c in self.commands if isinstance(c, ew.RingAccount | ew.RingNumber)][-1]

    def consult(self, target: pw.Target | None = None) -> str:
        self.tell(pw.ConsultAsked("agent", target or pw.Target("agent", "other", "phone-other")))
        leg = self.rings()
        self.tell(port.LegAnswered(leg))
        return leg
