/** The texts of the softphone in other companies’ pages, and of its settings. */
import { addTexts } from "@/i18n";
import en from "./en.json";
import zhCN from "./zh-CN.json";

addTexts({ "zh-CN": zhCN, en });
