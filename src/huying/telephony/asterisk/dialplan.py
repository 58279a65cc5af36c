"""The dialplan: it hands calls to us and does nothing by itself, but for simulated parties and for the seconds without us."""

from __future__ import annotations

APPLICATION = "huying"
"""The name of our application in Asterisk."""

FROM_TRUNK = "from-trunk"
FROM_SIMULATED_TRUNK = "from-simulated-trunk"
FROM_VISITOR = "from-visitor"
FROM_PHONE = "from-phone"
ECHO = "huying-echo"
"""What an agent's telephone calls to hear itself; the browser's check knows this name too."""
ECHO_SECONDS = 20
LAMPS = "huying-lamps"
MAILBOXES = "huying"
"""The context of the mailboxes whose lamps telephones show."""
SIMULATED = "simulated"
SIMULATED_CUSTOMER = "simulated-customer"

# Two characters at least: one character names Asterisk's own extensions (h, i, t, T), which must not come in here.
_ENTRANCE = """\
[{context}]
exten => _[!-~][!-~]!,1,{guard}
 same => n(try),Stasis({application},entered,${{HUYING_ENTRY}})
 same => n,GotoIf($["${{STASISSTATUS}}" != "FAILED"]?end)
 same => n,GotoIf($[${{INC(HUYING_TRIES)}} > {tries}]?closed)
 same => n,Ringing()
 same => n,Wait(0.5)
 same => n,Goto(try)
 same => n(closed),{sorry}
 same => n,Playtones(congestion)
 same => n,Wait(4)
 same => n(end),Hangup(38)
 same => n(stranger),Hangup(21)
"""
# A trunk is known by its address alone. Whoever comes over the WebSocket must not pass for it, not even from its own address.
_NOT_BY_WEBSOCKET = 'GotoIf($["${{CHANNEL(pjsip,local_addr)}}" = "{http}"]?stranger)'
_NO_GUARD = "NoOp()"
# A telephone's REFER is told to us, who decide; Asterisk does nothing by itself.
_TRANSFERS_ARE_OURS = "Set(PJSIP_TRANSFER_HANDLING()=ari-only)"
# An agent's own telephone: what it dials comes to us, who decide who may dial what; but hearing itself when its sound is checked.
_ECHO = """\
exten => {echo},1,Answer()
 same => n,Set(TIMEOUT(absolute)={echo_seconds})
 same => n,Echo()
 same => n,Hangup(16)
exten => T,1,Hangup(16)
"""
# sim~HOW~ANSWER_AFTER~TALK~KEYS~TONE
_SIMULATED = """\
[{context}]
exten => _sim.,1,Goto(${{CUT(EXTEN,~,2)}})
 same => n(busy),Hangup(17)
 same => n(refuse),Ringing()
 same => n,Wait(${{CUT(EXTEN,~,3)}})
 same => n,Hangup(21)
 same => n(unreachable),Hangup(20)
 same => n(silent),Ringing()
 same => n,Wait(3600)
 same => n,Hangup(19)
 same => n(answer),Ringing()
 same => n,Wait(${{CUT(EXTEN,~,3)}})
 same => n,Answer()
 same => n,GotoIf($["${{CUT(EXTEN,~,5)}}" = ""]?talk)
 same => n,SendDTMF(${{CUT(EXTEN,~,5)}},200,120)
 same => n(talk),Playtones(${{CUT(EXTEN,~,6)}})
 same => n,Wait(${{CUT(EXTEN,~,4)}})
 same => n,Hangup(16)
"""
_SIMULATED_CUSTOMER = """\
[{context}]
exten => s,1,Set(TIMEOUT(absolute)=${{HUYING_SIM_PATIENCE}})
 same => n(keys),GotoIf($["${{HUYING_SIM_KEYS}}" = ""]?talk)
 same => n,Wait(${{HUYING_SIM_KEY_PAUSE}})
 same => n,GotoIf($["${{HUYING_SIM_KEYS:0:1}}" = "w"]?pressed)
 same => n,SendDTMF(${{HUYING_SIM_KEYS:0:1}},0,160)
 same => n(pressed),Set(HUYING_SIM_KEYS=${{HUYING_SIM_KEYS:1}})
 same => n,Goto(keys)
 same => n(talk),Playtones(${{HUYING_SIM_TONE}})
 same => n,Wait(7200)
 same => n,Hangup(16)
exten => T,1,Hangup(16)
"""
# A channel of ours says what waits, and is over: it is never answered.
_LAMPS = """\
[{context}]
exten => show,1,MinivmMWI(${{HUYING_LAMP}},0,${{HUYING_NEW}},${{HUYING_OLD}})
 same => n,Hangup(16)
exten => done,1,Hangup(16)
"""


def render_dialplan(*, http: str, announcement: str = "", seconds_without_us: int = 15) -> str:
    """The text of extensions.conf.

    `http` is address and port of the WebSocket server; `announcement` is a sound file (without extension) for callers while nobody
    takes calls.
    """
    entrance = {
        "application": APPLICATION,
        "tries": seconds_without_us * 2,
        "sorry": f"Playback({announcement})" if announcement else "Wait(0.1)",
    }
    return "\n".join(
        (
            "[general]\nstatic = yes\nwriteprotect = yes\nautofallthrough = yes\n",
            _ENTRANCE.format(context=FROM_TRUNK, guard=_NOT_BY_WEBSOCKET.format(http=http), **entrance),
            _ENTRANCE.format(context=FROM_SIMULATED_TRUNK, guard=_NO_GUARD, **entrance),
            _ENTRANCE.format(context=FROM_VISITOR, guard=_NO_GUARD, **entrance),
            _ENTRANCE.format(context=FROM_PHONE, guard=_TRANSFERS_ARE_OURS, **entrance)
            + _ECHO.format(echo=ECHO, echo_seconds=ECHO_SECONDS),
            _LAMPS.format(context=LAMPS),
            _SIMULATED.format(context=SIMULATED),
            _SIMULATED_CUSTOMER.format(context=SIMULATED_CUSTOMER),
        )
    )
