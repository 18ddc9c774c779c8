import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const site = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const builds = join(site, "build");
/** Older builds that are kept, since a server may still be reading them. */
const kept = 2;

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

function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the site did not build:\n${stdout}${stderr}`);
}

function removeOldBuilds(): void {
  const byAge = globSync("*", { cwd: builds })
    .map((name) => join(builds, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const folder of byAge.slice(1 + kept)) rmSync(folder, { recursive: true, force: true });
}

/**
 * Does the work while no other process does: two builds at once would take each other's files away.
 * A lock whose process is gone is nobody's.
 */
function alone(work: () => void): void {
  const lock = join(site, ".svelte-kit", "build.lock");
  mkdirSync(join(site, ".svelte-kit"), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      if (!isHeld(lock)) rmSync(lock, { force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isHeld(lock: string): boolean {
  try {
    const holder = Number(readFileSync(lock, "utf8"));
    // Without a number yet, it was made just now.
    return holder === 0 || process.kill(holder, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Builds the site unless these very sources have been built. Each state of the sources has its own
 * folder, so that a server that is running keeps its files. Returns the server's folder.
 */
export function buildIfChanged(): string {
  const folder = join(builds, hashSources().slice(0, 16));
  if (!existsSync(folder))
    alone(() => {
      if (!existsSync(folder)) build(folder);
    });
  return folder;
}

function build(folder: string): void {
  console.log("building the site, once for these sources ...");
  const unfinished = `${folder}-${process.pid}`;
  run([join(root, "scripts", "build-wasm.ts")], root);
  const vite = fileURLToPath(new URL("bin/vite.js", import.meta.resolve("vite/package.json")));
  try {
    run([vite, "build", "--logLevel", "warn"], site, { ...process.env, SITE_BUILD: unfinished });
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  removeOldBuilds();
}
