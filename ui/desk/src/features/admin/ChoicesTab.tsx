/** What agents may choose: reasons for a break. */
import type { ReactNode } from "react";
import { BreakReasons } from "./BreakReasons";

export function ChoicesTab(): ReactNode {
  return <BreakReasons />;
}
