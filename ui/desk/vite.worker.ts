/** Builds the service worker beside the desk: one file at /sw.js that knows by name and hash what belongs to the shell. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformWithOxc, type Plugin, type Rollup } from "vite";

const SOURCE = fileURLToPath(new URL("./worker/sw.ts", import.meta.url));
const ALWAYS = ["/huying.svg", "/icon-192.png", "/manifest.webmanifest", "/manifest.en.webmanifest"];

/** The entry and all that it cannot do without. */
function begun(bundle: Rollup.OutputBundle): string[] {
  const found = new Set<string>();
  const follow = (name: string): void => {
    const chunk = bundle[name];
    if (found.has(name) || chunk?.type !== "chunk") return;
    found.add(name);
    for (const style of (chunk as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? []) found.add(style);
    chunk.imports.forEach(follow);
  };
  for (const chunk of Object.values(bundle)) if (chunk.type === "chunk" && chunk.isEntry) follow(chunk.fileName);
  return [...found].sort();
}

export function shellWorker(): Plugin {
  return {
    name: "huying-shell-worker",
    apply: "build",
    async writeBundle(options, bundle) {
      const folder = options.dir ?? "dist";
      const files = ["/", ...begun(bundle).map((it) => `/${it}`), ...ALWAYS];
      const hash = createHash("sha256").update(JSON.stringify(files)).update(readFileSync(join(folder, "index.html"))).update(readFileSync(SOURCE));
      const shell = { version: hash.digest("hex").slice(0, 16), files };
      const { code } = await transformWithOxc(readFileSync(SOURCE, "utf8"), SOURCE);
      writeFileSync(join(folder, "sw.js"), `const SHELL = ${JSON.stringify(shell)};\n${code.replace(/^export \{\};?$/m, "")}`);
    },
  };
}
