import assert from "node:assert/strict";
import type { Db } from "../database/open.ts";
import { auditLog } from "../moderation/audit.ts";
import {
  dismissReports,
  hideComment,
  reports,
  restoreComment,
} from "../moderation/moderate-comments.ts";
import { getPaper } from "../papers/get-paper.ts";
import { listPaper } from "../papers/list-paper.ts";
import { upsertPapers } from "../papers/upsert-papers.ts";
import { hoursAfter, morning, onEachDatabase, sampleAccount, samplePaper } from "../testing.ts";
import { listComments } from "./list-comments.ts";
import {
  addComment,
  commentEdits,
  deleteComment,
  editComment,
  reportComment,
} from "./write-comment.ts";

const paperId = "2409.00001";

async function talk(db: Db) {
  await upsertPapers(db, [samplePaper(paperId), samplePaper("2409.00002")]);
  await listPaper(db, { paperId, now: morning });
  const ann = await sampleAccount(db, "ann");
  const bob = await sampleAccount(db, "bob");
  const mod = await sampleAccount(db, "mod", { role: "moderator" });
  let hours = 0;
  const say = async (accountId: string, body: string, parentId: string | null = null) =>
    (
      await addComment(db, {
        paperId,
        accountId,
        parentId,
        body,
        now: hoursAfter(morning, ++hours),
      })
    ).id;
  const outline = async (viewer: "reader" | "moderator" = "reader") =>
    (await listComments(db, paperId, { viewer: { role: viewer } })).map(
      ({ depth, state, author, body }) =>
        `${"  ".repeat(depth)}${author?.name ?? "-"}: ${state === "visible" ? body : `${state} ${body}`}`,
    );
  return { ann, bob, mod, say, outline };
}

onEachDatabase("a thread is listed with replies under what they answer", async ({ db }) => {
  const { ann, bob, say, outline } = await talk(db);
  const one = await say(ann, "one");
  const two = await say(bob, "two");
  await say(bob, "one, one", one);
  await say(ann, "two, one", two);
  const deep = await say(ann, "one, two", one);
  await say(bob, "one, two, one", deep);
  assert.deepEqual(await outline(), [
    "ann: one",
    "  bob: one, one",
    "  ann: one, two",
    "    bob: one, two, one",
    "bob: two",
    "  ann: two, one",
  ]);
  assert.equal((await getPaper(db, paperId))?.commentCount, 6);
});

onEachDatabase("comments warm a paper by two an author, however many there are", async ({ db }) => {
  const { ann, bob, say } = await talk(db);
  const heat = async () => (await getPaper(db, paperId))!.heatDay;
  await say(ann, "first");
  const once = await heat();
  const t = morning.getTime() / 86_400_000;
  assert.ok(Math.abs(once - (t + Math.log2(1 + 2 * 2 ** (1 / 24)))) < 1e-9);
  const second = await say(ann, "again");
  assert.equal(await heat(), once);
  const third = await say(bob, "me too");
  assert.ok((await heat()) > once);
  await deleteComment(db, { paperId, commentId: third, accountId: bob, now: morning });
  await deleteComment(db, { paperId, commentId: second, accountId: ann, now: morning });
  assert.equal(await heat(), once);
});

onEachDatabase("a deleted comment leaves its place to its replies, and no text", async ({ db }) => {
  const { ann, bob, say, outline } = await talk(db);
  const one = await say(ann, "regretted");
  await editComment(db, {
    paperId,
    commentId: one,
    accountId: ann,
    body: "regretted too",
    now: morning,
  });
  const reply = await say(bob, "reply", one);
  await deleteComment(db, { paperId, commentId: one, accountId: ann, now: morning });
  assert.deepEqual(await outline("moderator"), ["-: deleted ", "  bob: reply"]);
  assert.deepEqual(await commentEdits(db, { paperId, commentId: one }), []);
  const rows = await db.selectFrom("comments").select("body").execute();
  assert.ok(rows.every(({ body }) => !body.includes("regretted")));
  await assert.rejects(say(bob, "late", one), { code: "ERR_CONFLICT" });
  await deleteComment(db, { paperId, commentId: reply, accountId: bob, now: morning });
  assert.deepEqual(await outline(), []);
  assert.equal((await getPaper(db, paperId))?.commentCount, 0);
  await assert.rejects(
    deleteComment(db, { paperId, commentId: reply, accountId: bob, now: morning }),
    { code: "ERR_CONFLICT" },
  );
});

onEachDatabase(
  "an edit replaces the text, keeps the old one, and is the author's alone",
  async ({ db }) => {
    const { ann, bob, say } = await talk(db);
    const commentId = await say(ann, "frist");
    const edit = (body: string, accountId = ann) =>
      editComment(db, { paperId, commentId, accountId, body, now: hoursAfter(morning, 5) });
    await edit("first");
    await edit("first!");
    await edit("first!");
    const [comment] = await listComments(db, paperId);
    assert.equal(comment?.body, "first!");
    assert.ok(comment?.editedAt && comment.editedAt >= hoursAfter(morning, 5));
    const old = await commentEdits(db, { paperId, commentId });
    assert.deepEqual(
      old.map(({ body }) => body),
      ["frist", "first"],
    );
    await assert.rejects(edit("mine now", bob), { code: "ERR_FORBIDDEN" });
    await assert.rejects(edit("  \u0000 "), { code: "ERR_INPUT" });
    await assert.rejects(edit("x".repeat(10_001)), { code: "ERR_INPUT" });
  },
);

