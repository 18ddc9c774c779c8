import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { lockDirectory } from "./lock.ts";
import { migrate } from "./migrate.ts";
import { PglitePool } from "./pglite-pool.ts";
import type { Tables } from "./tables.ts";
import { columnParsers } from "./types-of-columns.ts";
import { WriteCounter } from "./write-counter.ts";

/** Queries of the feed; also what a transaction hands on. */
export type Db = Kysely<Tables>;

/** Where the data is: a directory of our own, memory, or a Postgres server. */
export type Place =
  | { readonly directory: string }
  | { readonly memory: true }
  | { readonly url: string; readonly connections?: number };

/** An open database with all its tables. */
export interface Database {
  readonly db: Db;
  readonly kind: "pglite" | "postgres";
  /** Grows with every statement of this process that may have changed something. */
  writes(): number;
  /** One statement with values, or a script without, for libraries beside Kysely (the queue). */
  run(text: string, values?: readonly unknown[]): Promise<{ rows: unknown[] }>;
  close(): Promise<void>;
}

/**
 * Opens the database and brings its tables up to date. A directory is taken for this process alone.
 * @throws DataDirectoryInUse if another process has the directory.
 */
export async function openDatabase(place: Place): Promise<Database> {
  const opened = "url" in place ? openPostgres(place) : openPglite(place);
  try {
    await migrate(opened.db);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function openPglite(place: { directory: string } | { memory: true }): Database {
  if (!("directory" in place)) return overPglite(new PglitePool({ dataDir: null }));
  mkdirSync(place.directory, { recursive: true, mode: 0o700 });
  const lock = lockDirectory(place.directory);
  return overPglite(new PglitePool({ dataDir: join(place.directory, "pglite") }), lock);
}

/** A database over a PGlite that is open already, with its tables. */
export function overPglite(pool: PglitePool, lock?: { release(): void }): Database {
  const { log, writes } = new WriteCounter();
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), log });
  return {
    db,
    kind: "pglite",
    writes,
    run: (text, values) => pool.run(text, values),
    close: async () => {
      // Kysely ends the pool only if it was used.
      await db.destroy();
      await pool.end();
      lock?.release();
    },
  };
}

function openPostgres({ url, connections = 10 }: { url: string; connections?: number }): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    // Idle connections alone keep no process alive.
    allowExitOnIdle: true,
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        columnParsers[oid] ?? pg.types.getTypeParser(oid, format),
    },
  });
  // An idle connection that the server closes is replaced by the pool.
  pool.on("error", () => {});
  const { log, writes } = new WriteCounter();
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), log });
  return {
    db,
    kind: "postgres",
    writes,
    run: async (text, values) => {
      const result = await pool.query(text, values && [...values]);
      const last = Array.isArray(result) ? result.at(-1) : result;
      return { rows: last?.rows ?? [] };
    },
    close: () => db.destroy(),
  };
}

/** A JSON column's value: written as text, since drivers read a bare array as a Postgres array. */
export const json = (value: unknown) => sql<string>`${JSON.stringify(value)}::jsonb`;
