/** Reads figures out of WebRTC's statistics: what arrives, what is lost, how loud both sides are. Pure. */

export interface SoundStats {
  readonly packetsReceived: number;
  readonly bytesReceived: number;
  readonly packetsLost: number;
  readonly packetsSent: number;
  /** Sum of squared levels of what was heard, growing; stands still in silence. */
  readonly energyReceived: number;
  readonly secondsReceived: number;
  readonly jitterSeconds: number;
  /** What the other side reports of our sound: share lost (0 to 1) and jitter. */
  readonly fractionLostOut: number;
  readonly jitterOutSeconds: number;
  readonly roundTripSeconds: number | null;
  /** 0 to 1. */
  readonly speakerLevel: number;
  readonly microphoneLevel: number;
  readonly codec: string;
  /** How sound travels: `host`, `srflx`, `prflx`, or `relay` for TURN; empty before it stands. */
  readonly path: string;
}

type Report = Readonly<Record<string, unknown>>;

export const noStats: SoundStats = {
  packetsReceived: 0,
  bytesReceived: 0,
  packetsLost: 0,
  packetsSent: 0,
  energyReceived: 0,
  secondsReceived: 0,
  jitterSeconds: 0,
  fractionLostOut: 0,
  jitterOutSeconds: 0,
  roundTripSeconds: null,
  speakerLevel: 0,
  microphoneLevel: 0,
  codec: "",
  path: "",
};

/** Fold the reports of one RTCPeerConnection into our figures. */
export function readStats(reports: Iterable<Report>): SoundStats {
  const all = [...reports];
  const inbound = all.find((it) => it.type === "inbound-rtp" && it.kind === "audio") ?? {};
  const outbound = all.find((it) => it.type === "outbound-rtp" && it.kind === "audio") ?? {};
  const remote = all.find((it) => it.type === "remote-inbound-rtp" && it.kind === "audio") ?? {};
  const source = all.find((it) => it.type === "media-source" && it.kind === "audio") ?? {};
  const codec = all.find((it) => it.id !== undefined && it.id === (inbound.codecId ?? outbound.codecId));
  const transport = all.find((it) => it.type === "transport");
  const pair = all.find((it) => it.type === "candidate-pair" && it.id === transport?.selectedCandidatePairId);
  const local = all.find((it) => it.type === "local-candidate" && it.id === pair?.localCandidateId);
  return {
    packetsReceived: number(inbound.packetsReceived),
    bytesReceived: number(inbound.bytesReceived),
    packetsLost: number(inbound.packetsLost),
    packetsSent: number(outbound.packetsSent),
    energyReceived: number(inbound.totalAudioEnergy),
    secondsReceived: number(inbound.totalSamplesDuration),
    jitterSeconds: number(inbound.jitter),
    fractionLostOut: Math.min(1, Math.max(0, number(remote.fractionLost))),
    jitterOutSeconds: number(remote.jitter),
    roundTripSeconds: tripOf(pair, remote),
    speakerLevel: number(inbound.audioLevel),
    microphoneLevel: number(source.audioLevel),
    codec: text(codec?.mimeType),
    path: text(local?.candidateType),
  };
}

/** RTCP's round trip goes through the whole path; that of the connectivity checks is there sooner. */
function tripOf(pair: Report | undefined, remote: Report): number | null {
  if (number(remote.roundTripTime) > 0) return number(remote.roundTripTime);
  return typeof pair?.currentRoundTripTime === "number" ? pair.currentRoundTripTime : null;
}

/** Level 0..1 as a share of a meter, so that speech fills about two thirds of it. */
export function meter(level: number): number {
  if (level <= 0) return 0;
  const decibels = 20 * Math.log10(level);
  return Math.max(0, Math.min(1, (decibels + 60) / 60));
}

function number(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
