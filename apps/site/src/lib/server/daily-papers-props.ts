import type { PaperView, Period } from "@daily-kernel/feed";

interface Shown {
  readonly period: Period["kind"];
  readonly dateString: string;
}

/**
 * What bridges to feed readers look for in a page of daily papers, `data-props`: of an item of the
 * API what they read, each text once, since every quotation mark is six characters in an attribute.
 */
export const dailyPapersProps = (
  papers: readonly PaperView[],
  { period, dateString }: Shown,
): string =>
  JSON.stringify({
    dailyPapers: papers.map((paper) => ({
      paper: {
        id: paper.id,
        title: paper.title,
        summary: paper.abstract,
        authors: paper.authors.map(({ name }) => ({ name })),
        publishedAt: paper.publishedAt.toISOString(),
        upvotes: paper.votes,
        discussionId: paper.objectId,
      },
      title: paper.title,
      publishedAt: (paper.listedAt ?? paper.publishedAt).toISOString(),
      numComments: paper.commentCount,
    })),
    dateString,
    periodType: period,
  });
