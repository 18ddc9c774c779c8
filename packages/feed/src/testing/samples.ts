import { newId } from "../database/id.ts";
import type { Db } from "../database/open.ts";
import type { Role } from "../database/tables.ts";
import type { PaperInput } from "../papers/paper-input.ts";
import type { ClaimState, PaperView } from "../papers/paper-view.ts";

/** A morning that most tests live in. */
export const morning = new Date("2024-09-13T08:00:00Z");

/** Some hours after a moment. */
export const hoursAfter = (moment: Date, hours: number) =>
  new Date(moment.getTime() + hours * 3_600_000);

/** A paper as ingestion hands it over. */
export const samplePaper = (id: string, differing: Partial<PaperInput> = {}): PaperInput => ({
  id,
  title: `The title of ${id}`,
  abstract: "An abstract.",
  authors: ["Ada Lovelace", "Alan Turing"],
  primaryCategory: "cs.LG",
  categories: ["cs.LG", "stat.ML"],
  publishedAt: morning,
  updatedAt: morning,
  ...differing,
});

/** A paper as readers see it: listed, and nothing said of it yet. */
export const samplePaperView = (differing: Partial<PaperView> = {}): PaperView => ({
  id: "2409.00001",
  objectId: "0".repeat(24),
  slug: null,
  title: "The title of 2409.00001",
  abstract: "An abstract.",
  summary: null,
  authors: [],
  authorCount: 0,
  primaryCategory: "cs.LG",
  categories: ["cs.LG"],
  topics: [],
  language: "en",
  comment: null,
  doi: null,
  journalRef: null,
  licence: null,
  projectPage: null,
  githubRepo: null,
  githubStars: null,
  thumbnail: null,
  mediaUrls: [],
  publishedAt: morning,
  updatedAt: morning,
  listedAt: morning,
  listedDay: "2024-09-13",
  submittedBy: null,
  withdrawnAt: null,
  hiddenAt: null,
  votes: 0,
  commentCount: 0,
  heatDay: 0,
  heatWeek: 0,
  claims: { holds: 0, fails: 0, inconclusive: 0, notMeasured: 0 },
  claimCells: [],
  runsInBrowser: false,
  revision: 1,
  ...differing,
});

/** A claim that was measured and holds. */
export const sampleClaim = (differing: Partial<ClaimState> = {}): ClaimState => ({
  id: "a",
  position: 0,
  statement: "It is faster.",
  scale: "desk",
  verdict: "holds",
  reason: null,
  reported: "2x",
  measured: "1.9x",
  stale: false,
  recordedAt: morning,
  preset: "quick",
  device: "cpu",
  machine: null,
  ...differing,
});

/** Adds an account, a year old unless told otherwise; returns its id. */
export async function sampleAccount(
  db: Db,
  name: string,
  {
    role = "reader",
    createdAt = hoursAfter(morning, -365 * 24),
  }: { role?: Role; createdAt?: Date } = {},
): Promise<string> {
  const id = newId(createdAt);
  await db
    .insertInto("accounts")
    .values({
      id,
      email: `${name}@example.org`,
      name,
      full_name: name.toUpperCase(),
      role,
      created_at: createdAt,
    })
    .execute();
  return id;
}
