"""What a process of ours is told when it starts: addresses, secrets and folders of this installation, from one private file.

The supervisor writes the file before it starts voice and web; whoever runs them without a supervisor writes it himself.
Settings that people change while it runs (queues, people, flows) are in the database, not here.
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass, field, fields
from pathlib import Path

from huying.foundation.errors import Unavailable


class NoSettings(Unavailable):
    """This data folder has no settings yet: start with `huying up` or `huying demo` first."""

    code = "no-settings"


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation, as its processes see it. Addresses carry their credentials; ports are TCP on 127.0.0.1 unless said."""

    data_folder: Path
    database_url: str = field(repr=False)
    nats_url: str = field(repr=False)
    master_key: bytes = field(repr=False)
    """32 random bytes of this installation; derive a key of your own for each purpose."""
    asterisk_folder: Path = Path("/nonexistent")
    """The folder Asterisk was prepared with: its `spool/recording` is where recordings lie while a call lasts."""
    ari_address: str = ""
    ari_secret: str = field(default="", repr=False)
    sip_domain: str = "huying"
    sip_port: int = 5060
    """UDP and TCP port for telephones and trunks."""
    web_port: int = 8081
    """Where the web process listens for the edge."""
    origin: str = "http://127.0.0.1:8080"
    """What people type into the browser; more names of the same edge are told by the Host header."""
    public_address: str = ""
    turn_port: int = 0
    """UDP and TCP port of the relay for sound; 0 when there is none."""
    turn_secret: str = field(default="", repr=False)
    demo: bool = False
    calls_per_minute: float = 0.0
    """The rate of simulated customers; 0 is none. Only in a demo."""

    @property
    def secure(self) -> bool:
        """Whether browsers come by HTTPS, so that cookies must be Secure."""
        return self.origin.startswith("https:")

    @property
    def recordings_folder(self) -> Path:
        """Where finished recordings are kept, encrypted."""
        return self.data_folder / "recordings"

    @property
    def sounds_folder(self) -> Path:
        """Where the businesses' own sounds lie for the engine; made again from the database when they are missing."""
        return self.data_folder / "sounds"

    @property
    def spool_folder(self) -> Path:
        """Where the voice process keeps what it could not yet write to the database."""
        return self.data_folder / "spool"

    def beat_file(self, process: str) -> Path:
        """The file a process of ours touches every second while it is well; see `foundation.heartbeat`."""
        return self.data_folder / "run" / f"{process}.beat"

    def save(self) -> None:
        """Writes the settings where `load_settings` finds them, readable by their owner alone."""
        path = settings_file(self.data_folder)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump({item.name: _to_json(getattr(self, item.name)) for item in fields(self)}, file, indent=1)
        draft.replace(path)


def load_settings(data_folder: Path) -> Settings:
    """The settings of the installation in this data folder; raises `NoSettings`."""
    try:
        noted = json.loads(settings_file(data_folder).read_text())
    except OSError as error:
        raise NoSettings from error
    known = {item.name for item in fields(Settings)}
    values = {name: value for name, value in noted.items() if name in known}
    values |= {name: Path(values[name]) for name in ("data_folder", "asterisk_folder")}
    return Settings(**{**values, "master_key": base64.b64decode(values["master_key"])})


def settings_file(data_folder: Path) -> Path:
    """Where the settings of a data folder lie."""
    return data_folder / "run" / "settings.json"


def _to_json(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return str(value) if isinstance(value, Path) else value
