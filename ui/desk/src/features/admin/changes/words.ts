/** How the fields and values of a thing are said: names instead of ids, deeds as sentences. */
import type { Json, LocalName } from "@huying/api";
import { useTexts } from "@/i18n";
import { useSchedules } from "@/server/hours";
import { useAgents } from "@/server/names";
import { useAllQueues, useGroups, useSkills } from "@/server/routing";

export interface Words {
  /** What is it that differs. */
  readonly label: (path: readonly string[]) => string;
  readonly value: (value: Json | undefined, path: readonly string[]) => string;
}

interface Deed {
  readonly do: string;
  readonly target?: string;
}

const isDeed = (value: unknown): value is Deed => typeof value === "object" && value !== null && "do" in value;

export function useWords(): Words {
  const { t, code, local, language } = useTexts();
  const [queues, agents, groups, skills, schedules] = [useAllQueues().data, useAgents().data, useGroups().data, useSkills().data, useSchedules().data];
  const named = (id: string): string => {
    const thing: { readonly name: LocalName } | undefined = [...(groups ?? []), ...(skills ?? []), ...(queues ?? []), ...(agents ?? []), ...(schedules ?? [])].find((it) => it.id === id);
    return thing ? local(thing.name) : "";
  };
  const deed = (it: Deed): string => {
    const target = it.target ? named(it.target) || it.target : "";
    return target ? t(`deed_to.${it.do}`, { target }) : code("deed", it.do);
  };
  const said = (value: Json | undefined, path: readonly string[]): string => {
    if (value === undefined || value === null || value === "") return "–";
    if (typeof value === "boolean") return code("yes_no", String(value));
    if (typeof value === "number") return path.some((it) => it.endsWith("_seconds")) ? t("common.seconds", { count: value }) : String(value);
    if (typeof value === "string") {
      if (path[0] === "joins") return code("channel_word", value);
      const field = path.at(-1) ?? "";
      return named(value) || (code(`value_${field}`, value) === `value_${field}.${value}` ? value : code(`value_${field}`, value));
    }
    if (isDeed(value)) return deed(value);
    if (Array.isArray(value)) return (value as readonly Json[]).map((it) => said(it, path)).join(language === "en" ? ", " : "、") || "–";
    return JSON.stringify(value);
  };
  const label = (path: readonly string[]): string =>
    path
      .filter((_, depth) => depth > 0 || path[0] !== "name" || path.length === 1)
      .map((part, index, parts) => {
        const depth = index + path.length - parts.length;
        const field = path.slice(0, depth + 1).join(".");
        const known = code("field", field.replaceAll(".", "__"));
        return known === field.replaceAll(".", "__") ? named(part) || code("channel_word", part) || part : known;
      })
      .filter((it) => it !== "")
      .join(" · ");
  return { label, value: said };
}
