import { checkedText } from "../comments/comment-text.ts";
import type { Db } from "../database/open.ts";
import { nextRevision } from "../database/revision.ts";
import { notFoundError } from "../feed-error.ts";
import { countAgain } from "../papers/feed-counts.ts";
import { lockPaper } from "../trending/recount.ts";
import { type Act, moderate } from "./moderate.ts";

interface OnPaper extends Act {
  readonly paperId: string;
}

/** Takes a paper out of everything that readers see; what is known of it stays. */
export const hidePaper = (db: Db, act: OnPaper & { readonly reason: string }): Promise<void> =>
  moderate(db, act, async (trx) => {
    const reason = checkedText(act.reason, "reason");
    const changed = await setHidden(trx, act.paperId, act.now);
    return changed
      ? { action: "paper.hide", subject: `paper:${act.paperId}`, detail: { reason } }
      : null;
  });

/** Shows a hidden paper again, on the day where it was. */
export const showPaper = (db: Db, act: OnPaper): Promise<void> =>
  moderate(db, act, async (trx) => {
    const changed = await setHidden(trx, act.paperId, null);
    return changed ? { action: "paper.show", subject: `paper:${act.paperId}` } : null;
  });

/** @returns whether anything changed. */
async function setHidden(trx: Db, paperId: string, hiddenAt: Date | null): Promise<boolean> {
  const paper = await lockPaper(trx, paperId);
  if (!paper) throw notFoundError(`there is no paper ${paperId}`);
  if ((paper.hidden_at === null) === (hiddenAt === null)) return false;
  await trx
    .updateTable("papers")
    .set({ hidden_at: hiddenAt, revision: nextRevision })
    .where("id", "=", paperId)
    .execute();
  await countAgain(trx, [{ before: paper, after: { ...paper, hidden_at: hiddenAt } }]);
  return true;
}
