"""What sipp does at the callers' end and at the agents' end, in its own language."""

from __future__ import annotations

SERVICE_NUMBER = "4006000000"

_DIALOG = """\
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:[field0]@[local_ip]:[local_port]>;tag=[pid]-[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
Contact: <sip:[field0]@[local_ip]:[local_port]>
Max-Forwards: 70
"""
_SDP = """\
v=0
o=bench 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [{port_word}] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=sendrecv
"""
_CALLERS_SDP = _SDP.format(port_word="rtpstream_audio_port")
SDP_OF_ANSWERS = _SDP.format(port_word="media_port")
"""Of whoever sends back the sound that he hears."""

CALLERS = f"""\
<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="callers">
  <nop><action><log message="called [timestamp] [field0]"/></action></nop>
  <send retrans="500"><![CDATA[
INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
{_DIALOG}CSeq: 1 INVITE
Content-Type: application/sdp
Content-Length: [len]

{_CALLERS_SDP}]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
  <recv response="200" rrs="true"><action><log message="entered [timestamp] [field0]"/></action></recv>
  <send><![CDATA[
ACK [next_url] SIP/2.0
{_DIALOG}CSeq: 1 ACK
Content-Length: 0

]]></send>
  <nop><action><exec rtp_stream="{{sound}},{{times}},8"/></action></nop>
  <pause milliseconds="{{talk}}"/>
  <send retrans="500"><![CDATA[
BYE [next_url] SIP/2.0
{_DIALOG}CSeq: 2 BYE
Content-Length: 0

]]></send>
  <recv response="200"><action><log message="over [timestamp] [field0]"/></action></recv>
</scenario>
"""

_ANSWER = """\
SIP/2.0 {status}
[last_Via:]
[last_From:]
[last_To:]{tag}
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
"""
_TAG = ";tag=[pid]-[call_number]"
_RINGING = _ANSWER.format(status="180 Ringing", tag=_TAG)
_ANSWERED = _ANSWER.format(status="200 OK", tag=_TAG)
_CONFIRMED = _ANSWER.format(status="200 OK", tag="")

# A question whether the telephone is there (OPTIONS) may come instead of a call.
AGENTS = f"""\
<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="agents">
  <recv request="OPTIONS" optional="true" next="there"/>
  <recv request="INVITE"><action>
    <ereg regexp="sip:([0-9]+)@" search_in="hdr" header="From:" assign_to="whole,caller"/>
    <log message="rung [timestamp] [$caller]"/>
  </action></recv>
  <send><![CDATA[
{_RINGING}Content-Length: 0

]]></send>
  <pause milliseconds="{{answer_after}}"/>
  <send retrans="500"><![CDATA[
{_ANSWERED}Content-Type: application/sdp
Content-Length: [len]

{SDP_OF_ANSWERS}]]></send>
  <recv request="ACK"><action><log message="talked [timestamp] [$caller]"/></action></recv>
  <recv request="BYE"/>
  <send><![CDATA[
{_CONFIRMED}Content-Length: 0

]]></send>
  <nop next="gone"/>
  <label id="there"/>
  <send><![CDATA[
{_ANSWERED}Content-Length: 0

]]></send>
  <label id="gone"/>
  <Reference variables="whole"/>
</scenario>
"""
