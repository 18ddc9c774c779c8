import assert from "node:assert/strict";
import { test } from "node:test";
import { addComment, editComment, reportComment } from "../comments/write-comment.ts";
import { newId } from "../database/id.ts";
import { type Db, json } from "../database/open.ts";
import { getPaper } from "../papers/get-paper.ts";
import { listPaper } from "../papers/list-paper.ts";
import { upsertPapers } from "../papers/upsert-papers.ts";
import { newToken } from "../safety/token.ts";
import { claimAuthorship } from "../submissions/author-claims.ts";
import { hoursAfter, morning, onEachDatabase, samplePaper, testDatabase } from "../testing.ts";
import { vote } from "../votes/vote.ts";
import { type Account, getAccount } from "./account.ts";
import { accountOfApiToken, createApiToken } from "./api-token.ts";
import { deleteAccount } from "./delete-account.ts";
import { exportAccount } from "./export-account.ts";
import { consumeMagicLink, requestMagicLink } from "./magic-link.ts";
import { makeAccount } from "./make-account.ts";
import { registrationOptions, verifyRegistration } from "./passkey-registration.ts";
import { sessionOf, startSession } from "./session.ts";
import { SoftwareAuthenticator } from "./software-authenticator.ts";

const now = hoursAfter(morning, 1);
const [first, second] = ["2409.00001", "2409.00002"] as const;
const browser = newToken();
const device = { userAgent: "Firefox", ipPrefix: "192.0.2.0/24" };
const baseUrl = "https://papers.example.org";

/** What readers see of a paper, without the revision, which only grows. */
const seen = async (db: Db, id: string) => {
  const { revision: _, ...paper } = (await getPaper(db, id))!;
  return paper;
};

/** Two papers, on which bob did something; then ada did everything that an account can do. */
async function world(db: Db) {
  await upsertPapers(db, [samplePaper(first), samplePaper(second)]);
  const [ada, bob] = [
    await makeAccount(db, { name: "ada", now: morning }),
    await makeAccount(db, { name: "bob", now: morning }),
  ];
  await listPaper(db, { paperId: first, now: morning });
  await vote(db, { paperId: first, accountId: bob.id, now });
  const { id: bobs } = await addComment(db, { paperId: first, accountId: bob.id, body: "hm", now });
  const before = await seen(db, first);

  await listPaper(db, { paperId: second, now: morning, submittedBy: ada.id });
  for (const paperId of [first, second]) await vote(db, { paperId, accountId: ada.id, now });
  const say = (paperId: string, body: string, parentId: string | null = null) =>
    addComment(db, { paperId, accountId: ada.id, body, parentId, now });
  const { id: talked } = await say(first, "my frist words");
  const own = { paperId: first, commentId: talked, accountId: ada.id, now };
  await editComment(db, { ...own, body: "my first words" });
  await say(second, "my second words");
  const reply = { paperId: first, parentId: talked, body: "a reply", accountId: bob.id, now };
  await addComment(db, reply);
  await reportComment(db, { ...own, commentId: bobs, reason: "my report" });

  const { token: session } = await startSession(db, { accountId: ada.id, device, now });
  const { token } = await createApiToken(db, { accountId: ada.id, label: "my script", now });
  const { challenge } = await registrationOptions(db, { account: ada, baseUrl, browser, now });
  const key = new SoftwareAuthenticator();
  const response = key.create({ challenge, origin: baseUrl, rpId: "papers.example.org" });
  const answer = { account: ada, baseUrl, browser, now, response, label: "my laptop" };
  await verifyRegistration(db, answer);
  await requestMagicLink(db, { email: ada.email, browser, now });
  await subscribe(db, ada);
  await subscribe(db, bob);
  await run(db, ada, "done");
  await run(db, ada, "queued");
  await run(db, ada, "running");
  const [author] = (await getPaper(db, second))!.authors;
  const claim = { paperId: second, authorId: author!.id, accountId: ada.id, by: ada, now };
  await claimAuthorship(db, claim);
  return { ada, bob, before, session, token };
}

async function subscribe(db: Db, { email }: Account) {
  const id = newId(now);
  const consent = json({ at: now.toISOString(), ipPrefix: device.ipPrefix, text: "yes" });
  await db
    .insertInto("subscribers")
    .values({ id, email, frequency: "daily", hour: 8, zone: "UTC", created_at: now, consent })
    .execute();
  await db
    .insertInto("bounces")
    .values({ id: newId(now), subscriber_id: id, at: now, kind: "soft", detail: "full" })
    .execute();
}

async function run(db: Db, { id: account_id }: Account, state: "done" | "queued" | "running") {
  const common = { paper_id: first, slug: "x", account_id, preset: "full", device: "cpu" };
  const id = newId(now);
  await db
    .insertInto("runs")
    .values({ ...common, id, seed: 1, state, created_at: now })
    .execute();
  if (state !== "done") return;
  await db
    .insertInto("records")
    .values({ ...common, id, machine: "m", record: json({ claims: [] }), created_at: now })
    .execute();
  await db
    .insertInto("kernels")
    .values({
      id,
      account_id: common.account_id,
      task: "relu",
      grid: "one",
      source: "a kernel",
      source_hash: "0",
      adapter: "a GPU",
      median_ns: 1,
      created_at: now,
    })
    .execute();
}

