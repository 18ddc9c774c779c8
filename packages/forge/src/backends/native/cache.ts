import { createHash } from "node:crypto";
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where compiled things lie: the user's cache, `XDG_CACHE_HOME` if it is set. */
export function cacheFolder(...below: string[]): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const folder = join(base, "daily-kernel", "forge", ...below);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** A short name for contents: 32 hexadecimal digits of SHA-256 over all parts and their lengths. */
export function hashOf(...parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest("hex").slice(0, 32);
}

let made = 0;

/** Makes a file under another name and moves it into place when whole, so that two may do it at once. */
export async function makeWhole(
  file: string,
  make: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = `${file}.${process.pid}.${made++}.part`;
  try {
    await make(temporary);
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}
