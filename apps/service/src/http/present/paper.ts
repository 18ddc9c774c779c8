import type { Author, PaperView } from "@daily-kernel/feed";
import { type AuthorClaim, authorClaims } from "@daily-kernel/feed/node";
import type { z } from "@hono/zod-openapi";
import type { ApiService } from "../api-service.ts";
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

type Claims = readonly AuthorClaim[];

/** An author, with the account that says so. */
function authorReply({ id, name }: Author, claims: Claims, baseUrl: string) {
  const claim = claims.find(({ authorId }) => authorId === id);
  if (!claim) return { _id: id, name, hidden: false };
  return {
    _id: id,
    name,
    hidden: false,
    status: claim.status,
    statusLastChangedAt: claim.changedAt.toISOString(),
    user: userReply(claim.account, baseUrl),
  };
}

/** A paper as it stands inside a daily item. */
const paperReply = (
  paper: PaperView,
  claims: Claims,
  baseUrl: string,
): z.infer<typeof PaperReply> => ({
  id: paper.id,
  authors: paper.authors.map((author) => authorReply(author, claims, baseUrl)),
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
const dailyItem = (
  paper: PaperView,
  claims: Claims,
  baseUrl: string,
): z.infer<typeof DailyItem> => ({
  paper: paperReply(paper, claims, baseUrl),
  publishedAt: (paper.listedAt ?? paper.publishedAt).toISOString(),
  title: paper.title,
  summary: paper.abstract,
  thumbnail: thumbnailOf(paper, baseUrl),
  upvotes: paper.votes,
  numComments: paper.commentCount,
  submittedBy: userReply(paper.submittedBy ?? theService, baseUrl),
  isAuthorParticipating: claims.some(({ comments }) => comments),
  ...aboutPaper(paper),
});

/** The items of a list. */
export async function dailyItems(
  { db, config }: Pick<ApiService, "db" | "config">,
  papers: readonly PaperView[],
) {
  const claims = await authorClaims(
    db,
    papers.map(({ id }) => id),
  );
  return papers.map((paper) => dailyItem(paper, claims.get(paper.id) ?? [], config.baseUrl));
}

/** A paper by itself. No models, data sets or spaces are kept here: their lists are empty. */
export async function paperInfo(
  { db, config: { baseUrl } }: ApiService,
  paper: PaperView,
): Promise<z.infer<typeof PaperInfo>> {
  const claims = (await authorClaims(db, [paper.id])).get(paper.id) ?? [];
  return {
    ...paperReply(paper, claims, baseUrl),
    numComments: paper.commentCount,
    thumbnail: thumbnailOf(paper, baseUrl),
    isAuthorParticipating: claims.some(({ comments }) => comments),
    linkedModels: [],
    numTotalModels: 0,
    linkedDatasets: [],
    numTotalDatasets: 0,
    linkedSpaces: [],
  };
}

const thumbnailOf = ({ id, thumbnail }: PaperView, baseUrl: string) =>
  thumbnail ?? `${baseUrl}/papers/${id}/share.png`;
