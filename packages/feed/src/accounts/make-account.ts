import { newId } from "../database/id.ts";
import type { Db } from "../database/open.ts";
import type { Role } from "../database/tables.ts";
import { emailAddress } from "../mail/email-address.ts";
import { type Account, accountView } from "./account.ts";
import { checkName } from "./account-name.ts";

/**
 * Makes an account without a login, as an operator does for the first moderator, and tests for
 * everybody.
 * @param options.email `<name>@example.org` if left out, which nobody owns.
 */
export async function makeAccount(
  db: Db,
  { name, email, role = "reader", now }: { name: string; email?: string; role?: Role; now: Date },
): Promise<Account> {
  const row = await db
    .insertInto("accounts")
    .values({
      id: newId(now),
      email: emailAddress(email ?? `${name}@example.org`),
      name: checkName(name),
      role,
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return accountView(row)!;
}
