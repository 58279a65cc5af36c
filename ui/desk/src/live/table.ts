/** One watched table in the browser: what a snapshot or a numbered change makes of it. Pure; knows nothing of sockets. */
import type { Rows, ServerMessage } from "@huying/api";

export interface Table {
  /** Empty until the first snapshot. */
  readonly epoch: string;
  readonly number: number;
  readonly rows: Rows;
}

export const EMPTY_TABLE: Table = { epoch: "", number: 0, rows: {} };

export type Applied = { readonly table: Table; readonly gap: false } | { readonly table: Table; readonly gap: true };

type TableMessage = Extract<ServerMessage, { type: "snapshot" | "change" }>;

/** The table after the message. `gap`: changes are missing, so ask for a new snapshot; the table is left as it was. */
export function applyMessage(table: Table, message: TableMessage): Applied {
  if (message.type === "snapshot") {
    return { table: { epoch: message.epoch, number: message.number, rows: message.rows }, gap: false };
  }
  if (message.number <= table.number) return { table, gap: false };
  if (!table.epoch || message.number !== table.number + 1) return { table, gap: true };
  const rows: Record<string, unknown> = { ...table.rows, ...message.set };
  for (const key of message.removed ?? []) {
    if (!(message.set && key in message.set)) Reflect.deleteProperty(rows, key);
  }
  return { table: { epoch: table.epoch, number: message.number, rows }, gap: false };
}
