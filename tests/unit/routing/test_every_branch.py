"""Every branch of the pure router, and of what decides before it, is taken by the examples beside this file: nothing stands untried."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PURE = (
    "router/work/agents",
    "router/work/items",
    "router/work/router_commands",
    "router/work/router_events",
    "router/work/rules",
    "router/requirements",
    "router/presence",
    "router/capacity",
    "router/ranking",
    "router/lanes",
    "router/floor",
    "router/line",
    "router/staff",
    "router/timers",
    "router/door",
    "router/router",
    "router/explanation",
)
BEFORE = (
    "treatment/treatment",
    "treatment/caller_rules",
    "hooks/words",
    "rules/text",
    "rules/format",
    "rules/check",
    "rules/names",
    "rules/problems",
    "rules/preview",
    "rules/loading",
)
"""What decides before the router what a piece of work asks for."""
EXAMPLES_BEFORE = ("test_requirement_text.py", "test_requirement_preview.py", "test_treatment.py")
EXAMPLES = ("test_router.py", "test_router_strategies.py", "test_router_line.py", "test_router_staff.py")


AFTER = ("router/replay",)
"""What works its decisions out again."""
EXAMPLES_AFTER = ("test_replay.py",)


@pytest.mark.parametrize(
    ("pure", "examples"),
    [(PURE, EXAMPLES), (BEFORE, EXAMPLES_BEFORE), (AFTER, EXAMPLES_AFTER)],
    ids=["router", "before the router", "after the router"],
)
def test_every_branch_is_taken(tmp_path: Path, pure: tuple[str, ...], examples: tuple[str, ...]) -> None:
    coverage = (sys.executable, "-m", "coverage")
    files = ",".join(f"*/huying/routing/{name}.py" for name in pure)
    data = f"--data-file={tmp_path / 'coverage'}"
    tests = ("-m", "pytest", "-q", *(str(HERE / name) for name in examples))
    ran = subprocess.run((*coverage, "run", "--branch", f"--include={files}", data, *tests), cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
    told = subprocess.run((*coverage, "report", "-m", "--fail-under=100", data), cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout
    assert all(f"routing/{name}.py" in told.stdout for name in pure)
