/** The sample company's page. The widget beside it is built by vite.widget.config.ts. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const server = process.env.HUYING_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/site/",
  build: { target: "es2023" },
  server: { port: 5181, proxy: { "/public": server, "/phone": { target: server, ws: true } } },
});
