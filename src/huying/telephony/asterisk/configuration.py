"""Everything Asterisk is configured with: rendered from a few settings into a private folder. Phones and trunks are not here:
they are data, pushed over ARI while it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from huying.telephony.asterisk.dialplan import render_dialplan
from huying.telephony.asterisk.modules import render_modules
from huying.telephony.asterisk.runtime import AsteriskRuntime

ARI_USER = "huying"
LABEL, TONE = "HUYING_LABEL", "HUYING_TONE"
"""The channel variables that ARI tells with every channel: what the leg is used for, and the playback of the tone it last heard."""
FOLDERS = ("etc", "lib", "spool", "spool/recording", "spool/monitor", "spool/tmp", "run", "log", "lib/keys")


@dataclass(frozen=True, slots=True)
class AsteriskSettings:
    """What differs between installations. Addresses are IPs; ports are free ports; folders are absolute."""

    folder: Path
    runtime: AsteriskRuntime
    http_port: int
    sip_port: int
    rtp_first_port: int
    rtp_last_port: int
    ari_secret: str = field(repr=False)
    sip_address: str = "0.0.0.0"  # noqa: S104 - phones and trunks come from anywhere; nobody gets in without an account
    http_address: str = "127.0.0.1"
    node_name: str = ""
    public_address: str = ""
    local_networks: Sequence[str] = ()
    turn_server: str = ""
    turn_username: str = ""
    turn_secret: str = field(default="", repr=False)
    stun_server: str = ""
    tls_port: int = 0
    tls_certificate: str = ""
    tls_key: str = ""
    music_folder: Path | None = None
    closed_announcement: str = ""
    more_modules: tuple[str, ...] = ()
    more_files: Mapping[str, str] = field(default_factory=dict)
    """Further configuration files by name, for measuring against other ways of doing it."""

    @property
    def recordings(self) -> Path:
        """Where recordings are written while a call lasts."""
        return self.folder / "spool/recording"

    @property
    def ari_address(self) -> str:
        """The address of ARI's WebSocket, without user and secret."""
        return f"ws://{self.http_address}:{self.http_port}/ari/events"


@dataclass(frozen=True, slots=True)
class Launch:
    """How the program is started as a child in the foreground."""

    argv: tuple[str, ...]
    env: Mapping[str, str]
    folder: Path


def prepare(settings: AsteriskSettings) -> Launch:
    """Write the configuration into the folder (only its owner can read it) and say how Asterisk is started with it."""
    settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.folder.chmod(0o700)
    for name in FOLDERS:
        (settings.folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, text in render(settings).items():
        file = settings.folder / "etc" / name
        file.touch(mode=0o600)
        file.chmod(0o600)
        file.write_text(text, encoding="utf-8")
    main = settings.folder / "etc/asterisk.conf"
    env = {"HOME": str(settings.folder), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}
    return Launch((*settings.runtime.program, "-C", str(main), "-f", "-g"), env, settings.folder)


def render(settings: AsteriskSettings) -> dict[str, str]:
    """All configuration files by name."""
    files = {name: make(settings) for name, make in _FILES.items()}
    files["modules.conf"] = render_modules(settings.more_modules)
    http = f"{settings.http_address}:{settings.http_port}"
    files["extensions.conf"] = render_dialplan(http=http, announcement=settings.closed_announcement)
    return files | dict(settings.more_files)


def _section(name: str, **values: object) -> str:
    return f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in values.items() if value not in ("", None)) + "\n"


def _asterisk(settings: AsteriskSettings) -> str:
    folder = settings.folder
    directories = _section(
        "directories",
        astetcdir=folder / "etc",
        astmoddir=settings.runtime.modules,
        astvarlibdir=folder / "lib",
        astdbdir=folder / "lib",
        astkeydir=folder / "lib",
        astdatadir=settings.runtime.data,
        astagidir=folder / "lib",
        astspooldir=folder / "spool",
        astrundir=folder / "run",
        astlogdir=folder / "log",
    )
    options = _section(
        "options",
        systemname=settings.node_name,
        verbose=0,
        debug=0,
        nocolor="yes",
        live_dangerously="no",
        hideconnect="yes",
        defaultlanguage="en",
        documentation_language="en_US",
    )
    return directories + options


def _logger(_settings: AsteriskSettings) -> str:
    return _section("general", dateformat="%F %T.%3q", queue_log="no", rotatestrategy="rotate") + _section(
        "logfiles", **{"asterisk.log": "notice,warning,error"}
    )


def _http(settings: AsteriskSettings) -> str:
    # sessionlimit counts every browser's telephone too (its default is 100).
    return _section(
        "general",
        servername="Huying",
        enabled="yes",
        bindaddr=settings.http_address,
        bindport=settings.http_port,
        sessionlimit=10000,
        session_inactivity=30000,
        session_keep_alive=15000,
        enable_static="no",
        enable_status="no",
    )


