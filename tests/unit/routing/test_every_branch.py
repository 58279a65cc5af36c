"""Every branch of the pure router is taken by the examples beside this file, so that no decision stands there untried."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PURE = (
    "work",
    "requirements",
    "presence",
    "capacity",
    "ranking",
    "lanes",
    "floor",
    "line",
    "staff",
    "timers",
    "door",
    "router",
    "explanation",
)
EXAMPLES = ("test_router.py", "test_router_strategies.py", "test_router_line.py", "test_router_staff.py")


def test_every_branch_of_the_router_is_taken(tmp_path: Path) -> None:
    coverage = (sys.executable, "-m", "coverage")
    files = ",".join(f"*/huying/routing/{name}.py" for name in PURE)
    data = f"--data-file={tmp_path / 'coverage'}"
    pytest = ("-m", "pytest", "-q", *(str(HERE / name) for name in EXAMPLES))
    ran = subprocess.run((*coverage, "run", "--branch", f"--include={files}", data, *pytest), cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
    told = subprocess.run((*coverage, "report", "-m", "--fail-under=100", data), cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout
    assert all(f"routing/{name}.py" in told.stdout for name in PURE)
