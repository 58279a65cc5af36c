/** An article's text: the server's tree of known kinds as elements. Nothing of it is ever taken as HTML. */
import type { ArticleNode } from "@huying/api";
import { createElement, Fragment, type ReactNode } from "react";
import css from "./Knowledge.module.css";

const TAGS: Readonly<Record<string, string>> = {
  paragraph: "p",
  list: "ul",
  numbered: "ol",
  item: "li",
  quote: "blockquote",
  code_block: "pre",
  strong: "strong",
  emphasis: "em",
  code: "code",
  row: "tr",
  head_cell: "th",
  cell: "td",
};
const SAFE = /^(https?:\/\/|mailto:|tel:)/i;

function element(node: ArticleNode, key: number): ReactNode {
  const inner = node.children.map(element);
  if (node.kind === "text") return <Fragment key={key}>{node.text}</Fragment>;
  if (node.kind === "break") return <br key={key} />;
  if (node.kind === "rule") return <hr key={key} />;
  if (node.kind === "heading") return createElement(`h${Math.min(node.level + 2, 6)}`, { key }, ...inner);
  if (node.kind === "table") {
    return (
      <div key={key} className={css.table} tabIndex={0} role="group">
        <table>
          <tbody>{inner}</tbody>
        </table>
      </div>
    );
  }
  if (node.kind === "link" && SAFE.test(node.href)) {
    return (
      <a key={key} href={node.href} target="_blank" rel="noopener noreferrer nofollow">
        {inner}
      </a>
    );
  }
  const tag = TAGS[node.kind];
  return tag ? createElement(tag, { key }, ...inner) : <Fragment key={key}>{inner}</Fragment>;
}

export function RichText(props: { readonly nodes: readonly ArticleNode[]; readonly language: string }): ReactNode {
  return (
    <div className={css.text} lang={props.language}>
      {props.nodes.map(element)}
    </div>
  );
}
