"""A real Asterisk for the contract suites that ask for one; it ends with the session and leaves nothing behind."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_worlds import Stage, asterisk_stage, simulated_stage
from running_asterisk import AsteriskUnderTest, running_asterisk


@pytest.fixture(scope="session")
def asterisk() -> Iterator[AsteriskUnderTest]:
    """A running Asterisk."""
    folder = Path(tempfile.mkdtemp(prefix="huying-asterisk-"))
    try:
        with running_asterisk(folder) as engine:
            yield engine
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["simulator", "asterisk"])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Stage:
    """Runs a scenario, once on each implementation of the port."""
    if request.param == "simulator":
        return simulated_stage(tmp_path)
    return asterisk_stage(request.getfixturevalue("asterisk"))
