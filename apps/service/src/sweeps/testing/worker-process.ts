// A machine that works on a Postgres server's sweeps, for tests that kill it: its only argument is
// the server's address.
import { openDatabase } from "@daily-kernel/feed/node";
import { Jobs } from "../../jobs/jobs.ts";
import { noMetrics, silent } from "../../testing/fixture.ts";
import { startScripted } from "./start-scripted.ts";

const databaseUrl = process.argv[2]!;
const database = await openDatabase({ url: databaseUrl });
const jobs = new Jobs({ database, databaseUrl, log: silent, metrics: noMetrics() });
await jobs.start();
startScripted({ db: database.db, jobs, now: () => new Date() });
