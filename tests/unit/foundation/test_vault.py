"""The vault: what goes in comes out, from any place, and nothing changed comes out at all."""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.foundation.vault import CHUNK_BYTES, HEADER, SEALED_BYTES, Vault, VaultBroken

VAULT = Vault(bytes(range(32)))
LENGTHS = st.sampled_from([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 17])


def sealed(folder: Path, clear: bytes) -> Path:
    (folder / "clear").write_bytes(clear)
    VAULT.encrypt_file(folder / "clear", folder / "sealed")
    return folder / "sealed"


def read(path: Path, start: int = 0, end: int | None = None, vault: Vault = VAULT) -> bytes:
    with vault.open_file(path) as file:
        return b"".join(file.read(start, end))


@given(st.binary(max_size=200))
def test_values_come_back(clear: bytes) -> None:
    assert VAULT.decrypt(VAULT.encrypt(clear, "phone"), "phone") == clear
    assert VAULT.encrypt(clear, "phone") != VAULT.encrypt(clear, "phone")


def test_a_value_belongs_to_its_purpose_and_key() -> None:
    value = VAULT.encrypt(b"secret", "phone")
    for vault, data, purpose in (
        (VAULT, value, "trunk"),
        (Vault(secrets.token_bytes(32)), value, "phone"),
        (VAULT, value[:-1], "phone"),
        (VAULT, b"", "phone"),
    ):
        with pytest.raises(VaultBroken):
            vault.decrypt(data, purpose)


@settings(max_examples=60, deadline=None)
@given(LENGTHS, st.data())
def test_any_part_of_a_file_comes_back(length: int, data: st.DataObject) -> None:
    clear = secrets.token_bytes(length)
    start = data.draw(st.integers(0, length))
    end = data.draw(st.one_of(st.none(), st.integers(start, length + 5)))
    with tempfile.TemporaryDirectory() as folder:
        path = sealed(Path(folder), clear)
        assert read(path, start, end) == clear[start:end]
        assert path.stat().st_mode & 0o777 == 0o600
        with VAULT.open_file(path) as file:
            assert file.length == length


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    good = sealed(tmp_path, secrets.token_bytes(2 * CHUNK_BYTES + 10)).read_bytes()
    first, second = HEADER.size, HEADER.size + SEALED_BYTES
    changed = {
        "a bit": good[:first] + bytes([good[first] ^ 1]) + good[first + 1 :],
        "swapped chunks": good[:first] + good[second : second + SEALED_BYTES] + good[first:second] + good[second + SEALED_BYTES :],
        "cut off": good[: second + SEALED_BYTES],
        "another length": good[:20] + HEADER.pack(b"HYV1", good[4:20], CHUNK_BYTES)[20:] + good[first:],
        "no file of ours": b"RIFF" + good[4:],
        "empty": b"",
    }
    for what, data in changed.items():
        (tmp_path / "changed").write_bytes(data)
        with pytest.raises(VaultBroken):
            read(tmp_path / "changed")
            pytest.fail(what)
    with pytest.raises(VaultBroken):
        read(tmp_path / "sealed", vault=Vault(bytes(32)))
    with pytest.raises(VaultBroken):
        Vault(b"short")
