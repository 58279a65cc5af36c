/** The live feed as it travels: messages of the WebSocket and the rows of its topics. */

export type AgentState = "idle" | "ringing" | "talking" | "holding" | "after_call";
export type ContactState = "in_flow" | "waiting" | "ringing" | "dialling" | "talking" | "holding" | "lost_agent" | "ended";

/** One contact that an agent has in hand. */
export interface WorkRow {
  readonly contact_id: string;
  readonly channel: string;
  readonly state: AgentState;
  readonly since: string;
  readonly queue_id: string | null;
  readonly ends_at: string | null;
}

/** An offer that ended against the agent: timed_out, refused, unreachable. */
export interface MissedRow {
  readonly at: string;
  readonly contact_id: string;
  readonly queue_id: string | null;
  readonly result: string;
  /** Of refused: what the agent chose, where he chose one. */
  readonly reason?: string;
}

export interface AgentRow {
  readonly agent_id: string;
  readonly name: string;
  readonly extension: string;
  readonly signed_in: boolean;
  readonly status: "ready" | "break" | "";
  readonly reason: string;
  /** self, lead, system; with the lead's name. */
  readonly status_by: string;
  readonly status_by_name: string;
  readonly state: AgentState;
  readonly since: string | null;
  readonly status_since: string | null;
  readonly contact_id: string | null;
  readonly queue_id: string | null;
  readonly ends_at: string | null;
  readonly reachable: boolean;
  /** Calls to himself do not ring; work of queues does. */
  readonly not_disturbed: boolean;
  readonly account: string;
  readonly queues: readonly string[];
  readonly groups: readonly string[];
  /** Groups the agent does not work for now; with the name of the lead who said so. */
  readonly left: readonly string[];
  readonly left_by_name: string;
  /** The lead who last changed the agent's groups during this session. */
  readonly moved_by_name: string;
  readonly moved_at: string | null;
  readonly works: readonly WorkRow[];
  /** Missed since the last conversation, the oldest first. */
  readonly missed: readonly MissedRow[];
  readonly rests_until: string | null;
}

export interface OfferRow {
  readonly offer_id: string;
  readonly agent_id: string;
  readonly expires_at: string;
}

/** Somebody who takes part in a call, or is being rung to. */
export interface PartyRow {
  readonly party_id: string;
  readonly kind: "customer" | "agent" | "number";
  readonly agent_id: string | null;
  /** `consulting`: asks somebody meanwhile; `listening`: hears a standard recording. */
  readonly state: "ringing" | "talking" | "held" | "lost" | "consulting" | "listening";
  readonly since: string;
  readonly muted?: boolean;
}

/** What an agent asks somebody else while the customer hears music; at most one in a contact. */
export interface ConsultRow {
  readonly consult_id: string;
  /** Who asks. */
  readonly agent_id: string;
  readonly kind: "agent" | "queue" | "number";
  readonly target_id: string | null;
  readonly party_agent_id: string | null;
  readonly state: "waiting" | "ringing" | "talking" | "lost";
  /** With whom the asking agent talks now. */
  readonly focus: "customer" | "consult";
  readonly since: string;
}

/** A lead who hears an agent's call; agents themselves see only those who whisper or join. */
export interface MonitorRow {
  readonly monitor_id: string;
  /** The lead. */
  readonly agent_id: string;
  /** Whose call he hears. */
  readonly target_id: string;
  readonly mode: "listen" | "whisper" | "join";
  readonly state: "ringing" | "talking";
  readonly since: string;
}

export interface ParkedRow {
  readonly slot: string;
  readonly since: string;
  readonly by: string;
}

export interface WorkOfContact {
  readonly subject: "task" | "voicemail";
  readonly subject_id: string;
  readonly kept_until: string | null;
}

/** A call that an agent began. `called_id`: the colleague or the queue, of an internal one; `agent_id`: who stands where customers stand there. */
export interface DialRow {
  readonly agent_id: string;
  readonly called_id: string | null;
  readonly stage: "own" | "ringing" | "over";
  /** Where it went instead of ringing; `why`: do_not_disturb, or empty. */
  readonly passed_on?: { readonly kind: string; readonly why: string } | null;
}

