import { fileURLToPath } from "node:url";
import adapter from "@sveltejs/adapter-node";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";
import { pageDirectives, securityHeaders } from "./src/lib/headers.ts";

export default defineConfig({
  plugins: [
    sveltekit({
      // `npm start` gives each state of the sources a folder of its own.
      adapter: adapter({ out: process.env.SITE_BUILD ?? "build" }),
      csp: { mode: "nonce", directives: pageDirectives },
    }),
  ],
  server: {
    headers: securityHeaders,
    fs: { allow: [fileURLToPath(new URL("../..", import.meta.url))] },
  },
  // Rooms are chunks of their own, loaded by the worker when they are run.
  worker: { format: "es" },
});
