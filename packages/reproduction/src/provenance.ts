import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { dirname, join, relative } from "node:path";
import type { RunRecord } from "./record.ts";

/** This machine, as a record names it. */
export const thisMachine = (gpu: string | null): RunRecord["machine"] => ({
  platform: `${process.platform} ${process.arch}`,
  cpu: cpus()[0]?.model.trim() || "unknown CPU",
  cores: availableParallelism(),
  runtime: `node ${process.versions.node}`,
  gpu,
});

/** The commit of the repository at `root` and whether the work tree differs from it. */
export function commitOf(root: string): Pick<RunRecord, "commit" | "dirty"> {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  try {
    const sources = [".", ":(exclude,glob)papers/*/records/**"];
    const dirty = git("status", "--porcelain", "--", ...sources).trim() !== "";
    return { commit: git("rev-parse", "HEAD").trim(), dirty };
  } catch {
    return { commit: null, dirty: false };
  }
}

interface Manifest {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** The workspace packages that a room's sources import, with all that these depend on, by name. */
function reachedPackages(root: string, sources: readonly string[]): Map<string, string> {
  const folders = new Map(
    globSync("packages/*/package.json", { cwd: root }).map((file) => {
      const folder = join(root, dirname(file));
      return [readManifest(folder).name, folder];
    }),
  );
  const reached = new Map<string, string>();
  const visit = (name: string) => {
    const folder = folders.get(name);
    if (!folder || reached.has(name)) return;
    reached.set(name, folder);
    for (const dependency of Object.keys(readManifest(folder).dependencies ?? {}))
      visit(dependency);
  };
  for (const source of sources)
    for (const [, name] of readFileSync(source, "utf8").matchAll(/from "(@[\w-]+\/[\w-]+)/g))
      visit(name!);
  return reached;
}

/** Folder of `root`, files by pattern, in a fixed order, without tests and generated code. */
const files = (folder: string, pattern: string) =>
  globSync(pattern, { cwd: folder })
    .filter((file) => !/\.(test|generated)\.ts$/.test(file))
    .sort()
    .map((file) => join(folder, file));

/** What a record says of the sources that made it. */
export interface Sources {
  /** SHA-256 over the room and every package that it reaches. */
  readonly sources: string;
  /** Versions of those packages. */
  readonly packages: Record<string, string>;
}

/**
 * Hashes the sources behind a room: when the hash changes, a record made before is stale. `root` is
 * the folder that holds `papers` and `packages`.
 */
export function sourcesOf(root: string, slug: string): Sources {
  const room = files(join(root, "papers", slug), "{*,!(records)/**/*}.{ts,json}");
  const reached = reachedPackages(root, room);
  const hash = createHash("sha256");
  const packages: Record<string, string> = {};
  for (const [name, folder] of [...reached].sort(([a], [b]) => (a < b ? -1 : 1)))
    packages[name] = readManifest(folder).version;
  const all = [...reached.values()]
    .sort()
    .flatMap((folder) => files(folder, "{src,assembly}/**/*.ts"));
  for (const file of [...room, ...all])
    hash
      .update(`${relative(root, file).replaceAll("\\", "/")}\0`)
      .update(readFileSync(file))
      .update("\0");
  return { sources: hash.digest("hex"), packages };
}
