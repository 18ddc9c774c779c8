import { z } from "@hono/zod-openapi";
import { count, moment, objectId } from "./fields.ts";

export const User = z
  .object({
    _id: z.string(),
    avatarUrl: z.string(),
    fullname: z.string(),
    name: z.string(),
    user: z.string().openapi({ description: "The same as `name`." }),
    type: z.literal("user"),
    isPro: z.boolean(),
    isHf: z.boolean(),
    isHfAdmin: z.boolean(),
    isMod: z.boolean(),
  })
  .openapi("User");

const AuthorReply = z
  .object({
    _id: z.string(),
    name: z.string(),
    hidden: z.boolean(),
    status: z
      .enum(["extracted_pending", "claimed", "claimed_verified"])
      .optional()
      .openapi({ description: "Whether an account says that it is this author." }),
    statusLastChangedAt: moment().optional(),
    user: User.optional(),
  })
  .openapi("Author");

/** How many of the paper's claims stand where. */
export const ClaimCountsReply = z
  .object({
    holds: count(),
    fails: count(),
    inconclusive: count(),
    notMeasured: count(),
  })
  .openapi("ClaimCounts");

const aboutPaper = {
  projectPage: z.string().optional(),
  githubRepo: z.string().optional(),
  githubStars: count().optional(),
  ai_summary: z.string().optional().openapi({ description: "Our own summary, if there is one." }),
  ai_keywords: z.array(z.string()).optional(),
  mediaUrls: z.array(z.string()).optional(),
};

export const PaperReply = z
  .object({
    id: z.string().openapi({ description: "arXiv id without version." }),
    authors: z.array(AuthorReply),
    publishedAt: moment("Version 1 on arXiv."),
    submittedOnDailyAt: moment("When it entered the feed.").optional(),
    submittedOnDailyBy: User.optional(),
    title: z.string(),
    summary: z.string().openapi({ description: "The abstract." }),
    upvotes: count(),
    discussionId: objectId(),
    ...aboutPaper,
    withdrawnAt: moment().optional(),
    claims: ClaimCountsReply,
    runsInBrowser: z.boolean(),
    slug: z.string().optional().openapi({ description: "The room in which the paper runs." }),
  })
  .openapi("Paper");

/** What lists hold. Clients read some fields only here and some only in `paper`: they are in both. */
export const DailyItem = z
  .object({
    paper: PaperReply,
    publishedAt: moment("When it entered the feed; version 1 on arXiv where it has not."),
    title: z.string(),
    summary: z.string(),
    thumbnail: z.string(),
    upvotes: count(),
    numComments: count(),
    submittedBy: User,
    isAuthorParticipating: z.boolean(),
    ...aboutPaper,
  })
  .openapi("DailyItem");

export const DailyItems = z.array(DailyItem);

const nothingLinked = z.array(z.object({ id: z.string() }));

export const PaperInfo = PaperReply.extend({
  numComments: count(),
  thumbnail: z.string(),
  isAuthorParticipating: z.boolean(),
  linkedModels: nothingLinked,
  numTotalModels: count(),
  linkedDatasets: nothingLinked,
  numTotalDatasets: count(),
  linkedSpaces: nothingLinked,
}).openapi("PaperInfo");

export const Repositories = z
  .object({ models: nothingLinked, datasets: nothingLinked, spaces: nothingLinked })
  .openapi("Repositories");
