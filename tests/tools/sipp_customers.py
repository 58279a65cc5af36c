"""Customers played by sipp: real SIP over the trunk, keys as RFC 4733, a tone as voice, as many at once as wanted."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import rtp
import sounds

KEYS_FOLDER = Path("/usr/share/sip-tester")
"""Where Debian's package keeps its recorded keys."""
_NAMES = {"*": "star", "#": "pound"}
_HEADERS = """\
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:{caller}@[local_ip]:[local_port]>;tag=[pid]-[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
Contact: <sip:{caller}@[local_ip]:[local_port]>
Max-Forwards: 70
"""
_SCENARIO = """\
<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="customer">
  <send retrans="500"><![CDATA[
INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
{headers}CSeq: 1 INVITE
Content-Type: application/sdp
Content-Length: [len]

v=0
o=customer 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=sendrecv
]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
  <recv response="200" rtd="true"/>
  <send><![CDATA[
ACK [next_url] SIP/2.0
{headers}CSeq: 1 ACK
Content-Length: 0

]]></send>
{keys}  <nop><action><exec play_pcap_audio="{tone}"/></action></nop>
  <recv request="BYE" timeout="{talk_milliseconds}" ontimeout="leave"/>
  <send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
  <nop next="gone"/>
  <label id="leave"/>
  <send retrans="500"><![CDATA[
BYE [next_url] SIP/2.0
{headers}CSeq: 2 BYE
Content-Length: 0

]]></send>
  <recv response="200"/>
  <label id="gone"/>
</scenario>
"""
_KEY = """\
  <pause milliseconds="{pause}"/>
  <nop><action><exec play_pcap_audio="{file}"/></action></nop>
"""
_KEY_PAUSE_MILLISECONDS = 900


@dataclass(frozen=True, slots=True)
class Customers:
    """What calls, and how. The customer hangs up after `talk_seconds` unless the centre does before."""

    number: str
    keys: str = "1"
    says_hertz: float = 1700.0
    caller: str = "13800138000"
    talk_seconds: float = 60.0
    calls: int = 1
    calls_per_second: float = 1.0


class RunningCustomers:
    """sipp at work."""

    def __init__(self, process: asyncio.subprocess.Process, media_port: int) -> None:
        self._process = process
        self.media_port = media_port
        """Where the only customer hears; with more calls than one each has its own."""

    async def wait_over(self, seconds: float) -> int:
        """Return when all calls are over: 0 when all went well, 1 when some failed."""
        async with asyncio.timeout(seconds):
            return await self._process.wait()

    async def hear(self, seconds: float = 1.7) -> sounds.Samples:
        """What the customer's telephone receives from now on."""
        return await rtp.overhear(self.media_port, seconds)

    async def hears(self, hertz: float, least: float) -> None:
        """Before long this tone has its share of what the telephone receives. Needs root."""
        async with asyncio.timeout(30):
            while sounds.share_of(await self.hear(), rtp.RATE, hertz) <= least:
                pass


@asynccontextmanager
async def sipp_customers(folder: Path, sip_port: int, customers: Customers) -> AsyncIterator[RunningCustomers]:
    """Let them call the trunk on 127.0.0.1; sipp ends with the block."""
    scenario = _write_scenario(folder, customers)
    local, media = _free_udp_port(), _free_udp_port()
    process = await asyncio.create_subprocess_exec(
        *("sipp", f"127.0.0.1:{sip_port}", "-sf", str(scenario), "-s", customers.number),
        *("-i", "127.0.0.1", "-p", str(local), "-mi", "127.0.0.1", "-mp", str(media)),
        *(
            "-m",
            str(customers.calls),
            "-r",
            str(customers.calls_per_second),
            "-nostdin",
            "-trace_err",
            "-error_file",
            str(folder / "sipp.err"),
        ),
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield RunningCustomers(process, media)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


def _write_scenario(folder: Path, customers: Customers) -> Path:
    tone = rtp.write_pcap(folder / "tone.pcap", sounds.beeps(customers.says_hertz, customers.talk_seconds, rtp.RATE))
    keys = "".join(
        _KEY.format(pause=_KEY_PAUSE_MILLISECONDS, file=KEYS_FOLDER / f"dtmf_2833_{_NAMES.get(key, key)}.pcap") for key in customers.keys
    )
    if keys:
        keys += f'  <pause milliseconds="{_KEY_PAUSE_MILLISECONDS}"/>\n'
    path = folder / "customer.xml"
    path.write_text(
        _SCENARIO.format(
            headers=_HEADERS.format(caller=customers.caller), keys=keys, tone=tone, talk_milliseconds=int(customers.talk_seconds * 1000)
        )
    )
    return path


def _free_udp_port() -> int:
    with socket.socket(type=socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
