"""Asterisk's own queue: the same Asterisk, endpoints and trunk as the product's, but a dialplan that answers and enters app_queue."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench.queue_run.side import TRUNK_ADDRESS, Ground, Side, asterisk_program

from huying.processes.program import free_port, running
from huying.telephony.asterisk.accounts import account_objects, trunk_objects
from huying.telephony.asterisk.ari import AriSocket
from huying.telephony.asterisk.configuration import ARI_USER, AsteriskSettings
from huying.telephony.asterisk.dialplan import FROM_TRUNK
from huying.telephony.asterisk.runtime import AsteriskRuntime
from huying.telephony.port import PhoneAccount, Trunk

_DIALPLAN = f"""\
[general]
static = yes
writeprotect = yes

[{FROM_TRUNK}]
exten => _X.,1,Answer()
 same => n,Queue(bench,,,,600)
 same => n,Hangup()

[from-phone]
exten => _[!-~]!,1,Hangup(21)
"""
# leastrecent is what the product calls longest idle. Nobody rests after a call, nobody is rung twice, nothing is announced.
_QUEUES = """\
[general]
persistentmembers = no
autofill = yes
shared_lastcall = no

[bench]
strategy = leastrecent
musicclass = default
timeout = 20
retry = 1
wrapuptime = 0
ringinuse = no
joinempty = yes
leavewhenempty = no
announce-frequency = 0
announce-position = no
"""


@contextmanager
def app_queue_side(ground: Ground, runtime: AsteriskRuntime) -> Iterator[Side]:
    """Asterisk with its queue, ready for calls, for the length of the block."""
    first, last = ground.sound_ports(1)
    members = "".join(f"member => PJSIP/{agent}\n" for agent in ground.agents)
    settings = AsteriskSettings(
        folder=ground.folder / "app_queue",
        runtime=runtime,
        http_port=free_port(),
        sip_port=free_port(),
        sip_address="127.0.0.1",
        rtp_first_port=first,
        rtp_last_port=last,
        ari_secret=secrets.token_urlsafe(24),
        more_modules=("app_queue",),
        more_files={"extensions.conf": _DIALPLAN, "queues.conf": _QUEUES + members},
    )
    with running(asterisk_program(settings), _log(ground.folder)) as process:
        asyncio.run(_make_objects(settings, ground))
        yield Side("app_queue", settings.sip_port, process.pid)


async def _make_objects(settings: AsteriskSettings, ground: Ground) -> None:
    """The same endpoints as the product makes, with a fixed contact where its agents register."""
    socket = await AriSocket.open(settings.ari_address, ARI_USER, settings.ari_secret, "bench")
    try:
        for agent in ground.agents:
            for one in account_objects(PhoneAccount(agent, secrets.token_hex(8), "phone")):
                contact = {"contact": f"sip:{agent}@127.0.0.1:{ground.phones_port}"} if one.kind == "aor" else {}
                made = replace(one, fields={**one.fields, **contact})
                await socket.request("PUT", made.uri, body=made.body())
        for one in trunk_objects(Trunk("bench", (TRUNK_ADDRESS,))):
            await socket.request("PUT", one.uri, body=one.body())
    finally:
        await socket.close()


def _log(folder: Path) -> Path:
    return folder / "app_queue.log"
