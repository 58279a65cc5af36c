/** The calendar of every field: names of months and days in the desk's languages, and weeks that start on Monday. */
import dayjs from "dayjs";
import en from "dayjs/locale/en";
import zhCN from "dayjs/locale/zh-cn";

for (const locale of [en, zhCN]) dayjs.locale({ ...locale, weekStart: 1 }, undefined, true);

export { DatePicker } from "antd";
