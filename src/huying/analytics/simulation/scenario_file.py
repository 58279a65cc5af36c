"""Reads scenarios and lays rule sets over them. Every message names the place in the file and what to do.

Rule sets are changes to the same file, so that they meet the same customers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from huying.analytics.simulation.scenario import RuleSet, Scenario
from huying.foundation.errors import InvalidInput


class InvalidScenario(InvalidInput):
    """The scenario is not valid."""

    code = "invalid-scenario"


def load_scenario(path: Path) -> dict[str, Scenario]:
    """The scenario of each rule set by its name; a file without rule sets has one, with no name. Raises InvalidScenario."""
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidScenario(f"{path} cannot be read: {error.strerror}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidScenario(f"{path} is no YAML: {' '.join(str(error).split())}.") from error
    if not isinstance(told, dict):
        raise InvalidScenario(f"{path} says nothing: begin with “name: ...”; docs/simulation.md shows how a scenario is written.")
    return read_scenario(told, path.name)


def read_scenario(told: dict[str, Any], source: str = "scenario") -> dict[str, Scenario]:
    """The same of what YAML says. Raises InvalidScenario."""
    plain = _valid(told, source)
    if not plain.rule_sets:
        return {"": plain}
    return {name: _valid(_changed(told, rules), f"{source}, rule set {name}") for name, rules in plain.rule_sets.items()}


def _valid(told: dict[str, Any], source: str) -> Scenario:
    try:
        return Scenario.model_validate(told)
    except ValidationError as error:
        lines = [_message(problem) for problem in error.errors()]
        raise InvalidScenario(f"{source}: " + "; ".join(lines), problems=lines) from error


def _message(problem: Any) -> str:
    place = ".".join(str(part) for part in problem["loc"] if part not in ("function-before[_clock()]", "float"))
    text = str(problem["msg"]).removeprefix("Value error, ")
    text = {"extra_forbidden": "this word is not known here: remove or correct it", "missing": "is missing"}.get(problem["type"], text)
    return f"{place}: {text}" if place else text


def _changed(told: dict[str, Any], rules: RuleSet) -> dict[str, Any]:
    """The scenario with a rule set laid over it."""
    changed = {key: value for key, value in told.items() if key != "rule_sets"}
    for part, changes in (("queues", rules.queues), ("classes", rules.classes)):
        mine = dict(changed.get(part) or {})
        for name, more in changes.items():
            mine[name] = _over(mine.get(name) or {}, more)
        changed[part] = mine
    known = {agents.get("name") for agents in changed["agents"]}
    for name in rules.agents.keys() - known:
        raise InvalidScenario(f"rule set: there are no agents “{name}”; the names are {', '.join(sorted(map(str, known)))}.")
    changed["agents"] = [_over(agents, rules.agents.get(agents["name"], {})) for agents in changed["agents"]]
    return changed


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    both = below.keys() & above.keys()
    nested = {key: _over(below[key], above[key]) for key in both if isinstance(below[key], dict) and isinstance(above[key], dict)}
    return {**below, **above, **nested}
