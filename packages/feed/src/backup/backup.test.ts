import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { sql } from "kysely";
import { setClaimStates } from "../claims/claim-states.ts";
import { addComment, editComment, reportComment } from "../comments/write-comment.ts";
import type { Db } from "../database/open.ts";
import { json, openDatabase } from "../database/open.ts";
import { hidePaper } from "../moderation/moderate-papers.ts";
import { listPaper } from "../papers/list-paper.ts";
import { upsertPapers } from "../papers/upsert-papers.ts";
import {
  hoursAfter,
  missingPostgres,
  morning,
  onEachDatabase,
  postgresUrl,
  sampleAccount,
  sampleClaim,
  samplePaper,
  testDatabase,
} from "../testing.ts";
import { vote } from "../votes/vote.ts";
import { backup } from "./backup.ts";
import { lines } from "./lines.ts";
import { restore } from "./restore.ts";
import { tableNames } from "./tables-of-backup.ts";

const paperId = "2409.00001";

/** Rows with everything that a column can hold: quotes, newlines, bytes, nested JSON, arrays, nulls. */
async function fill(db: Db): Promise<void> {
  const papers = Array.from({ length: 700 }, (_, i) =>
    samplePaper(`2409.${String(i + 1).padStart(5, "0")}`, { title: `"${i}" \\ \n 𝔘 é $x$` }),
  );
  await upsertPapers(db, [
    ...papers,
    samplePaper("hep-th/9901001", { versions: [{ version: 1, submittedAt: morning }] }),
  ]);
  await listPaper(db, { paperId, now: morning });
  const ann = await sampleAccount(db, "ann");
  await vote(db, { paperId, accountId: ann, now: new Date("2024-09-13T08:00:00.123Z") });
  const say = (parentId: string | null, hours: number) =>
    addComment(db, {
      paperId,
      accountId: ann,
      parentId,
      body: 'a\n"b"',
      now: hoursAfter(morning, hours),
    });
  const parent = await say(null, 2);
  // A reply that is older than what it answers: another machine's clock.
  const { id: commentId } = await say(parent.id, 1);
  const own = { paperId, commentId, accountId: ann, now: morning };
  await editComment(db, { ...own, body: "edited" });
  await reportComment(db, { ...own, reason: "?" });
  await hidePaper(db, { by: "operator", paperId: "2409.00002", reason: "x", now: morning });
  await setClaimStates(db, paperId, [sampleClaim()]);
  const secret = Uint8Array.from({ length: 256 }, (_, i) => i);
  await db
    .insertInto("secrets")
    .values({ name: "s", value: secret, created_at: morning })
    .execute();
  await db
    .insertInto("harvests")
    .values({
      source: "s",
      cursor: json({ a: [1, null, { b: '"' }] }),
      started_at: morning,
      updated_at: morning,
    })
    .execute();
}

async function saved(db: Db): Promise<string> {
  let text = "";
  await backup(db, (piece) => {
    text += piece;
  });
  return text;
}

async function* pieces(text: string, size = 1000) {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const empty = async (db: Db) => {
  for (const table of tableNames) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db);
    if (rows.length > 0) return false;
  }
  return true;
};

onEachDatabase("what is restored is what was saved, to the letter", async ({ db }) => {
  await fill(db);
  const text = await saved(db);
  assert.equal(await saved(db), text);
  const other = await testDatabase();
  const header = await restore(other.db, pieces(text, 777));
  assert.equal(header.rows.papers, 701);
  assert.equal(await saved(other.db), text);
  const { rows } = await sql<{ r: number }>`select next_revision() as r`.execute(other.db);
  assert.equal(rows[0]?.r, header.revision + 1);
  await assert.rejects(restore(other.db, pieces(text)), { code: "ERR_CONFLICT" });
  await other.close();
});

test("from the embedded database to a server", { skip: missingPostgres() ?? false }, async () => {
  const embedded = await testDatabase();
  await fill(embedded.db);
  const text = await saved(embedded.db);
  const server = await openDatabase({ url: await postgresUrl() });
  await restore(server.db, pieces(text));
  assert.equal(await saved(server.db), text);
  await server.close();
  await embedded.close();
});

test("a damaged or cut backup leaves the database empty", async () => {
  const source = await testDatabase();
  await fill(source.db);
  const text = await saved(source.db);
  await source.close();
  const target = await testDatabase();
  const all = text.trimEnd().split("\n");
  const without = (index: number) => `${all.toSpliced(index, 1).join("\n")}\n`;
  const damaged = {
    empty: "",
    "no backup": '{"format":"other"}\n',
    "no JSON": "PK\u0003\u0004",
    cut: text.slice(0, text.length / 2),
    "cut at a line": without(all.length - 1),
    "a row is missing": without(5),
    "a letter differs": text.replace("ann@example.org", "bnn@example.org"),
    "more after the end": `${text}${all[1]}\n`,
    "another table": text.replace('["votes",', '["pg_authid",'),
    "a newer one": text.replace('"003-sweeps"', '"999-later"'),
  };
  for (const [name, broken] of Object.entries(damaged)) {
    await assert.rejects(restore(target.db, pieces(broken)), { code: "ERR_INPUT" }, name);
    assert.ok(await empty(target.db), name);
  }
  await restore(target.db, pieces(text));
  await target.close();
});

test("an older backup, which lacks a column, gets the column's default", async () => {
  const source = await testDatabase();
  await fill(source.db);
  const text = await saved(source.db);
  await source.close();
  const body = text
    .split("\n")
    .slice(0, -2)
    .map((line) => (line.startsWith('["papers",') ? line.replace(/"language":"en",/, "") : line));
  const sum = createHash("sha256")
    .update(`${body.join("\n")}\n`)
    .digest("hex");
  const target = await testDatabase();
  await restore(target.db, pieces(`${body.join("\n")}\n{"sha256":"${sum}"}\n`));
  const rows = await target.db.selectFrom("papers").select("language").distinct().execute();
  assert.deepEqual(rows, [{ language: "en" }]);
  await target.close();
});

test("lines of pieces that are cut anywhere", async () => {
  const text = "é\n\n𝔘x\nlast";
  for (const size of [1, 2, 3, 100]) {
    const read: string[] = [];
    for await (const line of lines(pieces(text, size))) read.push(line);
    assert.deepEqual(read, ["é", "", "𝔘x", "last"]);
  }
});
