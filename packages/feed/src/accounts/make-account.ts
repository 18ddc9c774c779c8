import { newId } from "../database/id.ts";
import type { Db } from "../database/open.ts";
import type { Role } from "../database/tables.ts";
import { isTaken } from "../database/taken.ts";
import { conflictError } from "../feed-error.ts";
import { emailAddress } from "../mail/email-address.ts";
import { type Account, accountView, checkRole } from "./account.ts";
import { checkName } from "./account-name.ts";

/**
 * Makes an account without a login, as an operator does for the first moderator, and tests for
 * everybody.
 * @param options.email `<name>@example.org` if left out, which nobody owns.
 * @throws FeedError `ERR_INPUT`, `ERR_CONFLICT` for a name or an address that is taken.
 */
export async function makeAccount(
  db: Db,
  { name, email, role = "reader", now }: { name: string; email?: string; role?: Role; now: Date },
): Promise<Account> {
  checkRole("makeAccount: role", role);
  const values = {
    id: newId(now),
    name: checkName(name),
    email: emailAddress(email ?? `${name}@example.org`),
    role,
    created_at: now,
  };
  const query = db.insertInto("accounts").values(values).returningAll();
  const row = await query.executeTakeFirstOrThrow().catch((error: unknown) => {
    if (isTaken(error)) {
      throw conflictError(`makeAccount: the name ${name} or its address is taken`);
    }
    throw error;
  });
  return accountView(row)!;
}
