"""Encryption at rest: secrets in rows, and recordings in files that can be read from any place. AES-256-GCM throughout.

The master key is the installation's (foundation.settings). Each file has its own key, derived from that and the file's salt; it
is cut in chunks, each bound to its place and the last one marked, so that no chunk can be moved, repeated or cut off unseen.
"""

from __future__ import annotations

import os
import secrets
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from huying.foundation.errors import HuyingError

MAGIC = b"HYV1"
SALT_BYTES, TAG_BYTES, NONCE_BYTES = 16, 16, 12
CHUNK_BYTES = 64 * 1024
HEADER = struct.Struct(">4s16sQ")  # magic, salt, length of the clear text
SEALED_BYTES = CHUNK_BYTES + TAG_BYTES


DeriveKey = Callable[[bytes], bytes]


class VaultBroken(HuyingError):
    """What was encrypted cannot be read: the key is another one, or the data was changed."""

    code = "vault-broken"


class Vault:
    """Encrypts and decrypts with one installation's master key."""

    def __init__(self, master_key: bytes) -> None:
        if len(master_key) != 32:
            raise VaultBroken("the master key must be 32 bytes: put the right file back")
        self._master = master_key
        self._rows = AESGCM(self.derive(b"rows"))

    def encrypt(self, clear: bytes, purpose: str) -> bytes:
        """Encrypt a small value; it can be decrypted with the same purpose alone."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._rows.encrypt(nonce, clear, purpose.encode())

    def decrypt(self, sealed: bytes, purpose: str) -> bytes:
        """The clear value. Raises VaultBroken."""
        try:
            return self._rows.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise VaultBroken from error

    def encrypt_file(self, clear: Path, sealed: Path) -> None:
        """Write the file's encrypted form (mode 0600, fsynced, in one step). Blocking."""
        length = clear.stat().st_size
        salt = secrets.token_bytes(SALT_BYTES)
        cipher = AESGCM(self.derive(b"file" + salt))
        draft = sealed.with_name(f".{sealed.name}.{os.getpid()}")
        with clear.open("rb") as source, os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            target.write(HEADER.pack(MAGIC, salt, length))
            for place in range(_chunks(length)):
                target.write(cipher.encrypt(_nonce(place), source.read(CHUNK_BYTES), _bound(place, length)))
            target.flush()
            os.fsync(target.fileno())
        draft.replace(sealed)

    def open_file(self, sealed: Path) -> SealedFile:
        """The encrypted file, to be read from any place. Raises VaultBroken, OSError."""
        return SealedFile(sealed.open("rb"), self.derive)

    def derive(self, purpose: bytes) -> bytes:
        """A key of 32 bytes for this purpose alone."""
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"huying " + purpose).derive(self._master)


class SealedFile:
    """An open encrypted file. Blocking; `close` at the end."""

    def __init__(self, file: BinaryIO, derive: DeriveKey) -> None:
        self._file = file
        try:
            magic, salt, self.length = HEADER.unpack(file.read(HEADER.size))
        except struct.error as error:
            file.close()
            raise VaultBroken("the file is too short to be one of ours") from error
        if magic != MAGIC:
            file.close()
            raise VaultBroken("the file is not one of ours")
        self._cipher = AESGCM(derive(b"file" + salt))

    def read(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The clear bytes from `start` up to `end`, in pieces of at most 64 KiB. Raises VaultBroken."""
        end = self.length if end is None else min(end, self.length)
        if start == 0 and end == 0 == self.length:
            self._chunk(0)  # an empty file is proved too
        for place in range(start // CHUNK_BYTES, _chunks(end) if end > start else 0):
            first = place * CHUNK_BYTES
            yield self._chunk(place)[max(start - first, 0) : end - first]

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> SealedFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _chunk(self, place: int) -> bytes:
        self._file.seek(HEADER.size + place * SEALED_BYTES)
        try:
            return self._cipher.decrypt(_nonce(place), self._file.read(SEALED_BYTES), _bound(place, self.length))
        except (InvalidTag, ValueError) as error:
            raise VaultBroken from error


def _chunks(length: int) -> int:
    return max(1, -(-length // CHUNK_BYTES))


def _nonce(place: int) -> bytes:
    return place.to_bytes(NONCE_BYTES, "big")


def _bound(place: int, length: int) -> bytes:
    """What each chunk is bound to: its place and the whole length."""
    return struct.pack(">QQ", place, length)
