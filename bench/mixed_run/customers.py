"""Customers who are called back, played by sipp: they answer after a second, talk, and hang up themselves."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.queue_run.scenarios import SDP_OF_ANSWERS

from huying.processes.program import clean_environment

TALK_SECONDS = 10
_REPLY = """\
SIP/2.0 {status}
[last_Via:]
[last_From:]
[last_To:];tag=[pid]-[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
"""
CALLED = f"""\
<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="called">
  <recv request="OPTIONS" optional="true" next="there"/>
  <recv request="INVITE" rrs="true"><action>
    <ereg regexp=".*" search_in="hdr" header="From:" assign_to="them"/>
    <ereg regexp=".*" search_in="hdr" header="To:" assign_to="us"/>
  </action></recv>
  <send><![CDATA[
{_REPLY.format(status="180 Ringing")}Content-Length: 0

]]></send>
  <pause milliseconds="1000"/>
  <send retrans="500"><![CDATA[
{_REPLY.format(status="200 OK")}Content-Type: application/sdp
Content-Length: [len]

{SDP_OF_ANSWERS}]]></send>
  <recv request="ACK"/>
  <pause milliseconds="{TALK_SECONDS * 1000}"/>
  <send retrans="500"><![CDATA[
BYE [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From:[$us];tag=[pid]-[call_number]
To:[$them]
[last_Call-ID:]
CSeq: 10 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
  <recv response="200"/>
  <nop next="gone"/>
  <label id="there"/>
  <send><![CDATA[
{_REPLY.format(status="200 OK")}Content-Length: 0

]]></send>
  <label id="gone"/>
</scenario>
"""


@contextmanager
def customers(folder: Path, port: int, media_port: int) -> Iterator[None]:
    """They can be called at this port for the length of the block."""
    scenario = folder / "called.xml"
    scenario.write_text(CALLED)
    addresses = ("-i", "127.0.0.1", "-p", str(port), "-mi", "127.0.0.1", "-mp", str(media_port), "-rtp_echo", "-nostdin")
    logs = ("-trace_err", "-error_file", str(folder / "called.errors"))
    process = subprocess.Popen(
        ("sipp", "-sf", str(scenario), *addresses, *logs),
        cwd=folder,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()
