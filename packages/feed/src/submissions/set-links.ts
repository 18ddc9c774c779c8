import { type Account, requireRole } from "../accounts/account.ts";
import type { Db } from "../database/open.ts";
import { nextRevision } from "../database/revision.ts";
import { isStorable } from "../database/storable.ts";
import { inTransaction } from "../database/transaction.ts";
import { forbiddenError, inputError, notFoundError } from "../feed-error.ts";
import { audit } from "../moderation/audit.ts";
import { isHttpsAddress } from "./https-address.ts";

/** A paper's pages elsewhere; `null` takes one away, what is left out stays. */
export interface Links {
  readonly projectPage?: string | null | undefined;
  readonly githubRepo?: string | null | undefined;
}

/**
 * Sets a paper's links: who submitted it may, a verified author of it, and moderators.
 * @throws FeedError `ERR_INPUT`, `ERR_FORBIDDEN`, `ERR_NOT_FOUND`.
 */
export const setLinks = async (
  db: Db,
  {
    paperId,
    links,
    by,
    now,
  }: { readonly paperId: string; readonly links: Links; readonly by: Account; readonly now: Date },
): Promise<void> => {
  const { projectPage, githubRepo } = links;
  if (typeof projectPage === "string") checkPage(projectPage);
  if (typeof githubRepo === "string") checkRepository(githubRepo);
  return inTransaction(db, async (trx) => {
    requireRole(by, "reader");
    if (!isStorable(paperId))
      throw notFoundError(`no paper ${JSON.stringify(paperId)} is known here`);
    const paper = await trx
      .selectFrom("papers")
      .select("submitted_by")
      .where("id", "=", paperId)
      .where("hidden_at", "is", null)
      .forUpdate()
      .executeTakeFirst();
    if (!paper) throw notFoundError(`no paper ${paperId} is known here`);
    const may =
      by.role === "moderator" ||
      paper.submitted_by === by.id ||
      (await isVerifiedAuthor(trx, paperId, by.id));
    if (!may)
      throw forbiddenError("only who submitted a paper, its verified authors and moderators may");
    await trx
      .updateTable("papers")
      .set({
        ...(projectPage !== undefined && { project_page: projectPage }),
        ...(githubRepo !== undefined && { github_repo: githubRepo, github_stars: null }),
        revision: nextRevision,
      })
      .where("id", "=", paperId)
      .execute();
    const entry = { action: "paper.links", subject: `paper:${paperId}`, detail: { ...links } };
    await audit(trx, { ...entry, at: now, actorId: by.id });
  });
};

const isVerifiedAuthor = async (trx: Db, paperId: string, accountId: string): Promise<boolean> =>
  (await trx
    .selectFrom("author_claims")
    .select("author_id")
    .where("paper_id", "=", paperId)
    .where("account_id", "=", accountId)
    .where("status", "=", "claimed_verified")
    .executeTakeFirst()) !== undefined;

function checkPage(url: string): void {
  if (!isHttpsAddress(url))
    throw inputError("projectPage must be an address that starts with https://, or null");
}

function checkRepository(url: string): void {
  if (!/^https:\/\/github\.com\/[\w.-]{1,100}\/[\w.-]{1,100}\/?$/.test(url))
    throw inputError("githubRepo must be https://github.com/<owner>/<name>, or null");
}
