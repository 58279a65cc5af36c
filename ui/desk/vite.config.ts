import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { ownWords } from "./vite.words";
import { shellWorker } from "./vite.worker";

const server = process.env.HUYING_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/",
  plugins: [react(), ownWords(), shellWorker()],
  resolve: { alias: {
      "@": fileURLToPath(new URL("./src", import.meta.url)),
      "@huying/desk-api/protocol": fileURLToPath(new URL("../packages/desk-api/src/protocol.ts", import.meta.url)),
    } },
  build: { target: "es2023", chunkSizeWarningLimit: 900 },
  server: {
    port: 5180,
    proxy: {
      "/api": server,
      // A page has the same name: only an upgrade goes to the server.
      "/live": { target: server, ws: true, bypass: (request) => (request.headers.upgrade ? undefined : "/index.html") },
      "/phone": { target: server, ws: true },
    },
  },
});
