import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { json, openDatabase } from "../database/open.ts";
import { openSmtpSink, type Taken } from "../mail/smtp-sink.ts";
import { listPaper } from "../papers/list-paper.ts";
import { upsertPapers } from "../papers/upsert-papers.ts";
import { missingPostgres, postgresUrl, samplePaper } from "../testing.ts";

const readers = 120;
const due = new Date("2026-11-24T07:00:00Z");
const before = new Date("2026-11-23T12:00:00Z");

/** What each process runs; both wait for a line on their input, so as to begin together. */
const program = `
import { once } from "node:events";
import { openDatabase } from ${JSON.stringify(new URL("../database/open.ts", import.meta.url))};
import { openMailer } from ${JSON.stringify(new URL("../mail/open-mailer.ts", import.meta.url))};
import { runDigest } from ${JSON.stringify(new URL("./run-digest.ts", import.meta.url))};
const [url, smtpUrl] = process.argv.slice(1);
const { db, close } = await openDatabase({ url });
const mailer = openMailer({ smtpUrl, from: "digest@example.org" });
console.log("ready");
await once(process.stdin, "data");
const now = new Date("${due.toISOString()}");
const { sent } = await runDigest(db, mailer, { now, baseUrl: "https://x.org", batch: 7 });
console.log(sent);
await mailer.close();
await close();
process.exit(0);
`;

test("two processes that run the same digest send each mail once", {
  skip: missingPostgres() ?? false,
}, async () => {
  const url = await postgresUrl();
  const { db, close } = await openDatabase({ url });
  const paper = samplePaper("2411.00001");
  await upsertPapers(db, [paper]);
  await listPaper(db, { paperId: paper.id, now: new Date("2026-11-24T01:00:00Z") });
  const rows = Array.from({ length: readers }, (_, i) => ({
    id: i.toString(16).padStart(24, "0"),
    email: `r${i}@example.net`,
    frequency: "daily" as const,
    hour: 7,
    zone: "UTC",
    created_at: before,
    confirmed_at: before,
    next_run_at: due,
    covered_to: before,
    consent: json({ at: "", ipPrefix: "", text: "" }) as unknown as string,
  }));
  await db.insertInto("subscribers").values(rows).execute();
  const taken: Taken[] = [];
  const sink = await openSmtpSink({ taken: (mail) => taken.push(mail) });
  const children = [1, 2].map(() =>
    spawn(
      process.execPath,
      ["--input-type=module-typescript", "--eval", program, "--", url, sink.url],
      { stdio: ["pipe", "pipe", "inherit"] },
    ),
  );
  await Promise.all(children.map(({ stdout }) => once(stdout, "data")));
  const sent = await Promise.all(
    children.map(async (child) => {
      let said = "";
      child.stdout.on("data", (chunk) => {
        said += chunk;
      });
      child.stdin.write("go\n");
      await once(child, "close");
      return Number(said);
    }),
  );
  await sink.close();
  const sends = await db.selectFrom("digest_sends").select(["state", "attempts"]).execute();
  await close();
  assert.equal(sent[0]! + sent[1]!, readers);
  assert.equal(taken.length, readers);
  assert.equal(new Set(taken.map(({ to }) => to)).size, readers);
  assert.ok(sends.every(({ state, attempts }) => state === "sent" && attempts === 1));
});
