/** The texts of an agent's day, loaded with it. */
import { addTexts } from "@/i18n";
import en from "./en.json";
import zhCN from "./zh-CN.json";

addTexts({ "zh-CN": zhCN, en });
