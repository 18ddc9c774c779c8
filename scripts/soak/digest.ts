import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Db, json, newId, openDatabase } from "@daily-kernel/feed/node";
import { killSeries, type Life } from "./kill-series.ts";
import { type Check, listOf, type Part, tableOf } from "./part.ts";
import { issueMoment } from "./processes/papers.ts";

/** Between two lives the clock of the digest moves on by more than a claim's lease. */
const betweenLives = 11 * 60_000;
const hour = 3_600_000;

export interface DigestSoak {
  readonly mails: number;
  readonly kills: number;
  /** Milliseconds after the opening within which a kill comes. */
  readonly window: number;
  readonly log: (line: string) => void;
}

/** Figures of a digest run under kills, and whether all that was promised is so. */
export async function digestUnderKills({ mails, kills, window, log }: DigestSoak) {
  const folder = mkdtempSync(join(tmpdir(), "daily-kernel-soak-"));
  const acceptances = join(folder, "accepted.log");
  const directory = join(folder, "data");
  await subscribe(directory, mails);
  const sink = spawn(
    process.execPath,
    [join(import.meta.dirname, "processes/sink.ts"), acceptances],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const [url] = (await once(createInterface({ input: sink.stdout }), "line")) as [string];
  const lives: (Life & { issue: number })[] = [];
  let issue = 0;
  let livesOfIssue = 0;
  try {
    await killSeries({
      kills,
      window,
      command: (number) => {
        const now = new Date(issueMoment(issue).getTime() + livesOfIssue++ * betweenLives);
        const program = join(import.meta.dirname, "processes/digest.ts");
        return [program, directory, url, `${number}`, `${issue}`, now.toISOString()];
      },
      onLife: (life) => {
        lives.push({ ...life, issue });
        const done = life.lines.findLast((line) => line.startsWith("report"));
        log(`life ${life.number}, issue ${issue}: ${life.killed ? "killed" : (done ?? "ended")}`);
        if (life.killed) return;
        // All of the issue's mails are out before its kills are: on with the next day's.
        issue++;
        livesOfIssue = 0;
      },
    });
    const figures = await examine(directory, readFileSync(acceptances, "utf8"), lives, mails);
    return { ...figures, issues: issue, lives };
  } finally {
    sink.kill("SIGTERM");
    await once(sink, "exit");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Readers who confirmed a day before the first issue, all with the same hour. */
export async function subscribe(directory: string, count: number): Promise<void> {
  const database = await openDatabase({ directory });
  const at = new Date(issueMoment(0).getTime() - 24 * hour);
  for (let start = 0; start < count; start += 500) {
    const rows = Array.from({ length: Math.min(500, count - start) }, (_, i) => ({
      id: newId(at),
      email: `reader-${start + i}@example.net`,
      frequency: "daily" as const,
      hour: 7,
      zone: "UTC",
      created_at: at,
      confirmed_at: at,
      consent: json({ at: at.toISOString(), ipPrefix: "", text: "yes" }) as unknown as string,
      next_run_at: issueMoment(0),
      covered_to: at,
    }));
    await database.db.insertInto("subscribers").values(rows).execute();
  }
  await database.close();
}

interface Acceptance {
  readonly life: number;
  readonly messageId: string;
  readonly to: string;
}

async function examine(
  directory: string,
  acceptedLog: string,
  lives: readonly (Life & { issue: number })[],
  mails: number,
) {
  const accepted = acceptedLog
    .trim()
    .split("\n")
    .map((line): Acceptance => {
      const [client, messageId, to] = line.split(" ");
      return { life: Number(/life-(\d+)/.exec(client!)![1]), messageId: messageId!, to: to! };
    });
  const byMessage = Map.groupBy(accepted, ({ messageId }) => messageId);
  const again = [...byMessage.values()].filter((each) => each.length > 1);
  const database = await openDatabase({ directory });
  const sends = await allSends(database.db);
  const papers = await database.db.selectFrom("papers").select("id").execute();
  await database.close();
  const issues = new Set(lives.map(({ issue }) => issue)).size;
  const killed = new Set(lives.filter((life) => life.killed).map(({ number }) => number));
  const duplicates = again.reduce((sum, each) => sum + each.length - 1, 0);
  const checks: Check[] = [
    {
      what: "every reader has a send for every issue, each settled as sent",
      holds: sends.length === mails * issues && sends.every(({ state }) => state === "sent"),
    },
    {
      what: "every send's mail was accepted at least once, by its own address",
      holds: sends.every(({ message_id, email }) =>
        byMessage.get(message_id)?.every(({ to }) => to === email),
      ),
    },
    {
      what: "nothing was accepted that is no send",
      holds: byMessage.size === sends.length,
    },
    {
      what: "a mail was accepted again only after a kill that left its send claimed and unsettled",
      holds: again.every((each) => cutBefore(each, lives, killed)),
    },
    {
      what: "every mail that was accepted again is counted: resends of its row cover it",
      holds: sends.every(
        ({ message_id, resends }) => byMessage.get(message_id)!.length - 1 <= resends,
      ),
    },
    { what: "no paper was lost", holds: papers.length === issues * 33 },
    {
      what: "the database opened each time (a life that fails to ends the series)",
      holds: lives.some((life) => life.opened),
    },
  ];
  return {
    accepted: accepted.length,
    sends: sends.length,
    duplicates,
    resends: sends.reduce((sum, { resends }) => sum + resends, 0),
    checks,
  };
}

const allSends = (db: Db) =>
  db
    .selectFrom("digest_sends")
    .innerJoin("subscribers", "subscribers.id", "digest_sends.subscriber_id")
    .select(["message_id", "state", "resends", "email"])
    .execute();

/** Whether each acceptance but the last was in a life whose kill left the send unsettled. */
function cutBefore(
  each: readonly Acceptance[],
  lives: readonly Life[],
  killed: ReadonlySet<number>,
): boolean {
  return each.slice(0, -1).every(({ life, messageId }) => {
    const next = lives.find(
      ({ number, lines }) => number > life && lines.some((line) => line.startsWith("in flight")),
    );
    const line = next?.lines.find((text) => text.startsWith("in flight")) ?? "";
    return killed.has(life) && line.includes(messageId);
  });
}

/** An undisturbed run: how long it takes to render the mails, have them accepted and settle them. */
const undisturbed = async (mails: number, log: (line: string) => void) => {
  const { lives, checks } = await digestUnderKills({ mails, kills: 0, window: 1, log });
  const line = lives[0]!.lines.find((text) => text.startsWith("took"))!;
  const [wall, cpu] = line.split(" ").slice(1).map(Number);
  return { seconds: wall! / 1000, cpu: cpu! / mails, load: loadavg()[0]!, checks };
};

export const soak: Part = async (log) => {
  const mails = 2000;
  const rate = await undisturbed(mails, log);
  const window = Math.ceil((2000 * rate.seconds) / 50) + 400;
  const run = await digestUnderKills({ mails, kills: 50, window, log });
  const opening = run.lives.filter(({ killed, opened }) => killed && !opened).length;
  return {
    passed: [...run.checks, ...rate.checks].every(({ holds }) => holds),
    markdown: `
A digest run of ${mails.toLocaleString("en")} mails (33 papers each) on PGlite in a data directory, to a separate
SMTP process on loopback that writes down each mail before it answers 250. The run is killed with
SIGKILL at random moments, one in five of them while it opens the database, and started again with
its clock ${betweenLives / 60_000} minutes on (a claim is taken for dead after 10). When an issue is out before its kills
are, the next day's begins.

${tableOf([
  ["kills", run.lives.filter(({ killed }) => killed).length],
  ["of these while opening the database", opening],
  ["issues sent", run.issues],
  ["mails due", run.sends],
  ["mails accepted by the server", run.accepted],
  ["accepted a second time, same Message-ID", run.duplicates],
  ["attempts made without knowing whether the one before was accepted", run.resends],
  [
    "undisturbed run: mails a second, rendered, accepted and settled",
    Math.round(mails / rate.seconds),
  ],
  [
    "the same: milliseconds of processor time a mail, all threads of the sender",
    rate.cpu.toFixed(2),
  ],
  ["the same: the machine's load average then, on its cores", rate.load.toFixed(1)],
])}

${listOf(run.checks)}
`,
  };
};
