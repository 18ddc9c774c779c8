import { notFoundError } from "@daily-kernel/feed";
import {
  type AuditView,
  auditLog,
  type Db,
  type Role,
  reinstateAccount,
  setRole,
  suspendAccount,
} from "@daily-kernel/feed/node";
import type { Verb } from "./verb.ts";

/** Whom an operator means: a mail address or a name. */
interface Who {
  readonly who: string;
}

async function find(db: Db, who: string): Promise<{ accountId: string; name: string }> {
  const account = await db
    .selectFrom("accounts")
    .select(["id", "name"])
    .where(who.includes("@") ? "email" : "name", "=", who.trim().toLowerCase())
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (!account)
    throw notFoundError(
      `there is no account ${who}: it is made when its owner first signs in (${who.includes("@") ? "by mail address" : "by name"})`,
    );
  return { accountId: account.id, name: account.name };
}

const byOperator = { by: "operator" } as const;

/** Gives an account a role; answers with its name. */
export const role: Verb<Who & { role: Role }, string> = async ({ db, now }, args) => {
  const { accountId, name } = await find(db, args.who);
  await setRole(db, { ...byOperator, accountId, role: args.role, now: now() });
  return name;
};

export const suspend: Verb<Who & { reason: string; withVotes: boolean }, string> = async (
  { db, now },
  { who, reason, withVotes },
) => {
  const { accountId, name } = await find(db, who);
  await suspendAccount(db, { ...byOperator, accountId, reason, withVotes, now: now() });
  return name;
};

export const reinstate: Verb<Who, string> = async ({ db, now }, { who }) => {
  const { accountId, name } = await find(db, who);
  await reinstateAccount(db, { ...byOperator, accountId, now: now() });
  return name;
};

/** The last entries of the moderators' log. */
export const audit: Verb<{ limit: number }, readonly AuditView[]> = async ({ db }, { limit }) =>
  (await auditLog(db, { limit })).items;
