"""`huying simulate`: reads scenarios, plays them, prints the tables and writes the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from huying.analytics.simulation.outcome import Outcome, simulate
from huying.analytics.simulation.page import as_page
from huying.analytics.simulation.rows import Language
from huying.analytics.simulation.scenario import Scenario
from huying.analytics.simulation.scenario_file import InvalidScenario, load_scenario
from huying.analytics.simulation.text import as_text


def run(
    scenario: Path,
    compare: Path | None,
    page: Path | None,
    days: int | None,
    language: Language,
    say: Callable[[str], None],
    show: Callable[[str], None],
) -> int:
    """Play; 0 when the figures add up. Raises InvalidScenario."""
    chosen = _chosen(scenario, compare)
    outcomes: list[Outcome] = []
    for name, one in chosen.items():
        whole = one.model_copy(update={"days": days}) if days else one
        say(f"simulating {name or one.name}: {whole.days} day(s)")
        outcomes.append(simulate(whole, name if len(chosen) > 1 else ""))
    show(as_text(outcomes, language))
    if page is not None:
        try:
            page.write_text(as_page(outcomes, language), encoding="utf-8")
        except OSError as error:
            raise InvalidScenario(f"The page cannot be written to {page}: {error.strerror}.") from error
        say(f"the charts are in {page}")
    return 0 if all(outcome.adds_up for outcome in outcomes) else 1


def _chosen(scenario: Path, compare: Path | None) -> dict[str, Scenario]:
    first = load_scenario(scenario)
    if compare is None:
        return first
    second = load_scenario(compare)
    found = {name or scenario.stem: one for name, one in first.items()}
    for name, one in second.items():
        label = name or compare.stem
        found[label if label not in found else f"{label} (2)"] = one
    return found
