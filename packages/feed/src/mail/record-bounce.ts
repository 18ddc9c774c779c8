import { newId } from "../database/id.ts";
import type { Db } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";

export interface Bounce {
  readonly kind: "hard" | "soft" | "complaint";
  readonly status: string | null;
  readonly detail: string;
}

/** Hard bounces within so many days count together, and so many of them suspend. */
const memoryDays = 30;
const mostHardBounces = 3;

/**
 * Notes that a mail came back. Mails stop at once when the mailbox does not exist (5.1.1) or the
 * reader complains, and at the third hard bounce in 30 days.
 * @returns whether the subscription is suspended by this.
 */
export const recordBounce = (
  db: Db,
  subscriberId: string,
  { kind, status, detail }: Bounce,
  now: Date,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const subscriber = await trx
      .selectFrom("subscribers")
      .select(["suspended_at", "confirmed_at"])
      .where("id", "=", subscriberId)
      .forUpdate()
      .executeTakeFirst();
    if (!subscriber) return false;
    await trx
      .insertInto("bounces")
      .values({ id: newId(now), subscriber_id: subscriberId, at: now, kind, status, detail })
      .execute();
    const since = new Date(now.getTime() - memoryDays * 86_400_000);
    const { hard } = await trx
      .selectFrom("bounces")
      .select((of) => of.fn.countAll<number>().as("hard"))
      .where("subscriber_id", "=", subscriberId)
      .where("kind", "=", "hard")
      .where("at", ">", since)
      // What came back before the address was confirmed anew is forgiven.
      .where("at", ">=", subscriber.confirmed_at ?? since)
      .executeTakeFirstOrThrow();
    const suspended =
      kind === "complaint" || (kind === "hard" && (status === "5.1.1" || hard >= mostHardBounces));
    const reason = kind === "complaint" ? `complaint: ${detail}` : `${status ?? "5xx"} ${detail}`;
    await trx
      .updateTable("subscribers")
      .set({
        hard_bounces: hard,
        ...(suspended &&
          subscriber.suspended_at === null && {
            suspended_at: now,
            suspended_reason: reason.slice(0, 500),
            next_run_at: null,
          }),
      })
      .where("id", "=", subscriberId)
      .execute();
    return suspended && subscriber.suspended_at === null;
  });
