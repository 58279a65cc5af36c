"""Which of our end causes stands behind a cause of Asterisk (Q.850) and a status of SIP, and the other way round. A table."""

from __future__ import annotations

from huying.telephony.port import EndCause

_BY_SIP_STATUS = {
    **dict.fromkeys((486, 600), EndCause.BUSY),
    **dict.fromkeys((403, 603, 607, 608), EndCause.REFUSED),
    **dict.fromkeys((404, 410, 480, 484, 502, 604), EndCause.UNREACHABLE),
    **dict.fromkeys((408, 487), EndCause.NO_ANSWER),
    **dict.fromkeys((503, 504), EndCause.CONGESTION),
    **dict.fromkeys((400, 401, 407, 415, 420, 421, 423, 481, 482, 483, 488, 491, 493, 500, 501, 505, 513, 606), EndCause.FAILED),
}
_BY_CAUSE = {
    **dict.fromkeys((0, 16, 26, 31, 32, 127), EndCause.NORMAL),
    17: EndCause.BUSY,
    21: EndCause.REFUSED,
    **dict.fromkeys((18, 19), EndCause.NO_ANSWER),
    **dict.fromkeys((1, 2, 3, 20, 22, 27, 28), EndCause.UNREACHABLE),
    **dict.fromkeys((34, 38, 41, 42, 44), EndCause.CONGESTION),
}
_REASONS = {
    EndCause.NORMAL: 16,
    EndCause.BUSY: 17,
    EndCause.REFUSED: 21,
    EndCause.NO_ANSWER: 19,
    EndCause.ANSWERED_ELSEWHERE: 26,
    EndCause.UNREACHABLE: 20,
    EndCause.CONGESTION: 42,
    EndCause.FAILED: 38,
}


def end_cause(cause: int, sip_status: int, *, answered: bool, outbound: bool, rang: bool = False) -> EndCause:
    """Why a leg ended. What comes after the answer is normal, unless the network broke."""
    if answered:
        return EndCause.FAILED if cause in (38, 41) else EndCause.NORMAL
    # Asterisk gives 480 for its own time limit too: a telephone that rang was there, and nobody came.
    if outbound and rang and sip_status == 480:
        return EndCause.NO_ANSWER
    if outbound and sip_status >= 400:
        return _BY_SIP_STATUS.get(sip_status, EndCause.FAILED)
    found = _BY_CAUSE.get(cause, EndCause.FAILED)
    return EndCause.NO_ANSWER if outbound and found is EndCause.NORMAL and cause in (0, 127) else found


def reason_code(cause: EndCause) -> int:
    """The Q.850 cause with which we hang up."""
    return _REASONS[cause]
