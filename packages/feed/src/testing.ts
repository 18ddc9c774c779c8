/** Databases for tests. Node only; the published package has it for those who build on the feed. */
import { test } from "node:test";
import type { Database } from "./database/open.ts";
import { embeddedDatabase } from "./testing/embedded.ts";

/**
 * An empty database with all tables, embedded and in memory. Closing gives it back to the next
 * test of the process, emptied, since starting one takes longer than most tests.
 */
export const testDatabase = (): Promise<Database> => embeddedDatabase();

/** Registers a test that runs on the embedded database and on a Postgres server. */
export function onEachDatabase(name: string, run: (database: Database) => Promise<void>): void {
  test(`${name} (PGlite)`, async () => {
    const database = await testDatabase();
    try {
      await run(database);
    } finally {
      await database.close();
    }
  });
}
