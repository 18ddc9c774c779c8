import { loadavg } from "node:os";
import { arxivIds } from "./fuzz/arxiv-ids.ts";
import { type CanaryReport, canaryInBrowser } from "./fuzz/browser-canary.ts";
import { incomingMail } from "./fuzz/incoming-mail.ts";
import { type LiveSite, openLiveSite } from "./fuzz/live-site.ts";
import { liveTargets } from "./fuzz/live-targets.ts";
import { markup } from "./fuzz/markup.ts";
import { outgoingMail } from "./fuzz/outgoing-mail.ts";
import { searchQueries } from "./fuzz/search-queries.ts";
import type { Findings, Target } from "./fuzz/target.ts";
import { xml } from "./fuzz/xml.ts";
import { type Check, listOf, type Part } from "./part.ts";

/** Of cases in all, how many a target gets. */
const shareOf = (cases: number, { share }: Target) => Math.ceil((cases * share) / 100);

interface Fuzzing {
  readonly cases: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

/** Targets in this process. */
export const fuzzInProcess = (fuzzing: Fuzzing) =>
  runAll([arxivIds, searchQueries(), markup, outgoingMail(), incomingMail, xml], fuzzing);

/** Targets on the production server. */
export async function fuzzLive(site: LiveSite, fuzzing: Fuzzing) {
  const found = await runAll(await liveTargets(site), fuzzing);
  const { status } = await site.client.ask({ path: "/healthz" });
  const { complaints, alive } = site.process;
  const told = complaints.length > 0 ? `: ${complaints.slice(0, 3).join(" | ").slice(0, 600)}` : "";
  const checks: Check[] = [
    {
      what: "the server that was asked is alive and well afterwards",
      holds: alive && status === 200,
    },
    { what: `it logged no error${told}`, holds: complaints.length === 0 },
  ];
  return { found, checks };
}

async function runAll(targets: readonly Target[], { cases, seed, log }: Fuzzing) {
  const found: [Target, Findings][] = [];
  for (const one of targets) {
    const begin = performance.now();
    const findings = await one.run({ cases: shareOf(cases, one), seed });
    found.push([one, findings]);
    const seconds = ((performance.now() - begin) / 1000).toFixed(0);
    log(
      `${one.name}: ${findings.cases} cases in ${seconds} s, ${findings.failures.length} failures`,
    );
    for (const failure of findings.failures) log(failure);
  }
  return found;
}

/** What should not have been, in the form of checks. */
export const checksOf = (found: readonly (readonly [Target, Findings])[]): Check[] =>
  found.map(([{ name }, { failures }]) => ({
    what: `${name}: nothing but answers and coded refusals${failures.length > 0 ? `: ${failures.slice(0, 3).join("; ")}` : ""}`,
    holds: failures.length === 0,
  }));

/** `FUZZ_CASES` and `FUZZ_SEED` change how much, and from where. */
export const soak: Part = async (log) => {
  const cases = Number(process.env.FUZZ_CASES ?? 100_000);
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_000);
  log(`seed ${seed}`);
  const here = await fuzzInProcess({ cases, seed, log });
  const hostile = Math.ceil(Math.sqrt(cases) / 8);
  const site = await openLiveSite({ hostile, seed });
  let live: Awaited<ReturnType<typeof fuzzLive>>;
  let canary: CanaryReport;
  try {
    canary = await canaryInBrowser(site, log);
    live = await fuzzLive(site, { cases, seed, log });
  } finally {
    await site.close();
  }
  const found = [...here, ...live.found];
  const checks = [...checksOf(found), ...live.checks, ...canary.checks];
  const total = found.reduce((sum, [, one]) => sum + one.cases, 0);
  const rows = found.map(([{ name }, { cases, outcomes, slowest }]) => {
    const ways = [...outcomes].sort(([, a], [, b]) => b - a).map(([way, n]) => `${way} ${n}`);
    return `| ${name} | ${cases} | ${ways.join(", ")} | ${slowest.ms.toFixed(0)} |`;
  });
  return {
    passed: checks.every(({ holds }) => holds) && total >= cases,
    markdown: `
${total.toLocaleString("en")} cases of seed ${seed} (\`FUZZ_SEED=${seed} npm run soak -- fuzz\` repeats the values; what a server was
asked before is part of a case over HTTP). A case fails when something crashes, throws an error without a
code, answers with a 5xx, refuses without a code and words, or leaves in its output what could run. The
server is the production server with a database of its own; its arXiv is a server on loopback.

| target | cases | ended how | longest ms |
| --- | ---: | --- | ---: |
${rows.join("\n")}

Besides, ${canary.texts} hostile texts (titles, abstracts, names, comments) were put on ${site.hostilePapers.length} papers, whose pages a real
Chromium loaded ${canary.pages} times: under the production policy, and with the policy switched off. Every element
that readers had written was touched by ten kinds of events. The load average at the end was ${loadavg()[0]!.toFixed(1)}.

${listOf(checks)}
`,
  };
};
