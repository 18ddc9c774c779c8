import assert from "node:assert/strict";
import type { Db } from "../database/open.ts";
import { filledDays } from "../papers/feed-days.ts";
import { feedPage } from "../papers/feed-page.ts";
import { getPaper, getPapers } from "../papers/get-paper.ts";
import { listPaper } from "../papers/list-paper.ts";
import { upsertPapers } from "../papers/upsert-papers.ts";
import { morning, onEachDatabase, sampleAccount, samplePaper } from "../testing.ts";
import { vote } from "../votes/vote.ts";
import { auditLog } from "./audit.ts";
import { reinstateAccount, setRole, suspendAccount } from "./moderate-accounts.ts";
import { hidePaper, showPaper } from "./moderate-papers.ts";

const paperId = "2409.00001";
const page = { sort: "newest", limit: 10, offset: 0 } as const;

async function setUp(db: Db) {
  await upsertPapers(db, [samplePaper(paperId), samplePaper("2409.00002")]);
  await listPaper(db, { paperId, now: morning });
  await listPaper(db, { paperId: "2409.00002", now: morning });
  const mod = await sampleAccount(db, "mod", { role: "moderator" });
  const ann = await sampleAccount(db, "ann");
  return { by: { accountId: mod }, ann, mod };
}

const actions = async (db: Db) =>
  (await auditLog(db, { limit: 20 })).items.map(({ action }) => action).sort();

onEachDatabase("a hidden paper is nowhere but with moderators, and comes back", async ({ db }) => {
  const { by } = await setUp(db);
  const act = { by, paperId, now: morning };
  await hidePaper(db, { ...act, reason: "not a paper" });
  await hidePaper(db, { ...act, reason: "again" });
  assert.equal(await getPaper(db, paperId), null);
  assert.deepEqual((await getPaper(db, paperId, { role: "moderator" }))?.hiddenAt, morning);
  assert.deepEqual(
    (await getPapers(db, [paperId, "2409.00002"])).map(({ id }) => id),
    ["2409.00002"],
  );
  assert.equal((await feedPage(db, page)).total, 1);
  assert.deepEqual(await filledDays(db), [{ day: "2024-09-13", papers: 1 }]);
  await showPaper(db, act);
  await showPaper(db, act);
  assert.equal((await feedPage(db, page)).total, 2);
  assert.deepEqual(await filledDays(db), [{ day: "2024-09-13", papers: 2 }]);
  assert.deepEqual(await actions(db), ["paper.hide", "paper.show"]);
});

onEachDatabase("a paper hidden before it is listed is counted when it is shown", async ({ db }) => {
  await upsertPapers(db, [samplePaper(paperId)]);
  const act = { by: "operator", paperId, now: morning } as const;
  await hidePaper(db, { ...act, reason: "wait" });
  await listPaper(db, { paperId, now: morning });
  assert.deepEqual(await filledDays(db), []);
  await showPaper(db, act);
  assert.deepEqual(await filledDays(db), [{ day: "2024-09-13", papers: 1 }]);
});

onEachDatabase(
  "a suspended account's sessions end, its votes if they were bought",
  async ({ db }) => {
    const { by, ann } = await setUp(db);
    await vote(db, { paperId, accountId: ann, now: morning });
    await db
      .insertInto("sessions")
      .values({
        hash: "h",
        account_id: ann,
        created_at: morning,
        seen_at: morning,
        expires_at: morning,
      })
      .execute();
    const act = { by, accountId: ann, now: morning };
    await suspendAccount(db, { ...act, reason: "rude" });
    assert.deepEqual(await db.selectFrom("sessions").selectAll().execute(), []);
    assert.equal((await getPaper(db, paperId))?.votes, 1);
    await suspendAccount(db, { ...act, reason: "bought votes", withVotes: true });
    assert.equal((await getPaper(db, paperId))?.votes, 0);
    await reinstateAccount(db, act);
    await vote(db, { paperId, accountId: ann, now: morning });
    assert.deepEqual(await actions(db), [
      "account.reinstate",
      "account.suspend",
      "account.suspend",
    ]);
  },
);

onEachDatabase(
  "roles are given by moderators and the operator, and tried for in vain",
  async ({ db }) => {
    const { by, ann, mod } = await setUp(db);
    const now = morning;
    await assert.rejects(
      setRole(db, { by: { accountId: ann }, accountId: ann, role: "moderator", now }),
      {
        code: "ERR_FORBIDDEN",
      },
    );
    await assert.rejects(
      setRole(db, { by: { accountId: "0".repeat(24) }, accountId: ann, role: "moderator", now }),
      { code: "ERR_UNAUTHENTICATED" },
    );
    assert.deepEqual(await actions(db), []);
    await setRole(db, { by, accountId: ann, role: "moderator", now });
    await setRole(db, { by, accountId: ann, role: "moderator", now });
    await setRole(db, { by: { accountId: ann }, accountId: mod, role: "reader", now });
    await assert.rejects(setRole(db, { by, accountId: ann, role: "reader", now }), {
      code: "ERR_FORBIDDEN",
    });
    await assert.rejects(
      setRole(db, { by: "operator", accountId: ann, role: "king" as never, now }),
      {
        code: "ERR_INPUT",
      },
    );
    const log = await auditLog(db, { limit: 20 });
    assert.deepEqual(
      log.items.map(({ detail }) => JSON.stringify(detail)).sort(),
      ['{"to": "moderator", "from": "reader"}', '{"to": "reader", "from": "moderator"}'].map(
        (text) => JSON.stringify(JSON.parse(text)),
      ),
    );
  },
);
