import { createHash, randomUUID } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Database, migrate, overPglite } from "../database/open.ts";
import { PglitePool } from "../database/pglite-pool.ts";
import { emptied } from "./emptied.ts";

const idle: Database[] = [];

/**
 * An empty embedded database in memory. It begins from an archive in which the tables are made,
 * kept in the temporary folder for as long as the migrations and PGlite stay the same.
 */
export async function embeddedDatabase(): Promise<Database> {
  const database =
    idle.pop() ?? overPglite(new PglitePool({ dataDir: null, archive: await archive() }));
  return {
    ...database,
    close: async () => {
      await emptied(database);
      idle.push(database);
    },
  };
}

let made: Promise<string> | undefined;
const archive = () => (made ??= prepare());

async function prepare(): Promise<string> {
  const folder = join(tmpdir(), `daily-kernel-test-${process.getuid?.() ?? "user"}`);
  const file = join(folder, `${fingerprint()}.tar`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pool = new PglitePool({ dataDir: null });
  const database = overPglite(pool);
  await migrate(database.db);
  const partial = `${file}.${randomUUID()}`;
  await pool.archive(partial);
  await database.close();
  // Other test processes may do the same at the same moment: the last one's file stays.
  renameSync(partial, file);
  return file;
}

/** Changes with the migrations and with PGlite. */
function fingerprint(): string {
  const hash = createHash("sha256");
  const sources = dirname(import.meta.dirname);
  for (const file of globSync("database/migrations/*", { cwd: sources }).sort()) {
    hash.update(readFileSync(join(sources, file)));
  }
  const require = createRequire(import.meta.url);
  hash.update(
    readFileSync(join(dirname(require.resolve("@electric-sql/pglite")), "../package.json")),
  );
  return hash.digest("hex").slice(0, 16);
}
