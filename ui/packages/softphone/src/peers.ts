/** What a sound path brings, and how it stands, in our words. */

/** The states worth telling; the others say nothing about sound. */
export const MEDIA_STATES: Partial<Record<RTCPeerConnectionState, "connected" | "interrupted" | "failed">> = {
  connected: "connected",
  disconnected: "interrupted",
  failed: "failed",
};

/** What is received over it; null while nothing is. */
export function soundOf(peer: RTCPeerConnection | undefined): MediaStream | null {
  const track = peer?.getReceivers().find((it) => it.track.kind === "audio")?.track;
  return track ? new MediaStream([track]) : null;
}