/** Every row of every table, as text. */
async function everything(db: Db) {
  const tables = await db.introspection.getTables();
  const rows: Record<string, string> = {};
  for (const { name } of tables)
    rows[name] = JSON.stringify(
      await db
        .selectFrom(name as "accounts")
        .selectAll()
        .execute(),
    );
  return rows;
}

for (const comments of ["anonymous", "deleted"] as const)
  onEachDatabase(`deletion leaves nothing of an account, comments ${comments}`, async ({ db }) => {
    const { ada, bob, before, session, token } = await world(db);
    await deleteAccount(db, { id: ada.id, comments, now: hoursAfter(now, 1) });

    assert.equal(await getAccount(db, ada.id), null);
    assert.equal(await sessionOf(db, { token: session, now }), null);
    assert.equal(await accountOfApiToken(db, { token, now }), null);
    const rows = await everything(db);
    for (const [table, text] of Object.entries(rows)) {
      assert.ok(!text.includes("ada@example.org"), table);
      assert.ok(!/"ada"|my (frist|script|laptop|report)/.test(text), table);
      assert.equal(text.includes("words"), table === "comments" && comments === "anonymous", table);
      // Her id stands in the row that is left, the log, and the run that a worker still has.
      if (!["accounts", "audit_log", "runs"].includes(table))
        assert.ok(!text.includes(ada.id), table);
    }
    const left = await db.selectFrom("runs").selectAll().execute();
    assert.deepEqual(
      left.map((one) => [one.state, one.cancel_asked_at]),
      [["running", hoursAfter(now, 1)]],
    );
    assert.equal((await db.selectFrom("subscribers").selectAll().execute()).length, 1);
    assert.equal((await db.selectFrom("bounces").selectAll().execute()).length, 1);
    const log = db.selectFrom("audit_log").selectAll().where("action", "=", "account.delete");
    const entry = await log.executeTakeFirst();
    assert.deepEqual(
      [entry!.action, entry!.actor_id, entry!.subject, entry!.detail],
      ["account.delete", ada.id, `account:${ada.id}`, { comments }],
    );

    // The counts and heat are as if she had never voted; her comments count while they stay.
    const after = await seen(db, first);
    assert.equal(after.votes, before.votes);
    assert.equal(after.heatDay, before.heatDay);
    assert.equal(after.heatWeek, before.heatWeek);
    assert.equal(after.commentCount, before.commentCount + (comments === "anonymous" ? 2 : 1));
    assert.equal((await seen(db, second)).submittedBy, null);
    assert.deepEqual(await getAccount(db, bob.id), bob);
    await assert.rejects(deleteAccount(db, { id: ada.id, comments, now }), {
      code: "ERR_NOT_FOUND",
    });
  });

test("the address and the name are free again, for another account", async () => {
  const database = await testDatabase();
  const { db } = database;
  const { ada } = await world(db);
  await deleteAccount(db, { id: ada.id, comments: "anonymous", now });
  const { token } = await requestMagicLink(db, { email: ada.email, browser, now });
  const { account, isNew } = await consumeMagicLink(db, { token, browser, now, ...device });
  assert.equal(isNew, true);
  assert.notEqual(account.id, ada.id);
  await database.close();
});

test("a deletion that fails leaves everything", async () => {
  const database = await testDatabase();
  const { db } = database;
  const { ada } = await world(db);
  const before = await everything(db);
  await assert.rejects(deleteAccount(db, { id: ada.id, comments: "all" as never, now }), {
    code: "ERR_INPUT",
  });
  await assert.rejects(
    db.transaction().execute(async (trx) => {
      await deleteAccount(trx, { id: ada.id, comments: "deleted", now });
      throw new Error("the power went");
    }),
    /the power went/,
  );
  assert.deepEqual(await everything(db), before);
  await database.close();
});

onEachDatabase(
  "an export holds everything of one's own and nothing of another's",
  async ({ db }) => {
    const { ada, bob, session, token } = await world(db);
    const own = await exportAccount(db, ada.id);
    assert.deepEqual(own.account, ada);
    const text = JSON.stringify(own);
    for (const mine of [
      "my first words",
      "my frist words",
      "my second words",
      "my report",
      "my script",
    ])
      assert.ok(text.includes(mine), mine);
    for (const mine of ["my laptop", "ada@example.org", first, second, device.ipPrefix, "full"])
      assert.ok(text.includes(mine), mine);
    for (const secret of [session, token, bob.id, bob.email, "a reply", "confirm_hash"])
      assert.ok(!text.includes(secret), secret);
    const lengths = Object.fromEntries(
      Object.entries(own).map(([key, value]) => [key, Array.isArray(value) ? value.length : null]),
    );
    assert.deepEqual(lengths, {
      account: null,
      votes: 2,
      comments: 2,
      commentEdits: 1,
      reports: 1,
      passkeys: 1,
      sessions: 1,
      apiTokens: 1,
      runs: 3,
      records: 1,
      kernels: 1,
      submittedPapers: 1,
      authorClaims: 1,
      subscription: null,
      audit: 1,
    });
    assert.equal((own.subscription as { bounces: unknown[] }).bounces.length, 1);
    await assert.rejects(exportAccount(db, newId(now)), { code: "ERR_NOT_FOUND" });
  },
);
