import type { Selectable } from "kysely";
import type { Db } from "../database/open.ts";
import type { AccountTable, Role } from "../database/tables.ts";
import { FeedError, forbiddenError, inputError } from "../feed-error.ts";

/** Somebody who has signed in at least once. */
export interface Account {
  readonly id: string;
  readonly email: string;
  /** Shown and unique, see `checkName`. */
  readonly name: string;
  /** Shown where it is not empty. */
  readonly fullName: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly suspendedAt: Date | null;
}

/** An account's columns as the others see them; null for one that was deleted. */
export function accountView(row: Selectable<AccountTable>): Account | null {
  if (row.email === null || row.deleted_at !== null) return null;
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    fullName: row.full_name,
    role: row.role,
    createdAt: row.created_at,
    suspendedAt: row.suspended_at,
  };
}

/** The account of that id, or null; suspended ones too. */
export async function getAccount(db: Db, id: string): Promise<Account | null> {
  if (!/^[0-9a-f]{24}$/.test(id)) return null;
  const row = await db
    .selectFrom("accounts")
    .selectAll()
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return row ? accountView(row) : null;
}

/** The account of that name, or null; suspended ones too. */
export async function getAccountByName(db: Db, name: string): Promise<Account | null> {
  if (!/^[a-z0-9-]{2,39}$/.test(name)) return null;
  const row = await db
    .selectFrom("accounts")
    .selectAll()
    .where("name", "=", name)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return row ? accountView(row) : null;
}

const ranks: Readonly<Record<Role, number>> = { reader: 0, submitter: 1, moderator: 2 };

/** @throws FeedError (ERR_INPUT) for what is no role. */
export function checkRole(name: string, role: Role): void {
  if (!Object.hasOwn(ranks, role))
    throw inputError(
      `${name} must be one of ${Object.keys(ranks).join(", ")}, got ${String(role)}`,
    );
}

/** Whether an account may do what the role may; a suspended one may do nothing. */
export const hasRole = (account: Account | null, role: Role): account is Account =>
  account !== null && account.suspendedAt === null && ranks[account.role] >= ranks[role];

/**
 * @throws FeedError (ERR_UNAUTHENTICATED) without an account, (ERR_FORBIDDEN) if it is suspended or
 * its role is too low.
 */
export function requireRole(account: Account | null, role: Role): asserts account is Account {
  if (account === null) throw new FeedError("ERR_UNAUTHENTICATED", "sign in first");
  if (account.suspendedAt !== null) throw forbiddenError("this account is suspended");
  if (!hasRole(account, role)) throw forbiddenError(`only a ${role} may do this`);
}
