import { sql } from "kysely";
import type { Db } from "../database/open.ts";

/**
 * In which state readers see the papers: a text that changes with every change, for caches. It holds
 * the largest revision and the sum of the largest thousand: transactions need not end in the order
 * of their revisions, and one that ends late makes the sum grow. It waits for no writer.
 */
export async function feedState(db: Db): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select concat(max(revision), '.', sum(revision)) as state from (
      select revision from papers order by revision desc limit 1000
    ) as latest`.execute(db);
  return rows[0]?.state ?? "";
}
