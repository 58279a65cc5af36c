/** What agents may choose: reasons for a break, and for refusing what rings. */
import type { ReactNode } from "react";
import { BreakReasons } from "./BreakReasons";
import { RefusalReasons } from "./RefusalReasons";

export function ChoicesTab(): ReactNode {
  return (
    <>
      <BreakReasons />
      <RefusalReasons />
    </>
  );
}
