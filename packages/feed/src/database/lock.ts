import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Another process owns the data directory. */
export class DataDirectoryInUse extends Error {
  readonly code = "ERR_DATA_DIRECTORY_IN_USE";
}

/**
 * Takes a data directory for this process alone. The lock is the operating system's, on a file
 * (SQLite's, which has the same on every platform): it goes when the process ends, however it ends.
 */
export function lockDirectory(directory: string): { release(): void } {
  const lock = new DatabaseSync(join(directory, "owner.lock"), { timeout: 0 });
  try {
    lock.exec("pragma locking_mode = exclusive; begin exclusive");
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== 5) throw error;
    throw new DataDirectoryInUse(
      `another process has ${directory} open: stop it, or let it do the work`,
    );
  }
  return { release: () => lock.close() };
}
