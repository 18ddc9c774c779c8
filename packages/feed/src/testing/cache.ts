import { createHash } from "node:crypto";
import { chmodSync, globSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/**
 * Where prepared databases are kept between test processes: a folder that others may read (a server
 * runs as another user when we are root) and that only we may write.
 */
export function cacheFolder(): string {
  const user = process.getuid?.();
  const folder = join(tmpdir(), `daily-kernel-test-${user ?? "user"}`);
  mkdirSync(folder, { recursive: true });
  if (user !== undefined && statSync(folder).uid !== user) {
    throw new Error(`${folder} belongs to somebody else: remove it, or set TMPDIR`);
  }
  chmodSync(folder, 0o755);
  return folder;
}

/** Changes with the migrations, and with what else the prepared thing depends on. */
export function fingerprint(other: string): string {
  const hash = createHash("sha256").update(other);
  const sources = dirname(import.meta.dirname);
  for (const file of globSync("database/migrations/*", { cwd: sources }).sort()) {
    hash.update(readFileSync(join(sources, file)));
  }
  return hash.digest("hex").slice(0, 16);
}
