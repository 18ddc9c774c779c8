import { Migrator } from "kysely";
import { migrations } from "./migrations/index.ts";
import type { Db } from "./open.ts";

/** Brings the tables up to date. */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
