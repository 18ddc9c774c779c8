import type { PaperView } from "@daily-kernel/feed";
import { proseToHtml, proseToText } from "@daily-kernel/feed";
import { votedPapers } from "@daily-kernel/feed/node";
import { type FeedItem, paperHref } from "../feed-item.ts";
import type { Cell } from "../strip.ts";
import { tallyOf } from "../tally.ts";
import { opening } from "./opening.ts";
import { service } from "./service.ts";

/** The day under which a paper stands: of its listing or, before that, of its publication. */
export const dayOf = ({ listedDay, publishedAt }: PaperView): string =>
  listedDay ?? publishedAt.toISOString().slice(0, 10);

/** What the feed shows of a paper. */
export const feedItem = (paper: PaperView, voted: boolean): FeedItem => ({
  id: paper.id,
  slug: paper.slug,
  href: paperHref(paper),
  title: proseToText(paper.title),
  titleHtml: proseToHtml(paper.title),
  language: paper.language,
  summaryHtml: proseToHtml(opening(paper.summary ?? paper.abstract)),
  authors: paper.authors.map(({ name }) => name),
  authorCount: paper.authorCount,
  topics: paper.topics,
  day: dayOf(paper),
  cells: paper.claimCells as readonly Cell[],
  tally: tallyOf(paper.claimCells),
  runs: paper.runsInBrowser,
  withdrawn: paper.withdrawnAt !== null,
  votes: paper.votes,
  voted,
  comments: paper.commentCount,
});

/** The same for several, with the reader's own votes. */
export async function feedItems(
  papers: readonly PaperView[],
  accountId: string | null,
): Promise<FeedItem[]> {
  const voted = accountId
    ? await votedPapers(
        service().db,
        accountId,
        papers.map(({ id }) => id),
      )
    : new Set<string>();
  return papers.map((paper) => feedItem(paper, voted.has(paper.id)));
}
