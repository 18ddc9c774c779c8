import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "../database/open.ts";
import { conflictError, inputError } from "../feed-error.ts";
import { type BackupHeader, lastMigration } from "./backup.ts";
import { lines } from "./lines.ts";
import { type TableName, tableNames } from "./tables-of-backup.ts";

/** Characters of rows that are written at once. */
const batch = 1_000_000;

/**
 * Fills an empty database from a backup: all of it, or, if anything is wrong with it, nothing.
 * @throws FeedError `ERR_CONFLICT` if the database has rows, `ERR_INPUT` if the text is no backup,
 * is cut off or damaged, or was made by a newer version.
 */
export const restore = (
  db: Db,
  chunks: AsyncIterable<string | Uint8Array>,
): Promise<BackupHeader> =>
  db.transaction().execute(async (trx) => {
    await refuseRows(trx);
    await sql`set constraints all deferred`.execute(trx);
    const hash = createHash("sha256");
    const counts: Record<string, number> = {};
    const waiting = new Rows(trx);
    let header: BackupHeader | undefined;
    let sum: string | undefined;
    for await (const line of lines(chunks)) {
      if (sum !== undefined) throw inputError("restore: there is more after the backup's end");
      if (line.startsWith('{"sha256":')) {
        sum = (parsed(line) as { sha256: string }).sha256;
        continue;
      }
      hash.update(`${line}\n`);
      if (header === undefined) header = checkedHeader(line);
      else {
        const table = await waiting.add(line);
        counts[table] = (counts[table] ?? 0) + 1;
      }
    }
    if (header === undefined || sum === undefined) {
      throw inputError("restore: the backup is cut off: its last line is missing");
    }
    if (sum !== hash.digest("hex")) throw inputError("restore: the backup is damaged");
    await waiting.flush();
    for (const [table, rows] of Object.entries(header.rows)) {
      if (rows !== (counts[table] ?? 0)) {
        throw inputError(`restore: ${table} should have ${rows} rows, got ${counts[table] ?? 0}`);
      }
    }
    if (header.revision > 0) await sql`select setval('revisions', ${header.revision})`.execute(trx);
    return header;
  });

async function refuseRows(trx: Db): Promise<void> {
  for (const table of tableNames) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(trx);
    if (rows.length > 0) {
      throw conflictError(`restore: the database is not empty: ${table} has rows`);
    }
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw inputError(`restore: not a line of a backup: ${line.slice(0, 60)}`);
  }
}

function checkedHeader(line: string): BackupHeader {
  const header = parsed(line) as Partial<BackupHeader> | null;
  if (header?.format !== "daily-kernel-backup") throw inputError("restore: this is no backup");
  if (header.version !== 1 || !header.migration || header.migration > lastMigration) {
    throw inputError("restore: the backup was made by a newer version: update first");
  }
  return header as BackupHeader;
}

/** Rows of one table after another, written many at a time. */
class Rows {
  readonly #trx: Db;
  #table: TableName | undefined;
  #rows: string[] = [];
  #characters = 0;

  constructor(trx: Db) {
    this.#trx = trx;
  }

  /** @returns the row's table. */
  async add(line: string): Promise<TableName> {
    const name = /^\["([a-z_]+)",/.exec(line)?.[1];
    const table = tableNames.find((one) => one === name);
    if (!table || !line.endsWith("]")) {
      throw inputError(`restore: not a line of a backup: ${line.slice(0, 60)}`);
    }
    if (table !== this.#table || this.#characters > batch) await this.flush();
    this.#table = table;
    const row = line.slice(table.length + 4, -1);
    this.#rows.push(row);
    this.#characters += row.length;
    return table;
  }

  async flush(): Promise<void> {
    const [first] = this.#rows;
    if (!this.#table || first === undefined) return;
    // Columns that an older backup does not know keep their defaults.
    const columns = sql.join(Object.keys(parsed(first) as object).map((column) => sql.ref(column)));
    const table = sql.table(this.#table);
    await sql`
      insert into ${table} (${columns})
      select ${columns} from json_populate_recordset(
        null::${table}, ${`[${this.#rows.join(",")}]`}::json)`.execute(this.#trx);
    this.#rows = [];
    this.#characters = 0;
  }
}
