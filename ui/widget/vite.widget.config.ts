/** The embeddable widget: one classic script, so that one line of HTML is enough. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  publicDir: false,
  build: {
    target: "es2023",
    emptyOutDir: false,
    lib: {
      entry: "src/huying-widget.ts",
      name: "HuyingWidget",
      formats: ["iife"],
      fileName: () => "huying-widget.js",
    },
  },
});
