"""What the supervisor does next with each child: start, ask to end, kill, or leave alone. Pure: decides from what was seen.

A child goes ABSENT -> STARTING -> READY (<-> UNWELL) -> STOPPING -> ABSENT. One that already runs when it is first seen is adopted:
it goes to STARTING without a start. A task ends in DONE instead of READY. A child that ends by itself is ABSENT until its back-off
is over; one of which something is left over (a descendant that outlived it) is cleared before anything is started in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

STEADY_SECONDS = 10.0
LEFTOVER_SECONDS = 2.0
KILL_AGAIN_SECONDS = 1.0
FIRST_DELAY_SECONDS = 0.25
LONGEST_DELAY_SECONDS = 15.0


class Wish(StrEnum):
    """What the person wants of the whole."""

    UP = "up"
    DOWN = "down"


class Phase(StrEnum):
    """Where a child stands."""

    ABSENT = "absent"
    STARTING = "starting"
    READY = "ready"
    UNWELL = "unwell"
    STOPPING = "stopping"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of a child beforehand. `hung_seconds` 0: it is never killed for not answering."""

    name: str
    needs: tuple[str, ...] = ()
    task: bool = False
    stop_seconds: float = 10.0
    hung_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen of a child just now. `remains`: some process of it runs, perhaps without its leader."""

    leader: bool = False
    remains: bool = False
    ready: bool = False
    exit_status: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the supervisor remembers of a child; times in seconds of a monotonic clock."""

    phase: Phase = Phase.ABSENT
    since: float = 0.0
    failures: int = 0
    not_before: float = 0.0
    adopted: bool = False
    killed_at: float = float("-inf")


@dataclass(frozen=True, slots=True)
class Start:
    """Start the child."""

    name: str


@dataclass(frozen=True, slots=True)
class AskToEnd:
    """Send the child its stop signal."""

    name: str


@dataclass(frozen=True, slots=True)
class Kill:
    """Kill whatever is left of the child."""

    name: str


Command = Start | AskToEnd | Kill
GONE = (Phase.ABSENT, Phase.DONE)


def decide(
    rules: Sequence[Rule], standings: Mapping[str, Standing], sights: Mapping[str, Sight], wish: Wish, now: float
) -> tuple[dict[str, Standing], list[Command]]:
    """The children's new standings and what to do now; call it again with the next sights a moment later."""
    seen = {rule.name: _see(rule, standings.get(rule.name, Standing()), sights.get(rule.name, Sight()), now) for rule in rules}
    decided: dict[str, Standing] = {}
    commands: list[Command] = []
    for rule in rules:
        sight = sights.get(rule.name, Sight())
        standing, command = _clear(rule, seen[rule.name], sight, now)
        if command is None and wish is Wish.UP:
            standing, command = _bring_up(rule, standing, sight, seen, now)
        elif command is None:
            standing, command = _bring_down(rule, standing, rules, seen, now)
        decided[rule.name] = standing
        if command is not None:
            commands.append(command)
    return decided, commands


def all_gone(standings: Mapping[str, Standing], sights: Mapping[str, Sight]) -> bool:
    """Whether nothing of any child runs."""
    return all(standing.phase in GONE for standing in standings.values()) and not any(
        sight.leader or sight.remains for sight in sights.values()
    )


def all_ready(standings: Mapping[str, Standing]) -> bool:
    """Whether every child is ready, or done if it is a task."""
    return all(standing.phase in (Phase.READY, Phase.DONE) for standing in standings.values())


def restart_delay(failures: int) -> float:
    """Seconds to wait before the next start after so many failures in a row."""
    return min(FIRST_DELAY_SECONDS * 2 ** min(failures - 1, 20), LONGEST_DELAY_SECONDS) if failures > 0 else 0.0


def _see(rule: Rule, before: Standing, sight: Sight, now: float) -> Standing:
    phase = before.phase
    if phase in GONE:
        return replace(before, phase=Phase.STARTING, since=now, adopted=True) if sight.leader else before
    if phase is Phase.STOPPING:
        return Standing(since=now) if not (sight.leader or sight.remains) else before
    if not sight.leader:
        return _ended(rule, before, sight, now)
    if sight.ready and phase is not Phase.READY:
        return replace(before, phase=Phase.READY, since=now)
    if not sight.ready and phase is Phase.READY:
        return replace(before, phase=Phase.UNWELL, since=now)
    return before


def _ended(rule: Rule, before: Standing, sight: Sight, now: float) -> Standing:
    if rule.task and sight.exit_status == 0:
        return Standing(phase=Phase.DONE, since=now)
    steady = before.phase is Phase.READY and now - before.since >= STEADY_SECONDS
    failures = 0 if steady else before.failures + 1
    return Standing(since=now, failures=failures, not_before=now + restart_delay(failures))


def _clear(rule: Rule, standing: Standing, sight: Sight, now: float) -> tuple[Standing, Command | None]:
    """Kills what must not go on: leftovers, a child that does not end, a child that hangs."""
    waited = now - standing.since
    due = (
        (standing.phase in GONE and sight.remains and waited >= LEFTOVER_SECONDS)
        or (standing.phase is Phase.STOPPING and waited >= rule.stop_seconds)
        or (standing.phase is Phase.UNWELL and 0 < rule.hung_seconds <= waited)
    )
    if due and now - standing.killed_at >= KILL_AGAIN_SECONDS:
        return replace(standing, killed_at=now), Kill(rule.name)
    return standing, None


def _bring_up(rule: Rule, standing: Standing, sight: Sight, seen: Mapping[str, Standing], now: float) -> tuple[Standing, Command | None]:
    if standing.phase is not Phase.ABSENT or sight.remains or now < standing.not_before:
        return standing, None
    if any(seen[need].phase not in (Phase.READY, Phase.DONE) for need in rule.needs):
        return standing, None
    return replace(standing, phase=Phase.STARTING, since=now, adopted=False), Start(rule.name)


def _bring_down(
    rule: Rule, standing: Standing, rules: Sequence[Rule], seen: Mapping[str, Standing], now: float
) -> tuple[Standing, Command | None]:
    if standing.phase in (*GONE, Phase.STOPPING):
        return standing, None
    if any(rule.name in other.needs and seen[other.name].phase not in GONE for other in rules):
        return standing, None
    return replace(standing, phase=Phase.STOPPING, since=now), AskToEnd(rule.name)
