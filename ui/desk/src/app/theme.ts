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

const LIGHT = {
  colorPrimary: "#0a6b74",
  colorInfo: "#0a6b74",
  colorLink: "#0b6d76",
  colorLinkHover: "#0a5a61",
  colorSuccess: "#176e48",
  colorWarning: "#b7791f",
  colorError: "#b5302a",
  colorPrimaryBg: "#e2f2f3",
  colorPrimaryBgHover: "#d3eaec",
  colorInfoBg: "#e2f2f3",
  controlItemBgActive: "#e2f2f3",
  controlItemBgActiveHover: "#d3eaec",
  colorBgLayout: "#f3f6f6",
  colorText: "#16211f",
  colorTextPlaceholder: "#667474",
  colorTextSecondary: "#5c6b6b",
  colorTextDescription: "#5c6b6b",
  colorBorder: "#cfd9d9",
  colorBorderSecondary: "#dfe6e6",
};

const DARK = {
  colorPrimary: "#2aa7b2",
  colorInfo: "#2aa7b2",
  colorLink: "#4cc0ca",
  colorLinkHover: "#79d3da",
  colorSuccess: "#3fb27f",
  colorWarning: "#d99a2b",
  colorError: "#e0665f",
  colorPrimaryBg: "#12343a",
  colorPrimaryBgHover: "#174249",
  colorInfoBg: "#12343a",
  controlItemBgActive: "#12343a",
  controlItemBgActiveHover: "#174249",
  colorBgLayout: "#0d1214",
  colorBgContainer: "#161d20",
  colorBgElevated: "#1d2629",
  colorText: "#e4eaeb",
  colorTextPlaceholder: "#8e9ea1",
  colorTextSecondary: "#93a3a5",
  colorTextDescription: "#93a3a5",
  colorBorder: "#39474b",
  colorBorderSecondary: "#2a3538",
};

export function antdThemeOf(mode: Mode): ThemeConfig {
  const dark = mode === "dark";
  return {
    algorithm: dark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: { ...SHARED, ...(dark ? DARK : LIGHT) },
    components: {
      // White words on a full colour need a darker one than words of that colour on a dark ground.
      ...(dark
        ? {
            Button: { colorPrimary: "#197780", colorPrimaryHover: "#1e828c", colorPrimaryActive: "#14656d", colorError: "#b2443e", colorErrorHover: "#bd504a", defaultHoverColor: DARK.colorLink, defaultHoverBorderColor: DARK.colorLink, defaultActiveColor: DARK.colorLink, defaultActiveBorderColor: DARK.colorLink },
            Tabs: { itemSelectedColor: DARK.colorLink, itemHoverColor: DARK.colorLink, itemActiveColor: DARK.colorLink },
            Dropdown: { colorPrimary: DARK.colorLink, colorError: "#ee8982" },
            Menu: { itemSelectedColor: DARK.colorLink, dangerItemColor: "#ee8982" },
          }
        : {}),
      Table: { cellPaddingBlockSM: 6, cellPaddingInlineSM: 8, headerBg: dark ? "#1b2427" : "#f7fafa", headerSplitColor: "transparent" },
      Timeline: { itemPaddingBottom: 8 },
      Form: { itemMarginBottom: 12 },
    },
  };
}
