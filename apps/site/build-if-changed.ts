import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const site = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const stamp = join(site, "build", "sources.sha256");

/** All that goes into the build, by content: a fresh checkout of the same sources is no change. */
function hashSources(): string {
  const inputs = globSync(
    [
      "apps/site/{src,static}/**/*",
      "apps/site/{vite.config,serve,build-if-changed}.ts",
      "apps/site/package.json",
      "packages/*/{src,assembly}/**/*",
      "packages/*/package.json",
      "papers/*/*",
      "package-lock.json",
    ],
    { cwd: root, withFileTypes: true },
  )
    .filter((entry) => entry.isFile() && !/\.test\.ts$|\.generated\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash("sha256");
  for (const file of inputs) hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function run(args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`the site did not build:\n${stdout}${stderr}`);
}

/** Builds the site unless it was built from these very sources. Returns the folder of the server. */
export function buildIfChanged(): string {
  const hash = hashSources();
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== hash) {
    console.log("building the site, once for these sources ...");
    run([join(root, "scripts", "build-wasm.ts")], root);
    const vite = fileURLToPath(new URL("bin/vite.js", import.meta.resolve("vite/package.json")));
    run([vite, "build", "--logLevel", "warn"], site);
    writeFileSync(stamp, hash);
  }
  return join(site, "build");
}
