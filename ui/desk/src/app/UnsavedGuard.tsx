/** Asks before a page is left on which something is not saved. */
import { Modal } from "antd";
import type { ReactNode } from "react";
import { useBlocker } from "react-router";
import { useTexts } from "@/i18n";
import { somethingUnsaved } from "@/parts/unsaved";

export function UnsavedGuard(): ReactNode {
  const { t } = useTexts();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => somethingUnsaved() && currentLocation.pathname !== nextLocation.pathname);
  if (blocker.state !== "blocked") return null;
  return (
    <Modal
      open
      title={t("unsaved.title")}
      width={440}
      okText={t("unsaved.leave")}
      okButtonProps={{ danger: true, "data-testid": "unsaved-leave" }}
      cancelText={t("unsaved.stay")}
      onOk={() => blocker.proceed()}
      onCancel={() => blocker.reset()}
    >
      {t("unsaved.hint")}
    </Modal>
  );
}
