import { sql } from "kysely";
import { claimStates } from "../claims/claim-states.ts";
import type { Db } from "../database/open.ts";
import { fetchPapers, selectPapers } from "../papers/select-papers.ts";
import type { DigestPaper } from "./digest-paper.ts";

/** Which papers an issue holds: those listed after `from`, up to `to`, on one of the topics. */
export interface Window {
  readonly from: Date;
  readonly to: Date;
  /** All when empty. */
  readonly topics: readonly string[];
}

const within = (db: Db, { from, to, topics }: Window) => {
  const query = selectPapers(db)
    .where("papers.listed_at", ">", from)
    .where("papers.listed_at", "<=", to)
    // The same in days, for which there is an index.
    .where("papers.listed_day", ">=", from.toISOString().slice(0, 10))
    .where("papers.listed_day", "<=", to.toISOString().slice(0, 10))
    .where("papers.hidden_at", "is", null)
    .where("papers.withdrawn_at", "is", null);
  return topics.length === 0
    ? query
    : query.where(sql<boolean>`papers.topics && ${[...topics]}::text[]`);
};

/** Whether an issue would hold anything. */
export const hasPapers = async (db: Db, window: Window): Promise<boolean> =>
  (await within(db, window).clearSelect().select("papers.id").limit(1).executeTakeFirst()) !==
  undefined;

/** The issue's papers, hottest first, with their claims; at most `limit`, and how many there are. */
export async function issuePapers(
  db: Db,
  window: Window,
  kind: "daily" | "weekly",
  limit = 100,
): Promise<{ papers: DigestPaper[]; total: number }> {
  const all = within(db, window);
  const hottest = all
    .orderBy(kind === "weekly" ? "papers.heat_week" : "papers.heat_day", "desc")
    .orderBy("papers.id", "desc")
    .limit(limit);
  const papers: DigestPaper[] = [];
  for (const paper of await fetchPapers(db, hottest)) {
    const states = paper.claimCells.length > 0 ? await claimStates(db, paper.id) : [];
    papers.push({ ...paper, claimStates: states });
  }
  if (papers.length < limit) return { papers, total: papers.length };
  const counted = await all
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as("papers"))
    .executeTakeFirstOrThrow();
  return { papers, total: counted.papers };
}
