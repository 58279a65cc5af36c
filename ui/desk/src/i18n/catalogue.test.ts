import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import en from "./en.json";
import zhCN from "./zh-CN.json";

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

const folders = ["../features", "../features/admin", "../parts"].map((name) => join(import.meta.dirname, name));
/** The texts that are loaded with a part of the desk. */
const later = (language: string): Map<string, string> =>
  new Map(
    folders
      .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name, "texts", `${language}.json`)))
      .filter((path) => existsSync(path))
      .flatMap((path) => [...flatten(JSON.parse(readFileSync(path, "utf8")) as Tree)]),
  );
const english = new Map([...flatten(en), ...later("en")]);
const chinese = new Map([...flatten(zhCN), ...later("zh-CN")]);
/** English has a plural form of its own; Chinese has one form for both. */
const base = (key: string): string => key.replace(/_(one|other)$/, "");
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((it) => {
    if (it.isDirectory()) return sources(join(folder, it.name));
    return /\.tsx?$/.test(it.name) && !it.name.endsWith(".test.ts") ? [readFileSync(join(folder, it.name), "utf8")] : [];
  });
}

describe("catalogues", () => {
  it("of parts that are loaded later change no text of the first", () => {
    expect([...later("en").keys()].filter((key) => flatten(en).has(key))).toEqual([]);
  });

  it("have the same keys", () => {
    expect([...new Set([...english.keys()].map(base))].sort()).toEqual([...new Set([...chinese.keys()].map(base))].sort());
  });

  it("have no empty text and the same placeholders", () => {
    for (const [key, text] of english) {
      const other = chinese.get(key) ?? chinese.get(base(key)) ?? chinese.get(`${base(key)}_other`) ?? "";
      expect(text, key).not.toBe("");
      expect(other, key).not.toBe("");
      if (!key.endsWith("_one")) expect(placeholders(other), key).toEqual(placeholders(text));
    }
  });

  it("have every text that the code asks for by name", () => {
    const known = new Set([...english.keys()].map(base));
    const asked = sources(join(import.meta.dirname, "..")).flatMap((code) => [...code.matchAll(/\bt\(\s*"([\w.-]+)"/g)].map((it) => it[1] ?? ""));
    expect(asked.filter((key) => !known.has(key))).toEqual([]);
    expect(asked.length).toBeGreaterThan(50);
  });

  it("keeps Chinese characters out of the components", () => {
    const offending = sources(join(import.meta.dirname, "..")).filter((code) => /[\u4e00-\u9fff]/.test(code.replace(/zh-CN": "中文"/, "")));
    expect(offending).toEqual([]);
  });
});
