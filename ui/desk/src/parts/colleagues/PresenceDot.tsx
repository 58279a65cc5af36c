/** A dot that says whether somebody can be reached now; its word is its title. */
import type { ReactNode } from "react";
import type { PresenceState } from "@huying/api";
import { useTexts } from "@/i18n";
import css from "./PresenceDot.module.css";
import "./texts";

export function PresenceDot(props: { readonly state: PresenceState }): ReactNode {
  const { code } = useTexts();
  const word = code("colleague_presence", props.state);
  return <span className={css.dot} data-state={props.state} role="img" aria-label={word} title={word} />;
}
