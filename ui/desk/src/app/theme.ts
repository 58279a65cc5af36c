/** Colours and sizes, for antd and (as CSS variables) for our own style sheets. */
import { theme as antdTheme, type ThemeConfig } from "antd";

export type Mode = "light" | "dark";

const SHARED = {
  fontFamily: `"Inter", "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei", system-ui, sans-serif`,
  fontSize: 13,
  borderRadius: 6,
  controlHeight: 30,
  wireframe: false,
};

export function antdThemeOf(mode: Mode): ThemeConfig {
  const dark = mode === "dark";
  return {
    algorithm: dark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      ...SHARED,
      colorPrimary: dark ? "#2aa7b2" : "#0e7c86",
      colorInfo: dark ? "#2aa7b2" : "#0e7c86",
      colorLink: dark ? "#4cc0ca" : "#0b6d76",
      colorSuccess: dark ? "#3fb27f" : "#1f8a5b",
      colorWarning: dark ? "#d99a2b" : "#b7791f",
      colorError: dark ? "#e0665f" : "#c93a33",
      colorBgBase: dark ? "#12181b" : "#ffffff",
      colorBgLayout: dark ? "#0d1214" : "#f3f6f6",
      colorTextBase: dark ? "#e4eaeb" : "#16211f",
    },
    components: {
      Table: { cellPaddingBlockSM: 6, cellPaddingInlineSM: 8 },
      Form: { itemMarginBottom: 12 },
      Card: { bodyPaddingSM: 12, headerHeightSM: 38 },
    },
  };
}
