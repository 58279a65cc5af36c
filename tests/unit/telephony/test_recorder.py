"""A recording that could not be begun is forgotten, whatever Asterisk said against it."""

from __future__ import annotations

from pathlib import Path

import pytest

from huying.foundation.errors import HuyingError
from huying.telephony.asterisk.book import Book
from huying.telephony.asterisk.recording import Recorder
from huying.telephony.port import BadRequestToEngine, EngineUnavailable, Gone


@pytest.mark.parametrize("refusal", [Gone, EngineUnavailable, BadRequestToEngine])
async def test_what_could_not_be_begun_is_not_counted_as_written(tmp_path: Path, refusal: type[HuyingError]) -> None:
    async def ask(*_request: object) -> None:
        raise refusal

    book = Book()
    recorder = Recorder(ask, tmp_path, lambda: book, lambda _event: None)
    with pytest.raises(refusal):
        await recorder.start("recording", "leg", most_seconds=60)
    assert not book.recordings
    assert not recorder._limited
    await recorder.close()
