import assert from "node:assert/strict";
import fc from "fast-check";
import { sql } from "kysely";
import { addComment } from "../comments/write-comment.ts";
import type { Db } from "../database/open.ts";
import { reinstateAccount, suspendAccount } from "../moderation/moderate-accounts.ts";
import { hidePaper, showPaper } from "../moderation/moderate-papers.ts";
import { morning, onEachDatabase, sampleAccount, samplePaper } from "../testing.ts";
import { unvote, vote } from "../votes/vote.ts";
import { changedSince } from "./changes.ts";
import { filledDays } from "./feed-days.ts";
import { feedPage } from "./feed-page.ts";
import { listPaper } from "./list-paper.ts";
import { setRoom } from "./set-room.ts";
import { upsertPapers } from "./upsert-papers.ts";

const ids = Array.from({ length: 6 }, (_, i) => `2409.0000${i}`);
const by = "operator";
const now = morning;

type Work = (db: Db, paperId: string, accountId: string) => Promise<unknown>;

const works: readonly Work[] = [
  (db, paperId, accountId) => vote(db, { paperId, accountId, now }),
  (db, paperId, accountId) => unvote(db, { paperId, accountId }),
  (db, paperId, accountId) => addComment(db, { paperId, accountId, body: "x", now }),
  (db, paperId) => hidePaper(db, { by, paperId, reason: "x", now }),
  (db, paperId) => showPaper(db, { by, paperId, now }),
  (db, _, accountId) => suspendAccount(db, { by, accountId, reason: "x", withVotes: true, now }),
  (db, _, accountId) => reinstateAccount(db, { by, accountId, now }),
  (db, paperId, accountId) =>
    setRoom(db, {
      paperId,
      slug: "s",
      summary: "s",
      topics: [accountId.slice(-1)],
      runsInBrowser: accountId.slice(-1) < "8",
    }),
  (db, _, accountId) =>
    upsertPapers(
      db,
      ids.map((id) => samplePaper(id, { categories: [accountId.slice(-1)] })),
    ),
  (db) => changedSince(db, 0, 100),
];

onEachDatabase(
  "many at once: nobody waits in a circle, and all counts are right",
  async ({ db }) => {
    await upsertPapers(
      db,
      ids.map((id) => samplePaper(id)),
    );
    for (const paperId of ids) await listPaper(db, { paperId, now });
    const accounts: string[] = [];
    for (let i = 0; i < 10; i++) accounts.push(await sampleAccount(db, `reader-${i}`));
    const step = fc.tuple(
      fc.constantFrom(...works),
      fc.constantFrom(...ids),
      fc.constantFrom(...accounts),
    );
    const turns = fc.sample(step, { numRuns: 240, seed: 7 });
    const one = async (start: number) => {
      for (let i = start; i < turns.length; i += 8) {
        const [work, paperId, accountId] = turns[i]!;
        try {
          await work(db, paperId, accountId);
        } catch (error) {
          // Hidden papers and suspended accounts are refused; a deadlock is not.
          assert.match(String((error as { code?: unknown }).code), /^ERR_(?:NOT_FOUND|FORBIDDEN)$/);
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, i) => one(i)));

    const { rows } = await sql`
    select id from papers where votes <> (select count(*) from votes where paper_id = papers.id)
      or comment_count <> (select count(*) from comments where paper_id = papers.id)`.execute(db);
    assert.deepEqual(rows, []);
    const { items } = await feedPage(db, { sort: "newest", limit: 50, offset: 0 });
    const days = await filledDays(db);
    assert.equal(
      days.reduce((sum, { papers }) => sum + papers, 0),
      items.length,
    );
  },
);
