import { proseToHtml, proseToText } from "@daily-kernel/feed";
import { getPapers, topicCounts } from "@daily-kernel/feed/node";
import type { Scale, Verdict } from "@daily-kernel/reproduction";
import { paperHref } from "../feed-item.ts";
import { verdictWord } from "../format.ts";
import { tallyOf } from "../tally.ts";
import { service } from "./service.ts";

const verdicts = Object.keys(verdictWord) as Verdict[];

/** What the ledger shows for `?verdict=` and `?topic=`: papers with a claim that matches. */
export async function ledgerPage(url: URL) {
  const { db, catalogue } = service();
  const asked = url.searchParams.get("verdict") ?? "";
  const verdict = verdicts.find((v) => v === asked) ?? null;
  const topic = url.searchParams.get("topic") ?? "";
  const rows = await db
    .selectFrom("claim_states")
    .select(["paper_id", "claim_id", "statement", "scale", "verdict", "stale", "recorded_at"])
    .orderBy("paper_id", "desc")
    .orderBy("position")
    .execute();
  const byPaper = Map.groupBy(rows, (row) => row.paper_id);
  const papers = (await getPapers(db, [...byPaper.keys()])).filter(
    ({ topics }) => !topic || topics.includes(topic),
  );
  const rooms = await catalogue.entries();
  const counted = papers.flatMap(({ id }) => byPaper.get(id) ?? []);
  return {
    verdict,
    topic,
    topics: (await topicCounts(db)).sort((a, b) => a.topic.localeCompare(b.topic)),
    counts: verdicts.map((v) => ({
      verdict: v,
      count: counted.filter((claim) => claim.verdict === v).length,
    })),
    papers: papers
      .toSorted((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime())
      .map((paper) => ({ paper, claims: byPaper.get(paper.id) ?? [] }))
      .filter(({ claims }) => !verdict || claims.some((claim) => claim.verdict === verdict))
      .map(({ paper, claims }) => ({
        href: paperHref(paper),
        title: proseToText(paper.title),
        titleHtml: proseToHtml(paper.title),
        built: paper.slug === null || rooms.get(paper.slug)?.built === true,
        tally: tallyOf(claims),
        claims: claims.map((claim) => ({
          id: claim.claim_id,
          statement: claim.statement,
          verdict: claim.verdict,
          scale: claim.scale as Scale,
          stale: claim.stale,
          recordedOn: claim.recorded_at?.toISOString().slice(0, 10) ?? null,
          matches: !verdict || claim.verdict === verdict,
        })),
      })),
  };
}

export type LedgerPage = Awaited<ReturnType<typeof ledgerPage>>;
