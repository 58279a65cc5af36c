"""One installation: its data folder, what the person chose for it, its secrets and its inner ports. Kept in `installation.json`."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import zlib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from huying.foundation.errors import InvalidInput
from huying.foundation.settings import Settings
from huying.processes.identity import write_private
from huying.processes.program import free_port

LOOPBACK_PORT = 8080
NETWORK_PORT = 8443
FIRST_INNER_PORT, INNER_PAIRS = 23000, 4000
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may choose on the command line; None leaves it as it was."""

    host: str | None = None
    port: int | None = None
    certificate: str | None = None
    key: str | None = None
    sip_port: int | None = None
    rtp_ports: tuple[int, int] | None = None
    public_address: str | None = None
    turn_port: int | None = None
    calls_per_minute: float | None = None


@dataclass(frozen=True, slots=True)
class Installation:
    """What is known of an installation before anything runs. Ports are on 127.0.0.1 but for the edge's, SIP's and RTP's."""

    folder: Path
    demo: bool
    master_key: str = field(repr=False)
    ari_secret: str = field(repr=False)
    turn_secret: str = field(repr=False)
    web_port: int
    asterisk_port: int
    host: str = "127.0.0.1"
    port: int = LOOPBACK_PORT
    certificate: str = ""
    key: str = ""
    sip_port: int = 5060
    rtp_first_port: int = 10000
    rtp_last_port: int = 19999
    public_address: str = ""
    turn_port: int = 3478
    calls_per_minute: float = 0.0

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it, over plain HTTP."""
        return self.host in LOOPBACK and not self.certificate

    @property
    def origin(self) -> str:
        """What people type into the browser; a server on every address is named by its public address or this machine's name."""
        if self.is_local:
            return f"http://{'[::1]' if self.host == '::1' else self.host}:{self.port}"
        name = (self.public_address or os.uname().nodename) if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 (a comparison)
        return f"https://{name}:{self.port}"

    @property
    def has_turn(self) -> bool:
        """Whether sound is relayed for people beyond this network."""
        return bool(self.public_address)

    def settings(self, database_url: str, nats_url: str) -> Settings:
        """What voice and web are told."""
        return Settings(
            data_folder=self.folder,
            database_url=database_url,
            nats_url=nats_url,
            master_key=base64.b64decode(self.master_key),
            asterisk_folder=self.folder / "asterisk",
            ari_address=f"ws://127.0.0.1:{self.asterisk_port}/ari/events",
            ari_secret=self.ari_secret,
            sip_port=self.sip_port,
            web_port=self.web_port,
            origin=self.origin,
            public_address=self.public_address,
            turn_port=self.turn_port if self.has_turn else 0,
            turn_secret=self.turn_secret if self.has_turn else "",
            demo=self.demo,
            calls_per_minute=self.calls_per_minute if self.demo else 0.0,
        )

    def save(self) -> None:
        """Writes it down, readable by its owner alone."""
        noted = {item.name: getattr(self, item.name) for item in fields(self) if item.name != "folder"}
        write_private(_file(self.folder), json.dumps(noted, indent=1))


def default_folder(demo: bool) -> Path:
    """Where the data lie when nothing else is said: one folder for one's own business, one a checkout for its demo."""
    base = Path("/var/lib/huying") if os.geteuid() == 0 else _user_folder() / "huying"
    if not demo:
        return Path(os.environ.get("HUYING_DATA") or base / "data")
    checkout = os.environ.get("HUYING_CHECKOUT") or str(Path(__file__).resolve().parents[3])
    return base / f"demo-{hashlib.sha256(checkout.encode()).hexdigest()[:8]}"


def load_installation(folder: Path) -> Installation | None:
    """The installation in this folder, or None when there is none yet."""
    try:
        noted = json.loads(_file(folder).read_text())
    except OSError:
        return None
    known = {item.name for item in fields(Installation)}
    return Installation(folder=folder, **{name: value for name, value in noted.items() if name in known})


def open_installation(folder: Path, *, demo: bool, choices: Choices) -> Installation:
    """The installation in the folder, made when there is none, with the person's choices applied and saved."""
    folder = folder.absolute()
    found = load_installation(folder)
    if found is None:
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        found = _new(folder, demo)
    elif found.demo is not demo:
        raise InvalidInput(f"{folder} holds {'a demo' if found.demo else 'a business of its own'}: choose another folder with --data.")
    chosen = choose(found, choices)
    chosen.save()
    return chosen


def choose(before: Installation, choices: Choices) -> Installation:
    """The installation with the choices applied; raises `InvalidInput` when they contradict each other."""
    if bool(choices.certificate) != bool(choices.key):
        raise InvalidInput("--certificate and --key are given together.")
    changes: dict[str, object] = {
        name: value
        for name in ("host", "port", "sip_port", "public_address", "turn_port", "calls_per_minute")
        if (value := getattr(choices, name)) is not None
    }
    for name in ("certificate", "key"):
        if (path := getattr(choices, name)) is not None:
            if not Path(path).is_file():
                raise InvalidInput(f"--{name} {path}: there is no such file.")
            changes[name] = str(Path(path).resolve())
    if choices.host is not None and choices.port is None:
        changes["port"] = LOOPBACK_PORT if choices.host in LOOPBACK and not choices.certificate else NETWORK_PORT
    if choices.rtp_ports is not None:
        first, last = choices.rtp_ports
        if not 1024 <= first < last <= 65535 or last - first < 99:
            raise InvalidInput("--rtp-ports FIRST-LAST: at least a hundred ports between 1024 and 65535, for example 10000-19999.")
        changes |= {"rtp_first_port": first, "rtp_last_port": last}
    return replace(before, **changes)  # type: ignore[arg-type]


def _new(folder: Path, demo: bool) -> Installation:
    # Two installations of one machine begin with ports of their own, so that they do not meet even when they start at the same time.
    inner_port = FIRST_INNER_PORT + zlib.crc32(str(folder).encode()) % INNER_PAIRS * 2
    return Installation(
        folder=folder,
        demo=demo,
        master_key=base64.b64encode(secrets.token_bytes(32)).decode(),
        ari_secret=secrets.token_urlsafe(32),
        turn_secret=secrets.token_urlsafe(32),
        web_port=free_port(inner_port),
        asterisk_port=free_port(inner_port + 1),
    )


def _user_folder() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")


def _file(folder: Path) -> Path:
    return folder / "installation.json"
