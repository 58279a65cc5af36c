"""The figures of a run: per load and side, as a table for people and as one line of JSON for programs. No I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.queue_run.parties import Load, Seen

NEVER = 60_000.0
"""Milliseconds that stand for an agent who was never rung."""
JUDGED_RATE = 10.0
"""Calls a second up to which nothing may fail, and at which processor time is compared."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One load on one side. `spent` is seconds of processor time by process while it lasted, `idle` the same for a second without calls."""

    side: str
    load: Load
    seen: Mapping[str, Seen]
    spent: Mapping[str, float]
    idle: Mapping[str, float]
    lasted: float

    @property
    def failed(self) -> int:
        """Calls without a conversation that lasted until the caller hung up."""
        return sum(not one.went_well for one in self.seen.values())

    def ring_milliseconds(self, share: float, *, from_call: bool = False) -> float:
        """From the caller's answer (or his first INVITE) to the INVITE at an agent's telephone: the value that this share stays below."""
        rung = [one for one in self.seen.values() if one.rung and one.entered]
        times = sorted((one.rung - (one.called if from_call else one.entered)) * 1000 for one in rung)
        return times[min(len(times) - 1, int(len(times) * share))] if times else NEVER

    def milliseconds_per_call(self, *processes: str, net: bool = False) -> float:
        """Processor time per call, of these processes or of all; `net` of what they spend without calls."""
        names = processes or tuple(self.spent)
        spent = sum(self.spent[name] - (self.idle[name] * self.lasted if net else 0.0) for name in names)
        return spent * 1000 / len(self.seen)


@dataclass(frozen=True, slots=True)
class Pair:
    """The same load on both sides."""

    huying: Measured
    app_queue: Measured

    @property
    def load(self) -> Load:
        """The load."""
        return self.huying.load

    @property
    def ring_p99_extra_ms(self) -> float:
        """How much later an agent rings, at the 99th percentile."""
        return self.huying.ring_milliseconds(0.99) - self.app_queue.ring_milliseconds(0.99)

    def asterisk_ratio(self, *, net: bool = False) -> float:
        """Asterisk's processor time per call, ours to theirs."""
        return self.huying.milliseconds_per_call("asterisk", net=net) / self.app_queue.milliseconds_per_call("asterisk", net=net)

    @property
    def total_ratio(self) -> float:
        """All processes' time per call, ours to theirs."""
        return self.huying.milliseconds_per_call() / self.app_queue.milliseconds_per_call()


_HEAD = (
    "| sound | calls/s | queue | calls | answered | failed | ring p50 / p99 ms | call to ring p50 / p99 ms "
    "| Asterisk ms/call | others ms/call | Asterisk ratio | total ratio |\n"
    "|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)


def table(pairs: Sequence[Pair]) -> str:
    """Two rows a load, in Markdown."""
    rows = [_row(one, pair) for pair in pairs for one in (pair.huying, pair.app_queue)]
    return "\n".join([_HEAD, *rows])


def _row(one: Measured, pair: Pair) -> str:
    others = [f"{name} {one.milliseconds_per_call(name):.1f}" for name in one.spent if name != "asterisk"]
    ours = one is pair.huying
    ratios = (f"{pair.asterisk_ratio():.2f}", f"{pair.total_ratio:.2f}") if ours else ("", "")
    cells = (
        "with" if one.load.sound else "without",
        f"{one.load.per_second:g}",
        "Huying" if ours else "app_queue",
        str(len(one.seen)),
        f"{100 * (1 - one.failed / len(one.seen)):.1f} %",
        str(one.failed),
        f"{one.ring_milliseconds(0.5):.1f} / {one.ring_milliseconds(0.99):.1f}",
        f"{one.ring_milliseconds(0.5, from_call=True):.1f} / {one.ring_milliseconds(0.99, from_call=True):.1f}",
        f"{one.milliseconds_per_call('asterisk'):.1f}",
        ", ".join(others) or "-",
        *ratios,
    )
    return "| " + " | ".join(cells) + " |"


def figures(pairs: Sequence[Pair]) -> dict[str, object]:
    """The figures that are judged: failures up to 10 calls/s that app_queue carried, and the ratios at 10 calls/s without sound."""
    judged_pairs = [pair for pair in pairs if pair.load.per_second <= JUDGED_RATE]
    fair = [pair for pair in judged_pairs if pair.app_queue.failed == 0] or judged_pairs
    silent = [pair for pair in pairs if not pair.load.sound] or list(pairs)
    judged = max((pair for pair in silent if pair.load.per_second <= JUDGED_RATE), key=lambda pair: pair.load.per_second, default=silent[0])
    return {
        "bench": "queue",
        "failed": sum(pair.huying.failed for pair in fair),
        "ring_p99_extra_ms": round(judged.ring_p99_extra_ms, 1),
        "asterisk_cpu_ratio": round(judged.asterisk_ratio(), 3),
        "total_cpu_ratio": round(judged.total_ratio, 3),
        "ring_p99_ms": round(judged.huying.ring_milliseconds(0.99), 1),
        "judged_calls_per_second": judged.load.per_second,
        "asterisk_cpu_ratio_above_idle": round(judged.asterisk_ratio(net=True), 3),
        "ring_p99_extra_ms_worst_up_to_judged": round(max((pair.ring_p99_extra_ms for pair in fair), default=NEVER), 1),
        "loads": [_figures_of(pair) for pair in pairs],
    }


def _figures_of(pair: Pair) -> dict[str, object]:
    return {
        "calls_per_second": pair.load.per_second,
        "sound": pair.load.sound,
        "failed": pair.huying.failed,
        "app_queue_failed": pair.app_queue.failed,
        "ring_p99_ms": round(pair.huying.ring_milliseconds(0.99), 1),
        "ring_p99_extra_ms": round(pair.ring_p99_extra_ms, 1),
        "asterisk_cpu_ratio": round(pair.asterisk_ratio(), 3),
        "total_cpu_ratio": round(pair.total_ratio, 3),
    }
