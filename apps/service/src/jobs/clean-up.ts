import type { Db } from "@daily-kernel/feed/node";

const day = 86_400_000;

/** Removes what has expired: sessions, one-time tokens, subscriptions that nobody confirmed. */
export async function cleanUp(db: Db, now: Date): Promise<void> {
  const yesterday = new Date(now.getTime() - day);
  await db.deleteFrom("sessions").where("expires_at", "<", now).execute();
  // A day longer, so that a late click is told that its link has expired.
  await db.deleteFrom("login_tokens").where("expires_at", "<", yesterday).execute();
  await db
    .deleteFrom("subscribers")
    .where("confirmed_at", "is", null)
    .where("confirm_expires_at", "<", yesterday)
    .execute();
}
