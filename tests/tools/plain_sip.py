"""A telephone for tests: registers, calls, answers or refuses over UDP or WebSocket, and sends a tone over RTP.

It does what it is told and checks nothing: what may and may not pass is for the tests to say.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from dataclasses import dataclass, field

from sip_message import SipMessage, digest, parse, tag_of, uri_of
from sip_wires import UdpWire, WebSocketWire
from tone_rtp import Rtp

BROWSER_SDP = """\
v=0
o=- 1 1 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
m=audio 9 UDP/TLS/RTP/SAVPF 111 8 0 101
c=IN IP4 127.0.0.1
a=mid:0
a=ice-ufrag:abcd
a=ice-pwd:abcdefghijklmnopqrstuvwx
a=fingerprint:sha-256 {fingerprint}
a=setup:actpass
a=rtcp-mux
a=sendrecv
a=rtpmap:111 opus/48000/2
a=rtpmap:8 PCMA/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=candidate:1 1 udp 2130706431 127.0.0.1 9 typ host
""".format(fingerprint=":".join(["AB"] * 32)).replace("\n", "\r\n")


@dataclass
class Dialog:
    """One call of the telephone."""

    call_id: str
    local: str
    remote: str
    target: str
    rtp: Rtp | None
    routes: list[str] = field(default_factory=list)
    sequence: int = 1
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    invite: SipMessage | None = None
    status: int = 0


class SipPhone:
    """The telephone. `answer` is None to ring on, 0 to answer, or the status with which calls are refused."""

    def __init__(self, user: str, secret: str = "", *, answer: int | None = 0, tone: int = 700, ring: bool = True) -> None:
        self.user, self.secret, self.answer, self.tone, self.ring = user, secret, answer, tone, ring
        self.dialogs: dict[str, Dialog] = {}
        self.invites: list[SipMessage] = []
        self.cancels: list[SipMessage] = []
        self.lamps: list[str] = []
        """What it was told of waiting messages, such as "2/1": new and old ones, and for none "0/0"."""
        self._waiting: dict[str, asyncio.Queue[SipMessage]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.wire: UdpWire | WebSocketWire

    async def open(self, server: tuple[str, int], transport: str = "udp", local: str = "127.0.0.1") -> SipPhone:
        self._server = server
        self.wire = UdpWire(self._received) if transport == "udp" else WebSocketWire(self._received)
        await self.wire.open(server, local)
        return self

    async def close(self) -> None:
        for dialog in list(self.dialogs.values()):
            if dialog.rtp:
                await dialog.rtp.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.wire.close()

    # --- what the telephone does ---------------------------------------------------------------------------------------

    async def register(self, expires: int = 300) -> int:
        """Register; the last status."""
        uri = f"sip:{self._server[0]}"
        me = f"<sip:{self.user}@{self._server[0]}>"
        more = [("Contact", f"{self._contact()};expires={expires}"), ("Expires", str(expires))]
        answer = await self._ask("REGISTER", uri, f"{me};tag={secrets.token_hex(4)}", me, secrets.token_hex(8), 1, more)
        return answer.status

    async def call(self, number: str, sdp: str | None = None) -> Dialog:
        """Call somebody; returns at the final response (see `status`)."""
        rtp = None
        if sdp is None:
            rtp = Rtp(self.tone)
            sdp = self._sdp(await rtp.open())
        uri = f"sip:{number}@{self._server[0]}:{self._server[1]}"
        local = f'"{self.user}" <sip:{self.user}@{self._server[0]}>;tag={secrets.token_hex(4)}'
        dialog = Dialog(secrets.token_hex(8), local, f"<{uri}>", uri, rtp)
        self.dialogs[dialog.call_id] = dialog
        more = [("Contact", self._contact()), ("Content-Type", "application/sdp")]
        answer = await self._ask("INVITE", uri, local, f"<{uri}>", dialog.call_id, 1, more, sdp, dialog)
        dialog.status = answer.status
        if answer.status == 200:
            dialog.remote, dialog.target = answer.get("to"), uri_of(answer.get("contact"))
            dialog.answered.set()
            if rtp:
                rtp.start(_rtp_address(answer.body))
        else:
            dialog.ended.set()
        return dialog

    async def hang_up(self, dialog: Dialog) -> None:
        """End an answered call."""
        dialog.sequence += 1
        await self._ask("BYE", dialog.target, dialog.local, dialog.remote, dialog.call_id, dialog.sequence, [])
        await self._end(dialog)

    async def cancel(self, dialog: Dialog, invite: SipMessage) -> None:
        """Give up a call that has not been answered."""
        headers = [pair for pair in invite.headers if pair[0] in ("Via", "From", "To", "Call-ID", "Max-Forwards")]
        await self.wire.send(SipMessage(invite.first.replace("INVITE", "CANCEL"), [*headers, ("CSeq", "1 CANCEL")]).text())

    async def hold(self, dialog: Dialog, held: bool) -> None:
        """Put the other side on hold, or take it back."""
        assert dialog.rtp
        dialog.sequence += 1
        sdp = self._sdp(dialog.rtp._transport.get_extra_info("sockname")[1], "sendonly" if held else "sendrecv", dialog.sequence)
        more = [("Contact", self._contact()), ("Content-Type", "application/sdp")]
        await self._ask("INVITE", dialog.target, dialog.local, dialog.remote, dialog.call_id, dialog.sequence, more, sdp, dialog)

    async def send(self, method: str, target: str) -> int:
        """Any request outside of a call; the last status."""
        uri = f"sip:{target}@{self._server[0]}"
        me = f"<sip:{self.user}@{self._server[0]}>;tag={secrets.token_hex(4)}"
        more = [("Contact", self._contact()), ("Content-Type", "text/plain"), ("Event", "presence"), ("Refer-To", "<sip:1@x>")]
        return (await self._ask(method, uri, me, f"<{uri}>", secrets.token_hex(8), 1, more, "hello")).status

    async def ask_for_messages(self, user: str) -> int:
        """Subscribe to what waits for this user; the last status."""
        uri = f"sip:{user}@{self._server[0]}"
        me = f"<sip:{self.user}@{self._server[0]}>;tag={secrets.token_hex(4)}"
        more = [
            ("Contact", self._contact()),
            ("Event", "message-summary"),
            ("Accept", "application/simple-message-summary"),
            ("Expires", "300"),
        ]
        return (await self._ask("SUBSCRIBE", uri, me, f"<{uri}>", secrets.token_hex(8), 1, more)).status

    # --- messages ------------------------------------------------------------------------------------------------------

    def _contact(self) -> str:
        suffix = ";transport=ws" if self.wire.name == "WS" else ""
        return f"<sip:{self.user}@{self.wire.host}:{self.wire.port}{suffix}>"

    def _sdp(self, port: int, way: str = "sendrecv", version: int = 1) -> str:
        lines = ["v=0", f"o=- 1 {version} IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0", f"m=audio {port} RTP/AVP 8 101"]
        lines += ["a=rtpmap:8 PCMA/8000", "a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-16", "a=ptime:20", f"a={way}"]
        return "\r\n".join(lines) + "\r\n"

    async def _ask(
        self,
        method: str,
        uri: str,
        local: str,
        remote: str,
        call_id: str,
        sequence: int,
        more: list[tuple[str, str]],
        body: str = "",
        dialog: Dialog | None = None,
    ) -> SipMessage:
        authorization: list[tuple[str, str]] = []
        for attempt in range(3):
            number = sequence + attempt
            branch = f"z9hG4bK{secrets.token_hex(8)}"
            via = f"SIP/2.0/{self.wire.name} {self.wire.host}:{self.wire.port};branch={branch};rport"
            basic = [("Via", via), ("Max-Forwards", "70"), ("From", local), ("To", remote), ("Call-ID", call_id)]
            request = SipMessage(f"{method} {uri} SIP/2.0", [*basic, ("CSeq", f"{number} {method}"), *more, *authorization], body)
            if dialog is not None:
                dialog.sequence, dialog.invite = number, request
            answer = await self._exchange(request, branch)
            if method == "INVITE":
                target = uri_of(answer.get("contact")) if answer.status == 200 else uri
                acknowledged = [*basic[:3], ("To", answer.get("to")), ("Call-ID", call_id), ("CSeq", f"{number} ACK")]
                if answer.status == 200:
                    acknowledged[0] = ("Via", via + "a")
                await self.wire.send(SipMessage(f"ACK {target} SIP/2.0", acknowledged).text())
            challenge = answer.get("www-authenticate") or answer.get("proxy-authenticate")
            if answer.status not in (401, 407) or not challenge or authorization or not self.secret:
                return answer
            name = "Authorization" if answer.status == 401 else "Proxy-Authorization"
            authorization = [(name, digest(challenge, self.user, self.secret, method, uri))]
        return answer

    async def _exchange(self, request: SipMessage, branch: str) -> SipMessage:
        queue: asyncio.Queue[SipMessage] = asyncio.Queue()
        self._waiting[branch] = queue
        try:
            async with asyncio.timeout(60):
                answer = await self._first_answer(request.text(), queue)
                while answer.status < 200:
                    answer = await queue.get()
                return answer
        finally:
            del self._waiting[branch]

    async def _first_answer(self, request: str, queue: asyncio.Queue[SipMessage]) -> SipMessage:
        """Send until there is an answer: over UDP again and again, as RFC 3261 says (17.1, timer A), because packets may be lost."""
        pause = 0.5
        while True:
            await self.wire.send(request)
            try:
                return await asyncio.wait_for(queue.get(), pause if self.wire.name == "UDP" else None)
            except TimeoutError:
                pause = min(2 * pause, 4.0)

    def _received(self, text: str) -> None:
        message = parse(text)
        if message.status:
            found = re.search(r"branch=([^;,\s]+)", message.get("via"))
            queue = self._waiting.get(found.group(1) if found else "")
            if queue is not None:
                queue.put_nowait(message)
            return
        task = asyncio.create_task(self._requested(message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _requested(self, request: SipMessage) -> None:
        dialog = self.dialogs.get(request.get("call-id"))
        if request.method == "INVITE" and dialog is None:
            await self._rung(request)
        elif request.method == "INVITE" and dialog and dialog.rtp:
            port = dialog.rtp._transport.get_extra_info("sockname")[1]
            await self._respond(request, 200, "OK", self._sdp(port), tag_of(dialog.local))
        elif request.method == "INVITE":
            pass  # the same again, because we were slow: it rings already, or was refused
        elif request.method == "CANCEL" and dialog and dialog.invite:
            self.cancels.append(request)
            await self._respond(request, 200, "OK")
            await self._respond(dialog.invite, 487, "Request Terminated", tag=tag_of(dialog.local))
            await self._end(dialog)
        elif request.method == "BYE":
            await self._respond(request, 200, "OK")
            if dialog:
                await self._end(dialog)
        elif request.method != "ACK":
            if request.get("event") == "message-summary" and (found := re.search(r"(?i)voice-message:\s*(\d+/\d+)", request.body)):
                self.lamps.append(found.group(1))
            await self._respond(request, 200, "OK")

    async def _rung(self, request: SipMessage) -> None:
        self.invites.append(request)
        tag = secrets.token_hex(4)
        dialog = Dialog(request.get("call-id"), f"{request.get('to')};tag={tag}", request.get("from"), "", None, invite=request)
        dialog.target = uri_of(request.get("contact"))
        self.dialogs[dialog.call_id] = dialog
        if self.answer:
            await self._respond(request, self.answer, "No", tag=tag)
            dialog.ended.set()
            return
        if self.ring:
            await self._respond(request, 180, "Ringing", tag=tag)
        if self.answer == 0:
            dialog.rtp = Rtp(self.tone)
            await self._respond(request, 200, "OK", self._sdp(await dialog.rtp.open()), tag)
            dialog.rtp.start(_rtp_address(request.body))
            dialog.answered.set()

    async def _respond(self, request: SipMessage, status: int, words: str, body: str = "", tag: str = "") -> None:
        to = request.get("to")
        if tag and ";tag=" not in to:
            to = f"{to};tag={tag}"
        headers = [("Via", value) for value in request.all("via")] + [("Record-Route", value) for value in request.all("record-route")]
        headers += [("From", request.get("from")), ("To", to), ("Call-ID", request.get("call-id")), ("CSeq", request.get("cseq"))]
        headers += [("Contact", self._contact())] + ([("Content-Type", "application/sdp")] if body else [])
        await self.wire.send(SipMessage(f"SIP/2.0 {status} {words}", headers, body).text())

    async def _end(self, dialog: Dialog) -> None:
        dialog.ended.set()
        if dialog.rtp:
            await dialog.rtp.close()


def _rtp_address(sdp: str) -> tuple[str, int]:
    host = re.search(r"c=IN IP4 (\S+)", sdp)
    port = re.search(r"m=audio (\d+)", sdp)
    assert host and port
    return host.group(1), int(port.group(1))
