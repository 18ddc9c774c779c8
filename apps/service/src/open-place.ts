import { join } from "node:path";
import { type Database, DataDirectoryInUse, openDatabase } from "@daily-kernel/feed/node";
import type { Config } from "./config.ts";
import { readServerFile } from "./control/server-file.ts";

/**
 * Opens the database that a configuration names.
 * @throws DataDirectoryInUse if another process has the directory, saying which.
 */
export async function openPlace({ databaseUrl, dataDirectory }: Config): Promise<Database> {
  if (databaseUrl !== null) return openDatabase({ url: databaseUrl });
  try {
    return await openDatabase({ directory: join(dataDirectory, "database") });
  } catch (error) {
    const owner = error instanceof DataDirectoryInUse && readServerFile(dataDirectory);
    if (!owner) throw error;
    throw new DataDirectoryInUse(
      `process ${owner.pid}, which serves ${owner.site}, has ${dataDirectory} open: stop it, or choose another folder with DAILY_KERNEL_DIR`,
    );
  }
}
