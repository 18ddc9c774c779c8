import { type Db, newId } from "@daily-kernel/feed/node";

/**
 * Makes the account of an address a moderator's, and the account where there is none: its owner
 * signs in by mail like everybody else.
 */
export async function makeModerator(db: Db, email: string, now: Date): Promise<void> {
  const id = newId(now);
  await db
    .insertInto("accounts")
    .values({ id, email, name: `moderator-${id.slice(-6)}`, role: "moderator", created_at: now })
    .onConflict((conflict) => conflict.column("email").doUpdateSet({ role: "moderator" }))
    .execute();
}
