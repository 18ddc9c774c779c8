import { tally, type Verdict } from "@daily-kernel/reproduction";
import { verdictWord } from "../format.ts";
import { catalogue } from "./catalogue.ts";
import { topicCounts } from "./feed.ts";

const verdicts = Object.keys(verdictWord) as Verdict[];

/** What the ledger shows for `?verdict=` and `?topic=`: papers with a claim that matches. */
export async function ledgerPage(url: URL) {
  const { entries } = await catalogue();
  const asked = url.searchParams.get("verdict") ?? "";
  const verdict = verdicts.find((v) => v === asked) ?? null;
  const topic = url.searchParams.get("topic") ?? "";
  const onTopic = entries.filter(
    ({ paper }) => !topic || (paper.topics as readonly string[]).includes(topic),
  );
  const claims = onTopic.flatMap(({ row }) => row.claims);
  return {
    verdict,
    topic,
    topics: topicCounts(entries.map(({ paper }) => paper)),
    counts: verdicts.map((v) => ({
      verdict: v,
      count: claims.filter((claim) => claim.verdict === v).length,
    })),
    papers: onTopic
      .filter(({ row }) => !verdict || row.claims.some((claim) => claim.verdict === verdict))
      .map(({ paper, row, built }) => ({
        slug: paper.slug,
        title: paper.title,
        built,
        tally: tally(row.claims),
        claims: row.claims.map((claim) => ({
          id: claim.id,
          statement: claim.statement,
          verdict: claim.verdict,
          scale: claim.scale,
          stale: claim.stale,
          recordedOn: claim.recordedAt?.slice(0, 10) ?? null,
          matches: !verdict || claim.verdict === verdict,
        })),
      })),
  };
}

export type LedgerPage = Awaited<ReturnType<typeof ledgerPage>>;
