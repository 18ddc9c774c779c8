/** One life of a digest run: `digest.ts <directory> <smtp url> <life> <issue> <now>`. */
import { type Database, openDatabase, openMailer, runDigest } from "@daily-kernel/feed/node";
import { listIssue } from "./papers.ts";

const [directory, smtpUrl, life, issue, now] = process.argv.slice(2);

/** The sends that were claimed and not settled when the process before this one ended. */
async function inFlight({ db }: Database): Promise<string[]> {
  const rows = await db
    .selectFrom("digest_sends")
    .select("message_id")
    .where("state", "in", ["claimed", "unknown"])
    .execute();
  return rows.map(({ message_id }) => message_id);
}

const database = await openDatabase({ directory: directory! });
const { db } = database;
console.log(`in flight ${JSON.stringify(await inFlight(database))}`);
console.log("opened");
await listIssue(db, Number(issue));
const mailer = openMailer({
  // The server writes the client's name down, so that each life's mails can be told.
  smtpUrl: `${smtpUrl}?name=life-${life}.example.org`,
  from: "Daily Kernel <digest@example.org>",
});
const started = performance.now();
const before = process.cpuUsage();
const report = await runDigest(db, mailer, {
  now: new Date(now!),
  baseUrl: "https://daily.example.org",
});
const { user, system } = process.cpuUsage(before);
const wall = Math.round(performance.now() - started);
console.log(`took ${wall} ${Math.round((user + system) / 1000)}`);
console.log(`report ${JSON.stringify(report)}`);
await mailer.close();
await database.close();
