/** A text with what was typed marked in it. */
import type { ReactNode } from "react";
import { phoneNumber } from "@/parts/format";
import { marked, markedNumber, type Piece } from "./marks";

function Pieces(props: { readonly of: readonly Piece[] }): ReactNode {
  return props.of.map((it, index) => (it.met ? <mark key={index}>{it.text}</mark> : <span key={index}>{it.text}</span>));
}

export function Marked(props: { readonly text: string; readonly typed: string; readonly whole?: boolean }): ReactNode {
  if (props.whole) return <mark>{props.text}</mark>;
  return props.typed ? <Pieces of={marked(props.text, props.typed)} /> : props.text;
}

export function MarkedNumber(props: { readonly number: string; readonly typed: string }): ReactNode {
  const shown = phoneNumber(props.number);
  return props.typed ? <Pieces of={markedNumber(shown, props.typed)} /> : shown;
}
