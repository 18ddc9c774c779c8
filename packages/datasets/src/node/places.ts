import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DataFile, Dataset } from "../dataset.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where this machine may keep a file. */
export interface Places {
  /** Verified files by their SHA-256; made on the first fetch. */
  readonly cacheDir: string;
  /** The user's data folder, if there is one. */
  readonly dataDir: string | undefined;
}

/** `XDG_CACHE_HOME` (or the platform's cache folder) and `DAILY_KERNEL_DATA`. */
export function defaultPlaces(env: Environment): Places {
  const cacheHome = env.XDG_CACHE_HOME || env.LOCALAPPDATA || join(homedir(), ".cache");
  return {
    cacheDir: join(cacheHome, "daily-kernel", "data"),
    dataDir: env.DAILY_KERNEL_DATA || undefined,
  };
}

/** A path where a file may lie, in words, and what to do if its bytes are wrong. */
export interface Candidate {
  readonly path: string;
  readonly kind: "cache" | "node_modules" | "data folder";
}

/** Where to look for a file, best first. */
export function candidates(
  dataset: Dataset<unknown>,
  file: DataFile,
  { cacheDir, dataDir }: Places,
): Candidate[] {
  const { from } = file;
  if ("npm" in from) {
    const inPackage = join("node_modules", from.npm.package, ...from.path.split("/"));
    const start = new Set([process.cwd(), dirname(fileURLToPath(import.meta.url))]);
    const installed = [...start].flatMap(ancestors).map((folder) => join(folder, inPackage));
    return [
      { path: join(cacheDir, file.sha256), kind: "cache" },
      ...installed.map((path) => ({ path, kind: "node_modules" as const })),
    ];
  }
  return dataDir === undefined
    ? []
    : [{ path: join(dataDir, placeInDataFolder(dataset, file)), kind: "data folder" }];
}

/** Path of a file inside the user's data folder. */
export function placeInDataFolder(dataset: Dataset<unknown>, file: DataFile): string {
  return "folder" in file.from ? file.from.folder : `${dataset.name}/${file.path}`;
}

function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