/** A person whom no queue rings. `quiet`: he is in another call, which goes on. */
export interface PersonRingRow {
  readonly agent_id: string;
  readonly since: string;
  readonly expires_at: string;
  readonly why: string;
  readonly quiet: boolean;
}

export interface ContactRow {
  readonly contact_id: string;
  readonly channel: string;
  readonly direction: string;
  readonly entry_point: string;
  readonly customer_id: string | null;
  readonly language: string;
  readonly state: ContactState;
  readonly entered_at: string;
  readonly since: string;
  readonly node: string;
  readonly queue_id: string | null;
  readonly entry_id: string | null;
  readonly waiting_since: string | null;
  readonly place: number | null;
  readonly agent_id: string | null;
  readonly segment_id: string | null;
  readonly talk_since: string | null;
  readonly offer: OfferRow | null;
  /** All that ring, where more than one is asked at a time. */
  readonly offers?: readonly OfferRow[];
  /** What a contact without a telephone is about; `kept_until`: its agent keeps it for later. */
  readonly work?: WorkOfContact | null;
  readonly dial?: DialRow | null;
  readonly person_ring?: PersonRingRow | null;
  readonly muted: boolean;
  readonly recording: { readonly recording_id: string; readonly paused: boolean } | null;
  readonly parties?: readonly PartyRow[];
  readonly monitors?: readonly MonitorRow[];
  readonly consult?: ConsultRow | null;
  /** How the last consultation ended: no_answer, busy and the like. */
  readonly last_consult_result?: string | null;
  readonly parked?: ParkedRow | null;
  /** The standard recording that the customer hears. */
  readonly playing?: { readonly sound_id: string; readonly since: string } | null;
  /** ISO time at which the call is ended by its limit, where it has one. */
  readonly limit_at?: string | null;
}

export interface QueueToday {
  readonly offered?: number;
  readonly answered?: number;
  readonly abandoned?: number;
  readonly short_abandoned?: number;
  readonly service_level?: number | null;
  readonly asa_seconds?: number | null;
}

export interface QueueRow {
  readonly queue_id: string;
  readonly code: string;
  readonly name: string | Readonly<Record<string, string>>;
  readonly waiting: number;
  readonly longest_waiting_since: string | null;
  readonly signed_in: number;
  readonly ready: number;
  readonly talking: number;
  readonly after_call: number;
  readonly on_break: number;
  readonly ringing?: number;
  readonly service_level_seconds?: number | null;
  /** Of 100 contacts so many are to be answered in time; whether today's are not; null where nobody knows. */
  readonly target_percent?: number | null;
  readonly target_missed?: boolean | null;
  readonly today: QueueToday;
}

export type PresenceState = "ready" | "busy" | "break" | "online" | "away";

/** What the topic `presence` says of everybody: whether he can be reached. */
export interface PresenceRow {
  readonly person_id: string;
  readonly presence: PresenceState;
}

/** What it says of agents besides. `rings`: the contact that rings there. */
export type DirectoryRow = Pick<
  AgentRow,
  "agent_id" | "name" | "extension" | "signed_in" | "status" | "reason" | "state" | "since" | "status_since" | "reachable" | "not_disturbed" | "groups"
> &
  PresenceRow & { readonly rings?: string | null };

export type Topic = "me" | "queues" | "agents" | "calls" | "colleagues" | "presence" | "work";
export type Rows = Readonly<Record<string, unknown>>;
export interface Place {
  readonly epoch: string;
  readonly number: number;
}

export type ClientMessage =
  | { readonly type: "subscribe"; readonly id: string; readonly topic: Topic; readonly after?: Place }
  | { readonly type: "unsubscribe"; readonly id: string }
  | { readonly type: "ping"; readonly at: number }
  | { readonly type: "pong" };

export type ServerMessage =
  | { readonly type: "snapshot"; readonly id: string; readonly epoch: string; readonly number: number; readonly rows: Rows }
  | { readonly type: "change"; readonly id: string; readonly number: number; readonly set?: Rows; readonly removed?: readonly string[] }
  | { readonly type: "pong"; readonly at: number }
  | { readonly type: "ping"; readonly at: number }
  | { readonly type: "error"; readonly id: string; readonly error: { readonly code: string; readonly message: string } };