onEachDatabase("reports reach the moderator, who hides, restores or dismisses", async ({ db }) => {
  const { ann, bob, mod, say, outline } = await talk(db);
  const bad = await say(ann, "buy now");
  await say(bob, "no", bad);
  const report = (commentId: string, accountId: string, reason: string) =>
    reportComment(db, { paperId, commentId, accountId, reason, now: morning });
  await report(bad, bob, "advertisement");
  await report(bad, bob, "advertisement again");
  await report(bad, mod, "yes");
  const [open, ...others] = await reports(db, { limit: 10 });
  assert.equal(others.length, 0);
  assert.equal(open?.author, "ann");
  assert.deepEqual(
    open?.reports.map(({ by, reason }) => [by, reason]),
    [
      ["bob", "advertisement"],
      ["mod", "yes"],
    ],
  );

  const by = { accountId: mod };
  await hideComment(db, { by, paperId, commentId: bad, reason: "advertisement", now: morning });
  assert.deepEqual(await outline(), ["-: hidden ", "  bob: no"]);
  assert.deepEqual(await outline("moderator"), ["ann: hidden buy now", "  bob: no"]);
  assert.equal((await getPaper(db, paperId))?.commentCount, 1);
  assert.deepEqual(await reports(db, { limit: 10 }), []);
  await restoreComment(db, { by, paperId, commentId: bad, now: hoursAfter(morning, 1) });
  assert.deepEqual(await outline(), ["ann: buy now", "  bob: no"]);

  await report(bad, ann, "I regret it");
  await dismissReports(db, { by, paperId, commentId: bad, now: hoursAfter(morning, 2) });
  assert.deepEqual(await reports(db, { limit: 10 }), []);
  const log = await auditLog(db, { limit: 2 });
  assert.deepEqual(
    log.items.map(({ action, actor, subject }) => [action, actor?.name, subject]),
    [
      ["comment.dismiss-reports", "mod", `comment:${paperId}:${bad}`],
      ["comment.restore", "mod", `comment:${paperId}:${bad}`],
    ],
  );
  const older = await auditLog(db, { limit: 2, before: log.next! });
  assert.deepEqual(
    older.items.map(({ action, detail }) => [action, detail]),
    [["comment.hide", { reason: "advertisement" }]],
  );
  assert.equal(older.next, null);
  await assert.rejects(auditLog(db, { limit: 2, before: "yesterday" }), { code: "ERR_INPUT" });
});

onEachDatabase(
  "who is no moderator moderates nothing, and nothing is written down",
  async ({ db }) => {
    const { ann, bob, say, outline } = await talk(db);
    const commentId = await say(ann, "one");
    const by = { accountId: bob };
    await assert.rejects(
      hideComment(db, { by, paperId, commentId, reason: "envy", now: morning }),
      { code: "ERR_FORBIDDEN" },
    );
    await assert.rejects(
      hideComment(db, { by: "operator", paperId, commentId: "nothing", reason: "x", now: morning }),
      { code: "ERR_NOT_FOUND" },
    );
    assert.deepEqual(await outline(), ["ann: one"]);
    assert.deepEqual((await auditLog(db, { limit: 5 })).items, []);
  },
);

onEachDatabase("a reply stays on its own paper, a comment on a visible one", async ({ db }) => {
  const { ann, say } = await talk(db);
  const one = await say(ann, "one");
  const elsewhere = { paperId: "2409.00002", accountId: ann, body: "?", now: morning };
  await assert.rejects(addComment(db, { ...elsewhere, parentId: one }), { code: "ERR_NOT_FOUND" });
  await assert.rejects(addComment(db, { ...elsewhere, paperId: "2409.99999" }), {
    code: "ERR_NOT_FOUND",
  });
  await assert.rejects(addComment(db, { ...elsewhere, accountId: "0".repeat(24) }), {
    code: "ERR_UNAUTHENTICATED",
  });
});

onEachDatabase(
  "a thread of a thousand replies, one under the other, is no trouble",
  async ({ db }) => {
    const { ann } = await talk(db);
    const rows = Array.from({ length: 1000 }, (_, i) => ({
      paper_id: paperId,
      id: String(i).padStart(24, "0"),
      parent_id: i === 0 ? null : String(i - 1).padStart(24, "0"),
      account_id: ann,
      body: `${i}`,
      created_at: morning,
    }));
    await db.insertInto("comments").values(rows).execute();
    const thread = await listComments(db, paperId);
    assert.equal(thread.length, 1000);
    assert.equal(thread.at(-1)?.depth, 999);
  },
);
