import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { migrate } from "../database/migrate.ts";
import { overPglite } from "../database/open.ts";
import { PglitePool } from "../database/pglite-pool.ts";
import { cacheFolder, fingerprint } from "./cache.ts";
import { lender } from "./lender.ts";
import { moveInPlace } from "./postgres-binaries.ts";

/**
 * An empty embedded database in memory. It begins from an archive in which the tables are made,
 * kept in the temporary folder for as long as the migrations and PGlite stay the same.
 */
export const embeddedDatabase = lender(async () =>
  overPglite(new PglitePool({ dataDir: null, archive: await archive() })),
);

let prepared: Promise<string> | undefined;

function archive(): Promise<string> {
  prepared ??= prepare();
  return prepared;
}

async function prepare(): Promise<string> {
  const require = createRequire(import.meta.url);
  const pglite = dirname(dirname(require.resolve("@electric-sql/pglite")));
  const version = readFileSync(join(pglite, "package.json"), "utf8");
  const file = join(cacheFolder(), `${fingerprint(version)}.tar`);
  if (existsSync(file)) return file;
  const pool = new PglitePool({ dataDir: null });
  const database = overPglite(pool);
  await migrate(database.db);
  const partial = `${file}.${process.pid}`;
  await pool.archive(partial);
  await database.close();
  moveInPlace(partial, file);
  return file;
}
