"""A full house for every test of this folder: the product in a process of its own, twenty people who talk and ten who wait."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from crowd import Crowd
from house import House, running_house


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The whole product."""
    with running_house(tmp_path_factory.mktemp("chaos") / "data") as running:
        yield running


@pytest.fixture
async def crowd(house: House) -> AsyncIterator[Crowd]:
    """Everybody is there."""
    crowd = await Crowd.at(house)
    try:
        await crowd.fill()
        yield crowd
    finally:
        await crowd.close()
