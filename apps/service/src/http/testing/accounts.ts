import { type Account, type Db, getAccount, newId, type Role } from "@daily-kernel/feed/node";

/** An account that nobody signed in to. */
export async function addAccount(
  db: Db,
  { name, role = "reader", now }: { name: string; role?: Role; now: Date },
): Promise<Account> {
  const id = newId(now);
  const email = `${name}@example.org`;
  await db.insertInto("accounts").values({ id, email, name, role, created_at: now }).execute();
  return (await getAccount(db, id))!;
}
