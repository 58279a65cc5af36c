/** Texts of fields for dates and times. */
import { addTexts } from "@/i18n";
import en from "./en.json";
import zhCN from "./zh-CN.json";

addTexts({ "zh-CN": zhCN, en });
