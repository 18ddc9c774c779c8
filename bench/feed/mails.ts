import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openDatabase, openMailer, runDigest } from "@daily-kernel/feed/node";
import { subscribe } from "../../scripts/soak/digest.ts";
import { issueMoment, listIssue } from "../../scripts/soak/processes/papers.ts";
import { printTable } from "../peers/table.ts";

const MAILS = 20_000;
const sinkProgram = fileURLToPath(new URL("../../scripts/soak/processes/sink.ts", import.meta.url));

/**
 * A morning's digest: 33 papers to 20,000 readers, rendered, sent over SMTP to a server in a process
 * of its own and each accepted; the database on disk, every send settled in it.
 */
export async function mails(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "daily-kernel-bench-"));
  const log = join(folder, "accepted.log");
  const sink = spawn(process.execPath, [sinkProgram, log], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [url] = (await once(createInterface({ input: sink.stdout }), "line")) as [string];
    const directory = join(folder, "data");
    await subscribe(directory, MAILS);
    const database = await openDatabase({ directory });
    await listIssue(database.db, 0);
    const mailer = openMailer({ smtpUrl: url, from: "Daily Kernel <digest@example.org>" });
    const began = performance.now();
    const before = process.cpuUsage();
    const report = await runDigest(database.db, mailer, {
      now: issueMoment(0),
      baseUrl: "https://daily.example.org",
    });
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(before);
    await mailer.close();
    await database.close();
    const accepted = readFileSync(log, "utf8").trim().split("\n").length;
    if (accepted !== MAILS) throw new Error(`${accepted} of ${MAILS} mails were accepted`);
    printTable([
      {
        "digest, 33 papers": `${MAILS} mails over SMTP`,
        "mails/s": (MAILS / seconds).toFixed(0),
        "processor ms a mail": ((user + system) / 1000 / MAILS).toFixed(2),
        report: JSON.stringify(report),
        "load average": loadavg()[0]!.toFixed(1),
      },
    ]);
  } finally {
    sink.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  }
}
