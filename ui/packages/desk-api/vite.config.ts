/** The library for other companies' pages: one classic script beside the desk, so that one line of HTML is enough. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  publicDir: false,
  build: {
    target: "es2020",
    outDir: fileURLToPath(new URL("../../desk/dist/embed", import.meta.url)),
    emptyOutDir: true,
    lib: { entry: "src/index.ts", name: "HuyingDesk", formats: ["iife"], fileName: () => "huying-desk.js" },
  },
});
