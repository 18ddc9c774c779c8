import assert from "node:assert/strict";
import type { Db } from "../database/open.ts";
import { suspendAccount } from "../moderation/moderate-accounts.ts";
import { feedPage } from "../papers/feed-page.ts";
import { getPaper } from "../papers/get-paper.ts";
import { listPaper } from "../papers/list-paper.ts";
import { upsertPapers } from "../papers/upsert-papers.ts";
import { hoursAfter, morning, onEachDatabase, sampleAccount, samplePaper } from "../testing.ts";
import { type HeatEvent, heat } from "../trending/formulas.ts";
import { removeVotes, unvote, vote, votedPapers } from "./vote.ts";

const ids = ["2409.00001", "2409.00002", "2409.00003"] as const;
const [first, second] = ids;

async function threePapers(db: Db): Promise<void> {
  await upsertPapers(
    db,
    ids.map((id) => samplePaper(id)),
  );
  for (const paperId of ids) await listPaper(db, { paperId, now: morning });
}

const heats = async (db: Db, id: string) => {
  const paper = (await getPaper(db, id))!;
  return [paper.heatDay, paper.heatWeek] as const;
};

const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a} and ${b}`);

onEachDatabase(
  "a vote counts once, and the database computes what the formula says",
  async ({ db }) => {
    await threePapers(db);
    const events: HeatEvent[] = [{ at: morning, weight: 1 }];
    for (const i of [1, 2, 3, 4, 5]) {
      const accountId = await sampleAccount(db, `reader-${i}`);
      const now = hoursAfter(morning, 7 * i);
      assert.deepEqual(await vote(db, { paperId: first, accountId, now }), {
        votes: i,
        voted: true,
      });
      assert.deepEqual(await vote(db, { paperId: first, accountId, now: hoursAfter(now, 50) }), {
        votes: i,
        voted: true,
      });
      events.push({ at: now, weight: 1 });
      const [day, week] = await heats(db, first);
      near(day, heat(events, 24, hoursAfter(morning, 100)));
      near(week, heat(events, 72, hoursAfter(morning, 100)));
    }
  },
);

onEachDatabase("vote and unvote leave the score as it was, bit for bit", async ({ db }) => {
  await threePapers(db);
  const [a, b, c] = await Promise.all(["ann", "bob", "cyd"].map((name) => sampleAccount(db, name)));
  await vote(db, { paperId: first, accountId: a!, now: hoursAfter(morning, 1) });
  await vote(db, { paperId: first, accountId: b!, now: hoursAfter(morning, 30) });
  const before = await heats(db, first);
  await vote(db, { paperId: first, accountId: c!, now: hoursAfter(morning, 31) });
  assert.ok((await heats(db, first))[0] > before[0]);
  assert.deepEqual(await unvote(db, { paperId: first, accountId: c! }), { votes: 2, voted: false });
  assert.deepEqual(await heats(db, first), before);
  assert.deepEqual(await unvote(db, { paperId: first, accountId: c! }), { votes: 2, voted: false });
});

onEachDatabase("a vote from the future weighs no more than one of now", async ({ db }) => {
  await threePapers(db);
  const [a, b] = await Promise.all(["ann", "bob"].map((name) => sampleAccount(db, name)));
  await vote(db, { paperId: first, accountId: a!, now: new Date("2300-01-01T00:00:00Z") });
  await vote(db, { paperId: second, accountId: b!, now: new Date() });
  const [ahead] = await heats(db, first);
  const [honest] = await heats(db, second);
  // The two differ by the time between them, at most a few minutes of a slow machine.
  assert.ok(Math.abs(ahead - honest) < 0.02, `${ahead} and ${honest}`);
});

onEachDatabase("50 votes at once are 50 votes", async ({ db }) => {
  await threePapers(db);
  const accounts = await Promise.all(
    Array.from({ length: 50 }, (_, i) => sampleAccount(db, `reader-${i}`)),
  );
  await Promise.all(
    accounts.map((accountId) => vote(db, { paperId: first, accountId, now: morning })),
  );
  const paper = await getPaper(db, first);
  assert.equal(paper?.votes, 50);
  near(paper?.heatDay ?? 0, morning.getTime() / 3_600_000 / 24 + Math.log2(51));
  await Promise.all(accounts.map((accountId) => unvote(db, { paperId: first, accountId })));
  assert.equal((await getPaper(db, first))?.votes, 0);
});

onEachDatabase("votes order the feed, ties go by id", async ({ db }) => {
  await threePapers(db);
  const order = async () =>
    (await feedPage(db, { sort: "trending-day", limit: 10, offset: 0 })).items.map(({ id }) => id);
  assert.deepEqual(await order(), ids.toReversed());
  const accountId = await sampleAccount(db, "ann");
  await vote(db, { paperId: second, accountId, now: hoursAfter(morning, 1) });
  assert.deepEqual(await order(), [ids[1], ids[2], ids[0]]);
});

onEachDatabase("a young account's vote warms less but is a vote", async ({ db }) => {
  await threePapers(db);
  const young = await sampleAccount(db, "young", { createdAt: morning });
  const old = await sampleAccount(db, "old");
  assert.equal((await vote(db, { paperId: first, accountId: young, now: morning })).votes, 1);
  assert.equal((await vote(db, { paperId: second, accountId: old, now: morning })).votes, 1);
  near((await heats(db, first))[0], morning.getTime() / 86_400_000 + Math.log2(1.25));
  near((await heats(db, second))[0], morning.getTime() / 86_400_000 + 1);
});

onEachDatabase("who may not vote, and on what", async ({ db }) => {
  await threePapers(db);
  const accountId = await sampleAccount(db, "ann");
  await assert.rejects(vote(db, { paperId: "2409.99999", accountId, now: morning }), {
    code: "ERR_NOT_FOUND",
    status: 404,
  });
  await assert.rejects(vote(db, { paperId: first, accountId: "0".repeat(24), now: morning }), {
    code: "ERR_UNAUTHENTICATED",
  });
  await suspendAccount(db, { by: "operator", accountId, reason: "spam", now: morning });
  await assert.rejects(vote(db, { paperId: first, accountId, now: morning }), {
    code: "ERR_FORBIDDEN",
  });
  assert.equal((await getPaper(db, first))?.votes, 0);
});

onEachDatabase("all votes of an account can be found and taken back", async ({ db }) => {
  await threePapers(db);
  const [a, b] = await Promise.all(["ann", "bob"].map((name) => sampleAccount(db, name)));
  for (const paperId of [first, second]) await vote(db, { paperId, accountId: a!, now: morning });
  await vote(db, { paperId: first, accountId: b!, now: morning });
  assert.deepEqual(await votedPapers(db, a!, [...ids]), new Set([first, second]));
  assert.deepEqual(await votedPapers(db, a!, []), new Set());
  assert.equal(await removeVotes(db, a!), 2);
  assert.deepEqual(await votedPapers(db, a!, [...ids]), new Set());
  assert.equal((await getPaper(db, first))?.votes, 1);
  assert.equal((await getPaper(db, second))?.votes, 0);
});
