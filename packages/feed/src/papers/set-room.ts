import { sql } from "kysely";
import type { Db } from "../database/open.ts";
import { nextRevision } from "../database/revision.ts";
import { inTransaction } from "../database/transaction.ts";
import { notFoundError } from "../feed-error.ts";
import { lockPaper } from "../trending/recount.ts";
import { countAgain } from "./feed-counts.ts";

export interface Room {
  readonly paperId: string;
  readonly slug: string;
  readonly summary: string;
  readonly topics: readonly string[];
  readonly runsInBrowser: boolean;
  readonly projectPage?: string | null;
  readonly githubRepo?: string | null;
}

/**
 * Says where a paper runs. The same again changes nothing; links that are left out stay.
 * @throws FeedError `ERR_NOT_FOUND` if the paper is not known.
 */
export const setRoom = (db: Db, room: Room): Promise<void> =>
  inTransaction(db, async (trx) => {
    const paper = await lockPaper(trx, room.paperId);
    if (!paper) throw notFoundError(`setRoom: no paper ${room.paperId} is known`);
    const values = {
      slug: room.slug,
      summary: room.summary,
      topics: [...room.topics],
      runs_in_browser: room.runsInBrowser,
      ...(room.projectPage !== undefined && { project_page: room.projectPage }),
      ...(room.githubRepo !== undefined && { github_repo: room.githubRepo }),
    };
    const differs = sql.join(
      Object.entries(values).map(
        ([column, value]) => sql`${sql.ref(column)} is distinct from ${value}`,
      ),
      sql` or `,
    );
    await trx
      .updateTable("papers")
      .set({ ...values, revision: nextRevision })
      .where("id", "=", room.paperId)
      .where(sql<boolean>`(${differs})`)
      .execute();
    await countAgain(trx, [{ before: paper, after: { ...paper, ...values } }]);
  });
