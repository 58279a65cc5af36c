"""A call with several people in it, in which anything happens in any order: after each step everybody is where the state says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.placing import apart, placement
from huying.channels.voice.call.state import Phase
from huying.flows.effects import Say
from huying.foundation.errors import Conflict
from huying.routing.router.work import Offer, WorkItem
from huying.telephony import port
from unit.channels.people_story import Talk

PEOPLE = ("agent", "other", "third")


OF_TALK = ("consult", "outside", "swap", "merge", "complete", "end", "leave", "transfer", "park")


OF_ANYBODY = ("join", "pick_up", "take", "hold", "resume", "hang_up", "rejoin", "play", "stop", "drop")


BY_ITSELF = ("answers", "far_end", "dies", "timer", "offer", "played", "truth")


steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(OF_TALK + OF_ANYBODY), st.sampled_from(PEOPLE)),
        st.tuples(st.sampled_from(BY_ITSELF), st.integers(0, 5).map(str)),
    ),
    max_size=25,
)


@given(steps=steps)
@settings(max_examples=300, deadline=None)
def test_in_any_order_everybody_is_where_the_state_says_and_nobody_is_lost(steps: list[tuple[str, str]]) -> None:
    talk = Talk()
    talk.call.tables = replace(talk.tables, trunk="line", home_queue=lambda _agent: "id-repair")
    for what, whom in steps:
        if talk.call.ended:
            break
        event = _event(talk, what, whom)
        if event is None:
            continue
        try:
            talk.tell(event)
        except Conflict:
            continue
        _check(talk)
    assert talk.call.state == talk.folded()


def _event(talk: Talk, what: str, whom: str) -> object | None:
    state = talk.call.state
    asked: dict[str, object] = {
        "consult": pw.ConsultAsked(whom, pw.Target("agent", f"c-{whom}", f"phone-c-{whom}")),
        "outside": pw.ConsultAsked(whom, pw.Target("number", number="1380000")),
        "swap": pw.SwapAsked(whom),
        "merge": pw.MergeAsked(whom),
        "complete": pw.CompleteAsked(whom),
        "end": pw.EndConsultAsked(whom),
        "leave": pw.LeaveAsked(whom),
        "transfer": pw.TransferAsked(whom, pw.Target("agent", f"t-{whom}")),
        "park": pw.ParkAsked(whom, "701"),
        "join": pw.ComeInAsked(whom, f"phone-{whom}", "join"),
        "pick_up": pw.ComeInAsked(whom, f"phone-{whom}", "pick_up"),
        "take": pw.ComeInAsked(whom, f"phone-{whom}", "take"),
        "hold": w.HoldAsked(whom, True),
        "resume": w.HoldAsked(whom, False),
        "hang_up": w.HangUpAsked(whom),
        "rejoin": w.RejoinAsked(whom, f"phone-{whom}"),
        "play": pw.PlayAsked(whom, "sound", (Say("system.goodbye", "en"),)),
        "stop": pw.StopPlayingAsked(whom),
        "truth": w.EngineTruth(_snapshot(talk), talk.now),
    }
    if what in asked:
        return asked[what]
    if what == "drop":
        guest = state.guests[0].party_id if state.guests else ""
        return pw.DropAsked(whom, guest) if guest else None
    if what == "timer":
        timers = [c.name for c in talk.commands if isinstance(c, w.SetTimer)]
        return w.TimerCame(timers[-1]) if timers else None
    if what == "offer" and state.stay and state.phase is Phase.WAITING and not state.rings:
        item = WorkItem(state.stay.entry_id, "contact", state.stay.queue_id, talk.now)
        return w.OfferFor(Offer(f"o{len(talk.journal)}", item, "agent", "phone-agent", talk.now), {})
    if what == "played" and state.playing:
        return port.PlaybackEnded(state.playing.playback_id, "caller", True)
    legs = sorted(talk.call.legs() - {"caller"})
    if what not in ("answers", "far_end", "dies") or not legs:
        return None
    leg = legs[int(whom) % len(legs)]
    if what == "answers":
        side = state.side
        ringing = {ring.leg_id for ring in state.rings} | {one.leg_id for one in state.invites}
        ringing |= {ring.leg_id for ring in side.rings} if side else set()
        return port.LegAnswered(leg) if leg in ringing or leg not in state.legs() else None
    return port.LegEnded(leg, port.EndCause.NORMAL if what == "far_end" else port.EndCause.FAILED, what == "far_end")


def _snapshot(talk: Talk) -> port.Snapshot:
    legs = {leg: port.LegSnapshot(leg, True, port.Direction.OUTBOUND, "", "", "") for leg in talk.call.legs()}
    bridges: dict[str, set[str]] = {}
    for leg, bridge in talk.ears.bridge.items():
        bridges.setdefault(bridge, set()).add(leg)
    found = {bridge: port.BridgeSnapshot(bridge, frozenset(inside)) for bridge, inside in bridges.items()}
    recording = talk.call.state.recording
    return port.Snapshot(legs, found, frozenset(), frozenset({recording.recording_id} if recording else ()), "")


def _check(talk: Talk) -> None:
    """The engine's side and the state's agree; the customer is never left in silence, and hears nobody he is not to hear."""
    state, ears = talk.call.state, talk.ears
    if state.phase not in (Phase.TALKING, Phase.PARKED):
        return
    placed = placement(state)
    wanted = {leg: bridge for bridge, legs in placed.bridges.items() for leg in legs}
    assert {leg: bridge for leg, bridge in ears.bridge.items() if leg in state.legs()} == wanted
    assert {leg for leg in wanted if leg in ears.apart} == apart(state) & wanted.keys(), "no code is heard"
    assert ears.music & state.legs() == placed.music
    others = [leg for leg, bridge in ears.bridge.items() if bridge == ears.bridge.get("caller") and leg != "caller"]
    assert others or "caller" in ears.music or state.playing
    side = state.side
    if side and side.leg_id:
        assert ears.bridge.get(side.leg_id) is None or ears.bridge.get(side.leg_id) != ears.bridge.get("caller")
    agents = [one.agent_id for one in state.segments]
    assert len(agents) == len(set(agents))
