import { fileURLToPath } from "node:url";
import type { Database } from "@daily-kernel/feed/node";
import { morning, testDatabase } from "@daily-kernel/feed/testing";
import { Catalogue } from "../catalogue/catalogue.ts";
import { openLog } from "../log.ts";
import { openMetrics } from "../metrics.ts";

/** A folder with two papers: `trial`, which runs, and `idle`, which does not. */
export const root = fileURLToPath(new URL("../../fixture", import.meta.url));

export const silent = openLog("silent");

/** Metrics that read nothing. */
export const noMetrics = () =>
  openMetrics(
    async () => ({
      jobs: [],
      mails: [],
      runs: [],
      cells: [],
      harvests: [],
      papers: 0,
      searchable: 0,
    }),
    () => 0,
  );

/** A database with the fixture's papers in the feed. */
export async function published(
  database?: Database,
): Promise<{ database: Database; catalogue: Catalogue }> {
  const opened = database ?? (await testDatabase());
  const catalogue = new Catalogue(root, opened.db);
  await catalogue.publish(morning);
  return { database: opened, catalogue };
}
