import type { PaperView } from "@daily-kernel/feed";
import type { z } from "@hono/zod-openapi";
import type { DailyItem, PaperInfo, PaperReply } from "../schemas/paper.ts";
import { theService, userReply } from "./user.ts";

/** Fields that clients look for both in an item and in the paper inside it. */
const aboutPaper = (paper: PaperView) => ({
  ...(paper.projectPage !== null && { projectPage: paper.projectPage }),
  ...(paper.githubRepo !== null && { githubRepo: paper.githubRepo }),
  ...(paper.githubStars !== null && { githubStars: paper.githubStars }),
  ...(paper.summary !== null && { ai_summary: paper.summary }),
  ...(paper.topics.length > 0 && { ai_keywords: [...paper.topics] }),
  ...(paper.mediaUrls.length > 0 && { mediaUrls: [...paper.mediaUrls] }),
});

/** A paper as it stands inside a daily item. */
export const paperReply = (paper: PaperView, baseUrl: string): z.infer<typeof PaperReply> => ({
  id: paper.id,
  authors: paper.authors.map(({ id, name }) => ({ _id: id, name, hidden: false })),
  publishedAt: paper.publishedAt.toISOString(),
  ...(paper.listedAt !== null && {
    submittedOnDailyAt: paper.listedAt.toISOString(),
    submittedOnDailyBy: userReply(paper.submittedBy ?? theService, baseUrl),
  }),
  title: paper.title,
  summary: paper.abstract,
  upvotes: paper.votes,
  discussionId: paper.objectId,
  ...aboutPaper(paper),
  ...(paper.withdrawnAt !== null && { withdrawnAt: paper.withdrawnAt.toISOString() }),
  claims: paper.claims,
  runsInBrowser: paper.runsInBrowser,
  ...(paper.slug !== null && { slug: paper.slug }),
});

/** An item of a list. Its own `publishedAt` is the moment of listing. */
export const dailyItem = (paper: PaperView, baseUrl: string): z.infer<typeof DailyItem> => ({
  paper: paperReply(paper, baseUrl),
  publishedAt: (paper.listedAt ?? paper.publishedAt).toISOString(),
  title: paper.title,
  summary: paper.abstract,
  thumbnail: thumbnailOf(paper, baseUrl),
  upvotes: paper.votes,
  numComments: paper.commentCount,
  submittedBy: userReply(paper.submittedBy ?? theService, baseUrl),
  isAuthorParticipating: false,
  ...aboutPaper(paper),
});

/** A paper by itself. No models, data sets or spaces are kept here: their lists are empty. */
export const paperInfo = (paper: PaperView, baseUrl: string): z.infer<typeof PaperInfo> => ({
  ...paperReply(paper, baseUrl),
  numComments: paper.commentCount,
  thumbnail: thumbnailOf(paper, baseUrl),
  isAuthorParticipating: false,
  linkedModels: [],
  numTotalModels: 0,
  linkedDatasets: [],
  numTotalDatasets: 0,
  linkedSpaces: [],
});

const thumbnailOf = ({ id, thumbnail }: PaperView, baseUrl: string) =>
  thumbnail ?? `${baseUrl}/papers/${id}/share.png`;
