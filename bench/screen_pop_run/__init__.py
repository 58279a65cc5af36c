"""The tools that tests drive a house, a browser and a telephone with, for a bench that does the same."""

import sys
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[2] / "tests" / "tools"
if str(TOOLS) not in sys.path:
    sys.path.append(str(TOOLS))
