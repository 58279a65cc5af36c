/** Holds people back from leaving what they have not saved: another page of the desk, a closed window, a reload. */
import { App } from "antd";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { useTexts } from "@/i18n";

let unsaved = 0;

/** Whether anything on the page would be lost by leaving it. */
export const somethingUnsaved = (): boolean => unsaved > 0;

const askBrowser = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Ask before the page is left while `dirty`. */
export function useUnsavedGuard(dirty: boolean): void {
  const { t } = useTexts();
  const { modal } = App.useApp();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (!dirty) return undefined;
    unsaved += 1;
    window.addEventListener("beforeunload", askBrowser);
    return () => {
      unsaved -= 1;
      window.removeEventListener("beforeunload", askBrowser);
    };
  }, [dirty]);
  const blocked = blocker.state === "blocked";
  useEffect(() => {
    if (!blocked) return undefined;
    const asked = modal.confirm({
      title: t("unsaved.title"),
      content: t("unsaved.hint"),
      okText: t("unsaved.leave"),
      okButtonProps: { danger: true, "data-testid": "unsaved-leave" },
      cancelText: t("unsaved.stay"),
      onOk: () => blocker.proceed(),
      onCancel: () => blocker.reset(),
    });
    return () => asked.destroy();
    // The blocker is another object at each render; what matters is that it holds somebody back.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [blocked]);
}
