/** The search field of a list; "/" goes to it. */
import { SearchOutlined } from "@ant-design/icons";
import { Input, type InputRef } from "antd";
import { useRef, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Key, useAction } from "./shortcuts";

interface SearchBoxProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder: string;
  readonly width?: number;
}

export function SearchBox(props: SearchBoxProps): ReactNode {
  const { t } = useTexts();
  const input = useRef<InputRef>(null);
  useAction("common.search", () => input.current?.focus());
  return (
    <Input
      ref={input}
      allowClear
      prefix={<SearchOutlined />}
      suffix={props.value ? null : <Key keys="/" />}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      placeholder={props.placeholder}
      aria-label={t("common.search")}
      data-testid="search"
      style={{ width: props.width ?? 260 }}
    />
  );
}
