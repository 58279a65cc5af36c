/** Keypad tones in the sound path (RFC 4733), none of them lost. */

const DIGIT_MILLISECONDS = { long: 120, gap: 80 };

export function pressKeys(peer: RTCPeerConnection, digits: string): void {
  whenConnected(peer, () => send(peer, digits));
}

/** The call may stand a moment before its sound path does; keys sent into that gap would be lost without a sign. */
function whenConnected(peer: RTCPeerConnection, action: () => void): void {
  if (peer.connectionState === "connected") {
    action();
    return;
  }
  const look = () => {
    if (peer.connectionState !== "connected") return;
    peer.removeEventListener("connectionstatechange", look);
    action();
  };
  peer.addEventListener("connectionstatechange", look);
}

function send(peer: RTCPeerConnection, digits: string): void {
  const sender = peer.getSenders().find((it) => it.track?.kind === "audio")?.dtmf;
  sender?.insertDTMF(sender.toneBuffer + digits, DIGIT_MILLISECONDS.long, DIGIT_MILLISECONDS.gap);
}
