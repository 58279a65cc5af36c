"""The settings file: what is written is read, and nobody else can read it."""

from pathlib import Path

import pytest

from huying.foundation.settings import NoSettings, Settings, load_settings, settings_file


def test_settings_survive_the_file_and_are_private(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "postgresql://x", "nats://y", bytes(range(32)), origin="https://desk.test", calls_per_minute=3.5)
    settings.save()
    assert load_settings(tmp_path) == settings
    assert settings.secure
    assert settings_file(tmp_path).stat().st_mode & 0o777 == 0o600
    assert "postgresql" not in repr(settings)


def test_without_a_file_one_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoSettings, match="huying up"):
        load_settings(tmp_path)
