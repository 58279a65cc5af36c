/** All keys that work now. */
import { Modal } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Key, useShortcutList } from "@/parts/shortcuts";

export function HelpDialog(props: { readonly open: boolean; readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const shortcuts = useShortcutList();
  return (
    <Modal open={props.open} onCancel={props.onClose} footer={null} title={t("help.title")} width={460}>
      <dl className="facts" data-testid="help-list">
        {shortcuts.map((it) => (
          <div key={it.keys} style={{ display: "contents" }}>
            <dt>
              <Key keys={it.keys} />
            </dt>
            <dd>{t(it.label)}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{t("help.hint")}</p>
    </Modal>
  );
}
