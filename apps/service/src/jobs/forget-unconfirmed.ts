import type { Db } from "@daily-kernel/feed/node";

const day = 86_400_000;

/**
 * Removes subscriptions that nobody confirmed, which hold the address of somebody who may never have
 * asked; a day after their link ended, so that a late click is told so.
 */
export async function forgetUnconfirmed(db: Db, now: Date): Promise<void> {
  await db
    .deleteFrom("subscribers")
    .where("confirmed_at", "is", null)
    .where("confirm_expires_at", "<", new Date(now.getTime() - day))
    .execute();
}
