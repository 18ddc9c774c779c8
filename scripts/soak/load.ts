import { loadavg } from "node:os";
import { missingPostgres, postgresUrl } from "@daily-kernel/feed/testing";
import { type Sample, slopeOf } from "./load/memory.ts";
import { type LoadFigures, underLoad } from "./load/under-load.ts";
import { type Check, listOf, type Part } from "./part.ts";

/** Megabytes a minute that resident memory may grow by, after the warm-up. */
const mostGrowth = 1;

const setting = (name: string, fallback: number): number => {
  const value = Number(process.env[name] ?? fallback);
  if (!(value > 0)) throw new Error(`${name} must be a number above 0, got ${process.env[name]}`);
  return value;
};

/**
 * Mixed readers, voters and commenters on the production server: on PGlite, then two site processes
 * and two workers on Postgres. `LOAD_MINUTES`, `LOAD_WARM_UP` (minutes), `LOAD_RATE` (requests a
 * second) and `LOAD_SEED` change it; `LOAD_ON=pglite` or `postgres` runs one half,
 * `LOAD_ON=together` both at the same time.
 */
export const soak: Part = async (log) => {
  const minutes = setting("LOAD_MINUTES", 10);
  const warmUp = Math.min(setting("LOAD_WARM_UP", 3), minutes / 2);
  const rate = setting("LOAD_RATE", 60);
  const seed = setting("LOAD_SEED", Date.now() % 1_000_000);
  const on = process.env.LOAD_ON ?? "both";
  const papers = 2000;
  const plan = { minutes, rate, papers, writers: 60, addresses: 600, sampleEvery: 5, seed };
  const missing = missingPostgres();
  const onPglite = () =>
    halfOf({ title: "On PGlite, one process", runs: 0, warmUp }, () =>
      underLoad({ ...plan, databaseUrl: null, runs: 0, log: (line) => log(`PGlite: ${line}`) }),
    );
  const onPostgres = async () => {
    const databaseUrl = await postgresUrl();
    const half = { title: "On Postgres, two site processes and two workers", runs: 6, warmUp };
    return halfOf(half, () =>
      underLoad({ ...plan, databaseUrl, runs: 6, log: (line) => log(`Postgres: ${line}`) }),
    );
  };
  const asked = [
    ...(on === "postgres" ? [] : [onPglite]),
    ...(on === "pglite" || missing !== null ? [] : [onPostgres]),
  ];
  const halves: Half[] = [];
  if (on === "together") halves.push(...(await Promise.all(asked.map((half) => half()))));
  else for (const half of asked) halves.push(await half());
  return {
    passed: halves.every(({ passed }) => passed),
    markdown: `
${minutes} minutes of mixed readers, voters and commenters on loopback, each time against the production
server (\`apps/site/serve.ts\`) in an empty data directory with ${papers.toLocaleString("en")} synthetic papers beside the catalogue
(invented titles and abstracts under identifiers of a month that arXiv has not reached). Acts begin at
the moments of a Poisson process of ${rate} a second, whatever the answers take, and times count from those
moments. Readers come from ${plan.addresses} networks (\`X-Forwarded-For\` with \`TRUST_PROXY=1\`), so that no limit has to
be raised; ${plan.writers} writers signed in by a link from a mail in the outbox, half of them use the pages' forms and
half the API with a token from the account page. A request goes wrong when it is not answered in 30 s
or otherwise than it should be: any 5xx, a 4xx, a 429, a page without its end, JSON that is none, a 200
where nothing has changed. The client shares the machine's cores with the servers. Seed ${seed}.${on === "together" ? "\nBoth halves ran at the same time, beside whatever else the machine did." : ""}

${halves.map(({ markdown }) => markdown).join("\n\n")}
${missing === null ? "" : `\nPostgres was not tested: ${missing}.\n`}`,
  };
};

interface Half {
  readonly passed: boolean;
  readonly markdown: string;
}

async function halfOf(
  { title, runs, warmUp }: { title: string; runs: number; warmUp: number },
  run: () => Promise<LoadFigures>,
): Promise<Half> {
  const before = loadavg()[0]!;
  const { measurements, memory, book, checks } = await run();
  const after = loadavg()[0]!;
  const growth = memory.map(([name, samples]) => growthOf(name, samples, warmUp));
  const all: Check[] = [...checks, ...growth.map(({ check }) => check)];
  const ms = (value: number) => value.toFixed(value < 10 ? 1 : 0);
  const times = measurements.rows.map(
    ([kind, count, ...values]) => `| ${kind} | ${count} | ${values.map(ms).join(" | ")} |`,
  );
  const statuses = measurements.statuses
    .map(([status, count]) => `${count} of ${status}`)
    .join(", ");
  return {
    passed: all.every(({ holds }) => holds),
    markdown: `## ${title}

${measurements.requests.toLocaleString("en")} requests (answers: ${statuses}); ${book.comments.size} comments and ${book.voteCount} standing votes were accepted${runs > 0 ? `, ${runs} reproductions measured by the workers meanwhile` : ""}.
The machine's load average was ${before.toFixed(1)} before and ${after.toFixed(1)} after (this load included).

| kind | requests | p50 ms | p95 ms | p99 ms | longest ms |
| --- | ---: | ---: | ---: | ---: | ---: |
${times.join("\n")}

| process | resident MB at the start | after the warm-up | at the end | slope, MB a minute | heap slope | external slope |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${growth.map(({ row }) => row).join("\n")}

${listOf(all)}`,
  };
}

function growthOf(name: string, samples: readonly Sample[], warmUp: number) {
  const later = samples.filter(({ at }) => at >= warmUp);
  const line = (pick: (sample: Sample) => number | null) =>
    slopeOf(later.flatMap((one) => (pick(one) === null ? [] : [[one.at, pick(one)!] as const])));
  const slope = line(({ resident }) => resident);
  const has = samples[0]?.heap !== null;
  const own = has ? [line(({ heap }) => heap), line(({ external }) => external)] : [];
  const at = (sample: Sample | undefined) => sample?.resident.toFixed(0) ?? "";
  const cells = [
    name,
    at(samples[0]),
    at(later[0]),
    at(later.at(-1)),
    slope.toFixed(2),
    ...(has ? own.map((value) => value.toFixed(2)) : ["", ""]),
  ];
  return {
    row: `| ${cells.join(" | ")} |`,
    check: {
      what: `resident memory of ${name} grew by less than ${mostGrowth} MB a minute after ${warmUp} minutes of warm-up (${slope.toFixed(2)})`,
      holds: slope < mostGrowth,
    },
  };
}
