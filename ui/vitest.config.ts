import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./desk/src", import.meta.url)) } },
  test: { include: ["{desk,widget,packages/*}/{src,tests}/**/*.test.{ts,tsx}"], environment: "node" },
});
