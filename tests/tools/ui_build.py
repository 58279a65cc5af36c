"""Builds pages of ui/ for a test, with the Node that the project brings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

UI = Path(__file__).parents[2] / "ui"


def node() -> str:
    """The Node beside this Python, else the machine's."""
    return shutil.which("node", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}") or "node"


def build(configuration: str, out: Path, *flags: str) -> Path:
    """Build with a vite configuration (its path inside ui/) into a folder."""
    vite = UI / "node_modules/vite/bin/vite.js"
    config = UI / configuration
    command = [node(), str(vite), "build", "-c", str(config), "--outDir", str(out), "--logLevel", "error", *flags]
    subprocess.run(command, check=True, cwd=config.parent, timeout=250)
    return out


def build_site(out: Path) -> Path:
    """The sample company's page with the widget."""
    build("widget/vite.config.ts", out)
    return build("widget/vite.widget.config.ts", out)


def build_trial_page(out: Path) -> Path:
    """The bare page around the softphone."""
    return build("packages/softphone/trial/vite.config.ts", out)
