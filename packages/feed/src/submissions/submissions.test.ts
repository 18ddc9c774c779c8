import assert from "node:assert/strict";
import { getAccount } from "../accounts/account.ts";
import { addComment } from "../comments/write-comment.ts";
import type { Db } from "../database/open.ts";
import type { Role } from "../database/tables.ts";
import { getPaper } from "../papers/get-paper.ts";
import { upsertPapers } from "../papers/upsert-papers.ts";
import { hoursAfter, morning, onEachDatabase, sampleAccount, samplePaper } from "../testing.ts";
import { authorClaims, claimAuthorship } from "./author-claims.ts";
import { setLinks } from "./set-links.ts";
import { submissionRules, submitPaper } from "./submit-paper.ts";

/** It is a Friday. */
const friday = morning;
const days = (n: number) => hoursAfter(friday, 24 * n);

const addAccount = async (db: Db, { name, role }: { name: string; role?: Role }) =>
  (await getAccount(db, await sampleAccount(db, name, role && { role })))!;

const addPaper = (db: Db, id: string, publishedAt = friday) =>
  upsertPapers(db, [samplePaper(id, { publishedAt, updatedAt: publishedAt })]);

onEachDatabase("submissions follow the rules", async ({ db }) => {
  const reader = await addAccount(db, { name: "reader-1" });
  const ada = await addAccount(db, { name: "ada", role: "submitter" });
  const submit = (paperId: string, more: object = {}) =>
    submitPaper(db, { paperId, accountId: ada.id, now: friday, ...more });
  for (let i = 1; i <= 7; i++) await addPaper(db, `2409.0000${i}`);
  await addPaper(db, "2408.00001", days(-14));
  await addPaper(db, "2408.00002", days(-15.1));

  await assert.rejects(submit("2409.00001", { accountId: reader.id }), { code: "ERR_FORBIDDEN" });
  await assert.rejects(submit("2409.99999"), { code: "ERR_NOT_FOUND" });
  await assert.rejects(submit("2408.00002"), { code: "ERR_INPUT" });
  for (const weekend of [1, 2])
    await assert.rejects(submit("2409.00001", { now: days(weekend) }), { code: "ERR_CONFLICT" });
  await assert.rejects(submit("2409.00001", { mediaUrls: ["http://a.example/x.png"] }), {
    code: "ERR_INPUT",
  });
  assert.equal((await getPaper(db, "2409.00001"))?.listedAt, null, "refused: not half done");

  await submit("2408.00001", { comment: "Why I like it.", mediaUrls: ["https://a.example/x.png"] });
  const paper = await getPaper(db, "2408.00001");
  assert.equal(paper?.submittedBy?.name, "ada");
  assert.equal(paper?.listedDay, "2024-09-13");
  assert.equal(paper?.commentCount, 1);
  assert.deepEqual(paper?.mediaUrls, ["https://a.example/x.png"]);
  await assert.rejects(submit("2408.00001"), { code: "ERR_CONFLICT" });

  for (let i = 1; i <= 4; i++) await submit(`2409.0000${i}`);
  await assert.rejects(submit("2409.00005"), { code: "ERR_LIMIT" });
  const rules = { ...submissionRules, weekends: true, perDay: 6 };
  await submit("2409.00005", { rules });
  await submit("2409.00006", { now: days(3) });
});

onEachDatabase("two submissions at once count each other", async ({ db }) => {
  const ada = await addAccount(db, { name: "ada", role: "submitter" });
  for (const id of ["2409.00001", "2409.00002"]) await addPaper(db, id);
  const rules = { ...submissionRules, perDay: 1 };
  const outcomes = await Promise.allSettled(
    ["2409.00001", "2409.00002"].map((paperId) =>
      submitPaper(db, { paperId, accountId: ada.id, now: friday, rules }),
    ),
  );
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
});

onEachDatabase("authors are claimed by themselves and verified by moderators", async ({ db }) => {
  const [ada, eve, mod] = [
    await addAccount(db, { name: "ada" }),
    await addAccount(db, { name: "eve" }),
    await addAccount(db, { name: "mod-1", role: "moderator" }),
  ] as const;
  const paperId = "2409.00001";
  await addPaper(db, paperId);
  const [author] = (await getPaper(db, paperId))!.authors;
  const claim = (by: typeof ada, accountId: string, authorId = author!.id) =>
    claimAuthorship(db, { paperId, authorId, accountId, by, now: friday });

  await assert.rejects(claim(eve, ada.id), { code: "ERR_FORBIDDEN" });
  await assert.rejects(claim(ada, ada.id, "f".repeat(24)), { code: "ERR_NOT_FOUND" });
  assert.deepEqual(await claim(ada, ada.id), { status: "claimed" });
  assert.deepEqual(await claim(ada, ada.id), { status: "claimed" });
  await assert.rejects(claim(eve, eve.id), { code: "ERR_CONFLICT" });
  await assert.rejects(
    setLinks(db, { paperId, links: { projectPage: null }, by: ada, now: friday }),
    { code: "ERR_FORBIDDEN" },
  );
  assert.deepEqual(await claim(mod, ada.id), { status: "claimed_verified" });
  const revision = (await getPaper(db, paperId))!.revision;
  const [found] = (await authorClaims(db, [paperId])).get(paperId)!;
  assert.equal(found?.account.name, "ada");
  assert.equal(found?.comments, false);
  await addComment(db, { paperId, accountId: ada.id, body: "I wrote it.", now: friday });
  assert.equal((await authorClaims(db, [paperId])).get(paperId)![0]?.comments, true);

  const githubRepo = "https://github.com/ada/engine";
  await setLinks(db, { paperId, links: { githubRepo }, by: ada, now: friday });
  assert.equal((await getPaper(db, paperId))?.githubRepo, githubRepo);
  assert.ok((await getPaper(db, paperId))!.revision > revision);
  for (const githubRepo of ["https://github.com/x", "http://github.com/a/b", "javascript:1"])
    await assert.rejects(setLinks(db, { paperId, links: { githubRepo }, by: ada, now: friday }), {
      code: "ERR_INPUT",
    });
});
