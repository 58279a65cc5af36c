"""Who calls next in the demo, when, and what they do: from dice alone. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from huying.sample.customers import HOW_MANY, sample_number

KEY_PAUSE_SECONDS = 1.5
LISTENING = "ww"
"""Nobody presses a key at once."""
CHOICES = (("1", 50), ("2", 25), ("3", 10), ("0", 10), ("", 5))
"""Keys of the sample's menu and how often they are pressed; the last presses nothing."""
ENGLISH_KEY = "9"


@dataclass(frozen=True, slots=True)
class NextCall:
    """A call to come. Seconds are real seconds; `gap_seconds` pass before it."""

    gap_seconds: float
    remote_number: str
    keys: str
    patience_seconds: float
    talk_seconds: float
    tone: int


def next_call(dice: Random, calls_per_minute: float) -> NextCall:
    """Calls come at random (Poisson); some people lose patience soon, few talk long."""
    index = dice.randrange(HOW_MANY)
    english = index % 6 == 5
    choice = dice.choices([key for key, _ in CHOICES], [weight for _, weight in CHOICES])[0]
    keys = f"{LISTENING}{ENGLISH_KEY}{LISTENING}{choice}" if english else f"{LISTENING}{choice}"
    return NextCall(
        gap_seconds=dice.expovariate(calls_per_minute / 60),
        remote_number=sample_number(index) if dice.random() < 0.8 else f"+86139{dice.randrange(10**8):08d}",
        keys=keys if choice else "",
        patience_seconds=30 + dice.expovariate(1 / 60) if dice.random() < 0.9 else dice.uniform(3, 15),
        talk_seconds=min(150.0, 12 + dice.expovariate(1 / 25)),
        tone=dice.choice((330, 370, 415, 440, 494, 523)),
    )


def after_call_seconds(dice: Random) -> float:
    """How long a simulated agent writes things up."""
    return dice.uniform(4, 14)
