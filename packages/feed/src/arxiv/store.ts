import type { Db } from "../database/open.ts";
import { nextRevision } from "../database/revision.ts";
import { inTransaction } from "../database/transaction.ts";
import { listPaper } from "../papers/list-paper.ts";
import type { PaperInput } from "../papers/paper-input.ts";
import { upsertPapers } from "../papers/upsert-papers.ts";
import { parseArxivId } from "./id.ts";

/** A paper, and when it was announced if it is to enter the feed. */
export interface Found {
  readonly paper: PaperInput;
  readonly listAt: Date | null;
}

export interface Stored {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly listed: number;
}

/** Papers in one transaction: readers wait no longer than that takes on a database of one line. */
const batch = 100;

/**
 * Writes papers and lists those that enter the feed. `settle` runs in the transaction of the last
 * ones, so that what it keeps (a cursor) is true exactly if all of them are there; after a crash
 * before that the same papers come again, and the second time changes nothing.
 */
export async function store(
  db: Db,
  found: readonly Found[],
  settle: (trx: Db) => Promise<void> = async () => {},
): Promise<Stored> {
  const sum = { added: 0, changed: 0, same: 0, listed: 0 };
  for (let start = 0; ; start += batch) {
    const some = found.slice(start, start + batch);
    const last = start + batch >= found.length;
    await inTransaction(db, async (trx) => {
      const { added, changed, same } = await upsertPapers(
        trx,
        some.map(({ paper }) => paper),
      );
      const listed = await listAll(trx, some);
      if (last) await settle(trx);
      sum.added += added.length;
      sum.changed += changed.length;
      sum.same += same;
      sum.listed += listed;
    });
    if (last) return sum;
  }
}

async function listAll(trx: Db, found: readonly Found[]): Promise<number> {
  let listed = 0;
  const wanted = new Map(found.map(({ paper, listAt }) => [paper.id, listAt]));
  const rows = await trx
    .selectFrom("papers")
    .select("id")
    .where("id", "in", ["", ...wanted.keys()])
    .where("listed_at", "is", null)
    .where("withdrawn_at", "is", null)
    .orderBy("id")
    .execute();
  for (const { id } of rows) {
    const now = wanted.get(id);
    if (now && (await listPaper(trx, { paperId: id, now }))) listed++;
  }
  return listed;
}

/** Marks papers whose records arXiv deleted as withdrawn; what readers wrote about them stays. */
export async function markDeleted(
  trx: Db,
  deleted: readonly { readonly id: string; readonly changed: string }[],
): Promise<number> {
  let marked = 0;
  for (const { id, changed } of deleted) {
    const at = new Date(changed);
    if (Number.isNaN(at.getTime())) continue;
    const { numUpdatedRows } = await trx
      .updateTable("papers")
      .set({ withdrawn_at: at, revision: nextRevision })
      .where("id", "=", canonical(id))
      .where("withdrawn_at", "is", null)
      .executeTakeFirst();
    marked += Number(numUpdatedRows);
  }
  return marked;
}

function canonical(id: string): string {
  try {
    return parseArxivId(id).id;
  } catch {
    return "";
  }
}
