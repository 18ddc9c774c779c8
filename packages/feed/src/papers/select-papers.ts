import type { Selectable } from "kysely";
import type { Db } from "../database/open.ts";
import type { PaperTable } from "../database/tables.ts";
import type { PaperView } from "./paper-view.ts";

/** A paper's row with its submitter's names. */
export type PaperRow = Selectable<PaperTable> & {
  submitter_name: string | null;
  submitter_full_name: string | null;
};

/** Papers with their submitters, hidden ones as well. */
export const selectPapers = (db: Db) =>
  db
    .selectFrom("papers")
    .leftJoin("accounts as submitter", (join) =>
      join.onRef("submitter.id", "=", "papers.submitted_by").on("submitter.deleted_at", "is", null),
    )
    .selectAll("papers")
    .select(["submitter.name as submitter_name", "submitter.full_name as submitter_full_name"]);

/** What readers see of a row. */
export function paperView(row: PaperRow): PaperView {
  return {
    id: row.id,
    objectId: row.object_id,
    slug: row.slug,
    title: row.title,
    abstract: row.abstract,
    summary: row.summary,
    authors: row.authors,
    authorCount: row.author_count,
    primaryCategory: row.primary_category,
    categories: row.categories,
    topics: row.topics,
    language: row.language,
    comment: row.comment,
    doi: row.doi,
    journalRef: row.journal_ref,
    licence: row.licence,
    projectPage: row.project_page,
    githubRepo: row.github_repo,
    githubStars: row.github_stars,
    thumbnail: row.thumbnail,
    mediaUrls: row.media_urls,
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
    listedAt: row.listed_at,
    listedDay: row.listed_day,
    submittedBy:
      row.submitted_by === null || row.submitter_name === null
        ? null
        : {
            id: row.submitted_by,
            name: row.submitter_name,
            fullName: row.submitter_full_name ?? "",
          },
    withdrawnAt: row.withdrawn_at,
    hiddenAt: row.hidden_at,
    votes: row.votes,
    commentCount: row.comment_count,
    heatDay: row.heat_day,
    heatWeek: row.heat_week,
    claims: {
      holds: row.claims_hold,
      fails: row.claims_fail,
      inconclusive: row.claims_inconclusive,
      notMeasured: row.claims_not_measured,
    },
    claimCells: row.claim_cells,
    runsInBrowser: row.runs_in_browser,
    revision: row.revision,
  };
}
