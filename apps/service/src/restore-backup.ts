import { type BackupHeader, restore } from "@daily-kernel/feed/node";
import type { Config } from "./config.ts";
import { openPlace } from "./open-place.ts";

/**
 * Fills an empty database from a backup, all of it or nothing. Not through a server: one that runs
 * has rows.
 * @throws DataDirectoryInUse; FeedError as `restore`.
 */
export async function restoreBackup(
  config: Config,
  text: AsyncIterable<string | Uint8Array>,
): Promise<BackupHeader> {
  const database = await openPlace(config);
  try {
    return await restore(database.db, text);
  } finally {
    await database.close();
  }
}
