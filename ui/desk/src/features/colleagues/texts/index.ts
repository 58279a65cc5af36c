/** The texts of messages between colleagues, notices and requests for help. */
import { addTexts } from "@/i18n";
import en from "./en.json";
import zhCN from "./zh-CN.json";

addTexts({ "zh-CN": zhCN, en });
