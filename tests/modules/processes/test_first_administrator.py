"""`huying create-administrator`: makes the business once, asks for nothing where there is no terminal, says what is missing."""

import io
from pathlib import Path

import pytest
from pytest import MonkeyPatch

from huying.foundation.errors import Conflict, InvalidInput
from huying.foundation.settings import Settings
from huying.processes.first_administrator import Answers, create, is_needed

ANSWERS = Answers("acme", "Acme 电器", "", "boss", "老板", "a long enough secret 9")


def test_the_first_administrator_is_made_once(tmp_path: Path, database_url: str, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    settings = Settings(tmp_path, database_url, "", bytes(32), origin="https://desk.test")
    settings.save()
    said: list[str] = []
    assert is_needed(settings)
    with pytest.raises(InvalidInput, match="password"):
        create(tmp_path, Answers("acme", "Acme", "", "boss", "Boss"), said.append)
    create(tmp_path, ANSWERS, said.append)
    assert said == ["boss can sign in at https://desk.test/"]
    assert not is_needed(settings)
    with pytest.raises(Conflict):
        create(tmp_path, ANSWERS, said.append)
