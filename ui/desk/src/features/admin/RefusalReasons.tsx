/** Reasons for refusing what rings: names, order, and which are offered. */
import type { RefusalReason } from "@huying/api";
import type { ReactNode } from "react";
import { saveRefusalReason, useRefusalReasons } from "@/server/setup";
import { ReasonList } from "./ReasonList";

export function RefusalReasons(): ReactNode {
  return <ReasonList<RefusalReason> kind="refusal_reason" query={useRefusalReasons()} queryKey="refusal-reasons" store={saveRefusalReason} initial={() => ({})} ordered testId="refusal" />;
}
