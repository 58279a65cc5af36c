/** A text in pieces, those that were met marked. */
import type { TextPiece } from "@huying/api";
import type { ReactNode } from "react";

export function Pieces(props: { readonly of: readonly TextPiece[] }): ReactNode {
  return props.of.map((it, index) => (it.mark ? <mark key={index}>{it.text}</mark> : <span key={index}>{it.text}</span>));
}
