import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

const folder = (): string =>
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "daily-kernel", "forge", "truth");

const fileOf = (key: readonly string[]): string => {
  const hash = createHash("sha256").update(JSON.stringify(key)).digest("hex");
  return join(folder(), hash.slice(0, 2), `${hash}.json`);
};

/** What was kept under `key`, or undefined. */
export async function recall(key: readonly string[]): Promise<unknown> {
  try {
    return JSON.parse(await readFile(fileOf(key), "utf8"));
  } catch {
    return undefined; // never kept, or damaged: it is computed again
  }
}

/** Keeps a value; a reader never sees half of it. */
export async function keep(key: readonly string[], value: unknown): Promise<void> {
  const file = fileOf(key);
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.${crypto.randomUUID()}`;
  await writeFile(part, JSON.stringify(value));
  await rename(part, file);
}
