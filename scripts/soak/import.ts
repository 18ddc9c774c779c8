import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@daily-kernel/feed/node";
import { fixtureServer } from "@daily-kernel/feed/testing/arxiv";
import { killSeries, type Life } from "./kill-series.ts";
import { type Check, listOf, type Part, tableOf } from "./part.ts";

export interface ImportSoak {
  /** Papers that the server has, beside the dozen with oddities of their own. */
  readonly papers: number;
  readonly kills: number;
  readonly window: number;
  readonly log: (line: string) => void;
}

/** What a harvest leaves behind. */
interface Contents {
  readonly papers: number;
  readonly versions: number;
  readonly listed: number;
  /** Of all their texts, days and versions. */
  readonly hash: string;
}

/**
 * Harvests a set by OAI-PMH in processes that are killed, again into a new directory whenever one
 * harvest is through, and compares what each leaves with an undisturbed harvest.
 */
export async function importUnderKills({ papers, kills, window, log }: ImportSoak) {
  const folder = mkdtempSync(join(tmpdir(), "daily-kernel-soak-"));
  const server = await fixtureServer({ plain: papers, pageSize: 50 });
  const program = join(import.meta.dirname, "processes/import.ts");
  let round = 0;
  const directory = () => join(folder, `round-${round}`);
  const command = () => [program, directory(), server.urls.oai];
  try {
    const lives: Life[] = [];
    await killSeries({ kills: 0, window, command, onLife: (life) => lives.push(life) });
    const requestsAlone = server.requests.length;
    round = 1;
    await killSeries({
      kills,
      window,
      command,
      onLife: (life) => {
        lives.push(life);
        const report = life.lines.find((line) => line.startsWith("report"));
        log(`life ${life.number}, round ${round}: ${life.killed ? "killed" : (report ?? "ended")}`);
        if (!life.killed) round++;
      },
    });
    const contents: Contents[] = [];
    for (let i = 0; i < round; i++) contents.push(await contentsOf(join(folder, `round-${i}`)));
    const [alone, ...disturbed] = contents;
    const checks: Check[] = [
      {
        what: "after the kills each harvest left what an undisturbed one leaves: no paper, version or listing more or less",
        holds: disturbed.every(({ hash }) => hash === alone!.hash),
      },
      { what: "that is all the server has", holds: alone!.papers >= papers },
      {
        what: "the database opened each time (a life that fails to ends the series)",
        holds: lives.some(({ opened }) => opened),
      },
    ];
    return { checks, lives, rounds: round - 1, alone: alone!, requestsAlone };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function contentsOf(directory: string): Promise<Contents> {
  const { db, close } = await openDatabase({ directory });
  const rows = await db
    .selectFrom("papers")
    .select(["id", "title", "abstract", "listed_day", "withdrawn_at", "author_count"])
    .orderBy("id")
    .execute();
  const versions = await db
    .selectFrom("paper_versions")
    .selectAll()
    .orderBy("paper_id")
    .orderBy("version")
    .execute();
  await close();
  return {
    papers: rows.length,
    versions: versions.length,
    listed: rows.filter(({ listed_day }) => listed_day !== null).length,
    hash: createHash("sha256").update(JSON.stringify({ rows, versions })).digest("hex"),
  };
}

export const soak: Part = async (log) => {
  const papers = 4000;
  const kills = 50;
  const { checks, lives, rounds, alone, requestsAlone } = await importUnderKills({
    papers,
    kills,
    window: 1500,
    log,
  });
  const killed = lives.filter((life) => life.killed);
  return {
    passed: checks.every(({ holds }) => holds),
    markdown: `
A harvest by OAI-PMH (50 records a page) of a server on loopback that speaks arXiv's interface, into
PGlite in a data directory. The harvest is killed with SIGKILL at random moments, one in five of them
while it opens the database, and started again; when it is through before its kills are, the next
one begins in an empty directory.

${tableOf([
  ["kills", killed.length],
  ["of these while opening the database", killed.filter(({ opened }) => !opened).length],
  ["harvests completed", rounds],
  ["papers in each", alone.papers],
  ["of these listed in the feed", alone.listed],
  ["versions in each", alone.versions],
  ["requests of an undisturbed harvest", requestsAlone],
])}

${listOf(checks)}
`,
  };
};
