import { createHash } from "node:crypto";
import { sql } from "kysely";
import { migrations } from "../database/migrations/index.ts";
import type { Db } from "../database/open.ts";
import { lastRevision } from "../database/revision.ts";
import { order, type TableName, tableNames } from "./tables-of-backup.ts";

/** The first line of a backup. */
export interface BackupHeader {
  readonly format: "daily-kernel-backup";
  readonly version: 1;
  /** The last migration of the database that was saved. */
  readonly migration: string;
  readonly revision: number;
  /** How many rows follow, by table. */
  readonly rows: Readonly<Record<string, number>>;
}

export const lastMigration = Object.keys(migrations).sort().at(-1)!;

/** Rows that are fetched at once. */
const batch = 500;

/**
 * Writes everything as text, a JSON value a line: a header, each row as `[table, row]`, and at the
 * end the SHA-256 of all lines before. It is one state of the database, whatever is written
 * meanwhile; the embedded database, which has one connection, lets the others wait. The queue's jobs
 * are not in it. It holds addresses and keys: keep it where nobody else reads.
 * @returns the header.
 */
export const backup = (
  db: Db,
  write: (text: string) => void | Promise<void>,
): Promise<BackupHeader> =>
  db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (trx) => {
      await sql`set local timezone to 'UTC'`.execute(trx);
      const hash = createHash("sha256");
      const put = async (lines: readonly string[]) => {
        const text = lines.map((line) => `${line}\n`).join("");
        hash.update(text);
        await write(text);
      };
      const header = await headerOf(trx);
      await put([JSON.stringify(header)]);
      for (const table of tableNames) {
        for await (const rows of rowsOf(trx, table)) {
          await put(rows.map((row) => `["${table}",${row}]`));
        }
      }
      await write(`${JSON.stringify({ sha256: hash.digest("hex") })}\n`);
      return header;
    });

async function headerOf(trx: Db): Promise<BackupHeader> {
  const rows: Record<string, number> = {};
  for (const table of tableNames) {
    const counted = await sql<{ rows: number }>`
      select count(*) as rows from ${sql.table(table)}`.execute(trx);
    rows[table] = counted.rows[0]!.rows;
  }
  return {
    format: "daily-kernel-backup",
    version: 1,
    migration: lastMigration,
    revision: await lastRevision(trx),
    rows,
  };
}

async function* rowsOf(trx: Db, table: TableName): AsyncGenerator<string[]> {
  const columns = sql.join(order[table].map((column) => sql.ref(column)));
  await sql`declare saved no scroll cursor for
    select row_to_json(t)::text as row from ${sql.table(table)} as t order by ${columns}`.execute(
    trx,
  );
  for (;;) {
    const { rows } = await sql<{ row: string }>`
      fetch ${sql.lit(batch)} from saved`.execute(trx);
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await sql`close saved`.execute(trx);
}
