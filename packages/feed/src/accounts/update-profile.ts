import type { Db } from "../database/open.ts";
import { isTaken } from "../database/taken.ts";
import { conflictError, notFoundError } from "../feed-error.ts";
import { type Account, accountView } from "./account.ts";
import { checkFullName, checkName } from "./account-name.ts";

/**
 * Changes an account's name, full name, or both; what is left out stays.
 * @throws FeedError (ERR_INPUT) by the rules of `checkName` and `checkFullName`, (ERR_CONFLICT) for
 * a name that is taken.
 */
export async function updateProfile(
  db: Db,
  change: { readonly accountId: string; readonly name?: string; readonly fullName?: string },
): Promise<Account> {
  const set = {
    ...(change.name !== undefined && { name: checkName(change.name) }),
    ...(change.fullName !== undefined && { full_name: checkFullName(change.fullName) }),
  };
  const query = db
    .updateTable("accounts")
    .set({ ...set, id: change.accountId })
    .where("id", "=", change.accountId)
    .where("deleted_at", "is", null)
    .returningAll();
  const row = await query.executeTakeFirst().catch((error: unknown) => {
    if (isTaken(error)) throw conflictError(`the name ${change.name} is taken`);
    throw error;
  });
  const account = row ? accountView(row) : null;
  if (account === null) throw notFoundError("there is no such account");
  return account;
}
