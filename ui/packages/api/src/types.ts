/** The server's answers, by the words of the house. Times are ISO 8601 in UTC, durations in seconds. */

export type LocalName = string | Readonly<Record<string, string>>;

export interface Session {
  readonly person: {
    readonly id: string;
    readonly login: string;
    readonly name: string;
    readonly roles: readonly string[];
    readonly permissions: readonly string[];
    readonly language: string;
  };
  readonly business: { readonly id: string; readonly name: string; readonly time_zone: string };
  readonly agent: { readonly extension: string; readonly queues: readonly (string | { readonly id: string })[] } | null;
}

export interface PhoneSettings {
  readonly ws_path: string;
  readonly account: string;
  readonly secret: string;
  readonly domain: string;
  readonly ice_servers: readonly { readonly urls: string | readonly string[]; readonly username?: string; readonly credential?: string }[];
}

export interface Choice {
  readonly code: string;
  readonly name: LocalName;
}

export interface Queue {
  readonly id: string;
  readonly code: string;
  readonly name: LocalName;
  readonly offer_seconds?: number;
  readonly after_call_seconds?: number;
  readonly short_abandon_seconds?: number;
  readonly service_level_seconds?: number;
  readonly announce_seconds?: number;
}

export interface DeskSettings {
  readonly break_reasons: readonly Choice[];
  readonly dispositions: readonly (Choice & { readonly queue_ids?: readonly string[] })[];
  readonly queues: readonly Queue[];
}

export interface CustomerNumber {
  readonly number: string;
  readonly label: string;
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly company: string;
  readonly address: string;
  readonly email: string;
  readonly language: string;
  readonly note: string;
  readonly warning: string;
  readonly numbers: readonly CustomerNumber[];
}

export type CustomerInput = Partial<Omit<Customer, "id">>;
export type AssetInput = Partial<Omit<Asset, "id">>;

export interface Asset {
  readonly id: string;
  readonly category: string;
  readonly model: string;
  readonly serial: string;
  readonly purchased_on: string | null;
  readonly warranty_until: string | null;
  readonly note: string;
}

export interface ContactSummary {
  readonly contact_id: string;
  readonly channel: string;
  readonly direction: string;
  readonly started_at: string;
  readonly remote_number: string;
  readonly remote_name?: string;
  readonly customer_id: string | null;
  readonly customer_name?: string | null;
  readonly queue_id: string | null;
  readonly agent_id: string | null;
  readonly agent_name?: string | null;
  readonly ending: string | null;
  readonly wait_seconds: number | null;
  readonly talk_seconds: number | null;
  readonly disposition: string;
  readonly note: string;
  readonly recordings?: number;
}

export interface ScreenPop {
  readonly contact: {
    readonly contact_id: string;
    readonly channel: string;
    readonly direction: string;
    readonly remote_number: string;
    readonly remote_name: string;
    readonly number_called?: string;
    readonly entry_point?: string;
    readonly language?: string;
    readonly disposition: string;
    readonly note: string;
    readonly started_at: string;
  };
  readonly customer: Customer | null;
  readonly assets: readonly Asset[];
  readonly contacts: readonly ContactSummary[];
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

export interface TimelineItem {
  readonly at: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface SegmentView {
  readonly segment_id: string;
  readonly agent_id: string;
  readonly agent_name?: string | null;
  readonly queue_id: string | null;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly talk_seconds: number | null;
  readonly hold_seconds: number | null;
  readonly by: string | null;
}

export interface RecordingView {
  readonly id: string;
  readonly segment_id: string;
  readonly part: number;
  readonly seconds: number;
  readonly started_at?: string;
  readonly available?: boolean;
}

export interface Peaks {
  readonly customer: readonly number[];
  readonly agent: readonly number[];
  readonly seconds?: number;
}

export interface ContactDetail extends Omit<ContactSummary, "recordings"> {
  readonly timeline: readonly TimelineItem[];
  readonly segments: readonly SegmentView[];
  readonly recordings: readonly RecordingView[];
  readonly ended_at?: string | null;
  readonly cause?: string | null;
  readonly number_called?: string;
  readonly entry_point?: string;
  readonly language?: string;
}

export interface AgentSummary {
  readonly agent_id: string;
  readonly name: string;
  readonly extension: string;
  readonly languages: readonly string[];
  readonly queues: readonly string[];
}

export interface Person {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly language: string;
  readonly active: boolean;
}

export interface PersonInput {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly language: string;
  readonly password: string | null;
}

export interface FigureInfo {
  readonly code: string;
  readonly unit: "count" | "ratio" | "seconds";
  readonly name: LocalName;
  readonly formula: LocalName;
  readonly sources: readonly string[];
}

export interface ReportRow {
  readonly queue_id: string | null;
  readonly from: string;
  readonly to: string;
  readonly provisional: boolean;
  readonly values: Readonly<Record<string, number | null>>;
}

export interface QueueReport {
  readonly figures: readonly FigureInfo[];
  readonly identity: LocalName;
  readonly time_zone: string;
  /** By queue and interval. */
  readonly rows: readonly ReportRow[];
  /** All queues together, by interval. */
  readonly by_interval: readonly ReportRow[];
  /** By queue over the whole time. */
  readonly totals: readonly ReportRow[];
  readonly total: ReportRow | null;
}
