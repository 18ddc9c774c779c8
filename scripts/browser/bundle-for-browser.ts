import { build } from "vite";

/**
 * Bundles the TypeScript module `entry` (an absolute path) and all that it imports into one ES
 * module, as a Vite application would, and returns its text.
 */
export async function bundleForBrowser(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      target: "esnext",
      modulePreload: false,
      rolldownOptions: { input: entry, output: { codeSplitting: false } },
    },
  });
  const bundles = Array.isArray(result) ? result : [result];
  for (const bundle of bundles) {
    if (!("output" in bundle)) continue;
    const chunk = bundle.output.find((part) => part.type === "chunk" && part.isEntry);
    if (chunk?.type === "chunk") return chunk.code;
  }
  throw new Error(`bundleForBrowser: no entry came out of ${entry}`);
}