def _ari(settings: AsteriskSettings) -> str:
    # A reader that is late for 100 ms (the default) would lose its socket.
    general = _section("general", enabled="yes", pretty="no", websocket_write_timeout=5000, channelvars=f"{LABEL},{TONE}")
    user = {"type": "user", "read_only": "no", "password_format": "plain", "password": settings.ari_secret}
    return general + _section(ARI_USER, **user)


def _pjsip(settings: AsteriskSettings) -> str:
    # An identify by address must never win over the user name that a request gives.
    text = _section(
        "global",
        type="global",
        user_agent="Huying",
        default_realm="huying",
        endpoint_identifier_order="username,ip",
        keep_alive_interval=25,
        max_initial_qualify_time=3,
        unidentified_request_count=5,
        unidentified_request_period=5,
        unidentified_request_prune_interval=30,
    )
    text += _section("system", type="system", threadpool_initial_size=4, threadpool_auto_increment=4, disable_tcp_switch="yes")
    bind = f"{settings.sip_address}:{settings.sip_port}"
    text += _transport("udp", bind, settings, cos=3, tos="cs3") + _transport("tcp", bind, settings, cos=3, tos="cs3")
    if settings.tls_port:
        text += _transport(
            "tls",
            f"{settings.sip_address}:{settings.tls_port}",
            settings,
            method="tlsv1_2",
            cert_file=settings.tls_certificate,
            priv_key_file=settings.tls_key,
        )
    return text + _transport("ws", settings.http_address, settings)


def _transport(protocol: str, bind: str, settings: AsteriskSettings, **more: object) -> str:
    text = _section(
        f"transport-{protocol}",
        type="transport",
        protocol=protocol,
        bind=bind,
        external_media_address=settings.public_address,
        external_signaling_address=settings.public_address,
        **more,
    ).rstrip()
    networks = "".join(f"\nlocal_net = {network}" for network in settings.local_networks)
    return f"{text}{networks}\n\n"


def _sorcery(_settings: AsteriskSettings) -> str:
    return (
        _section("res_pjsip", endpoint="memory", auth="memory", aor="memory", contact="astdb,registrar")
        + _section("res_pjsip_endpoint_identifier_ip", identify="memory")
        + _section("res_pjsip_outbound_registration", registration="memory")
    )


def _rtp(settings: AsteriskSettings) -> str:
    return _section(
        "general",
        rtpstart=settings.rtp_first_port,
        rtpend=settings.rtp_last_port,
        strictrtp="yes",
        icesupport="yes",
        stunaddr=settings.stun_server,
        turnaddr=settings.turn_server,
        turnusername=settings.turn_username,
        turnpassword=settings.turn_secret,
    )


def _music(settings: AsteriskSettings) -> str:
    return _section("general", cachertclasses="no") + _section(
        "default", mode="files", directory=settings.music_folder or settings.runtime.music, sort="random"
    )


def _indications(_settings: AsteriskSettings) -> str:
    return _section("general", country="cn") + _section(
        "cn",
        description="China",
        ringcadence="1000,4000",
        dial="450",
        busy="450/350,0/350",
        ring="450/1000,0/4000",
        congestion="450/700,0/700",
        callwaiting="450/400,0/4000",
        dialrecall="450",
        record="950/400,0/10000",
        info="450/100,0/100,450/100,0/100,450/100,0/100,450/400,0/400",
        stutter="450+425",
    )


def _codecs(_settings: AsteriskSettings) -> str:
    return _section("opus", type="opus", complexity=5, fec="yes", dtx="no", cbr="no")


def _nothing(_settings: AsteriskSettings) -> str:
    return "[general]\n"


def _no_records(_settings: AsteriskSettings) -> str:
    return _section("general", enable="no")


_FILES: Mapping[str, Callable[[AsteriskSettings], str]] = {
    "asterisk.conf": _asterisk,
    "logger.conf": _logger,
    "http.conf": _http,
    "ari.conf": _ari,
    "pjsip.conf": _pjsip,
    "sorcery.conf": _sorcery,
    "rtp.conf": _rtp,
    "musiconhold.conf": _music,
    "indications.conf": _indications,
    "codecs.conf": _codecs,
    "features.conf": _nothing,
    "ccss.conf": _nothing,
    "udptl.conf": _nothing,
    "minivm.conf": _nothing,
    "manager.conf": lambda _settings: _section("general", enabled="no"),
    "websocket_client.conf": lambda _settings: "",
    "acl.conf": lambda _settings: "",
    "pjproject.conf": lambda _settings: "",
    "stasis.conf": lambda _settings: "",
    "cdr.conf": _no_records,
    "cel.conf": _no_records,
}
