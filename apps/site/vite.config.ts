import { fileURLToPath } from "node:url";
import adapter from "@sveltejs/adapter-node";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig, type Plugin } from "vite";
import { pageDirectives, securityHeaders } from "./src/lib/headers.ts";

/** One copy of each in the process: the one that `serve.ts` has loaded. */
const shared: Plugin = {
  name: "shared-with-the-service",
  enforce: "pre",
  applyToEnvironment: ({ name }) => name === "ssr",
  resolveId: (id) =>
    /^@daily-kernel\/(feed|service)(\/|$)/.test(id) ? { id, external: true } : undefined,
};

export default defineConfig({
  plugins: [
    shared,
    sveltekit({
      // `npm start` gives each state of the sources a folder of its own.
      adapter: adapter({ out: process.env.SITE_BUILD ?? "build" }),
      csp: { mode: "nonce", directives: pageDirectives },
      // A page that is read offline is shown at another address than its own.
      paths: { relative: false },
      // Every page registers it (client/offline.ts), also those without the framework's script.
      serviceWorker: { register: false },
    }),
  ],
  // The content-security policy lets fonts come from files only.
  build: { assetsInlineLimit: (file) => (/\.woff2?$/.test(file) ? false : undefined) },
  server: {
    headers: securityHeaders,
    fs: { allow: [fileURLToPath(new URL("../..", import.meta.url))] },
  },
  // Rooms are chunks of their own, loaded by the worker when they are run.
  worker: { format: "es" },
});
