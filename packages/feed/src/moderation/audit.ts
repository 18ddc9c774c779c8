import { sql } from "kysely";
import { checkCount } from "../check.ts";
import { newId } from "../database/id.ts";
import { type Db, json } from "../database/open.ts";
import { inputError } from "../feed-error.ts";
import { type PublicAccount, publicAccount } from "../papers/paper-view.ts";

/** What was done, by whom, to what. */
export interface AuditEntry {
  readonly at: Date;
  /** Null for the service itself, or its operator at the console. */
  readonly actorId: string | null;
  /** `comment.hide`, `account.role`, ... */
  readonly action: string;
  /** Whom or what it concerns: `paper:2409.08729`, `account:...`. */
  readonly subject: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export interface AuditView extends Required<Omit<AuditEntry, "actorId">> {
  readonly id: string;
  readonly actor: PublicAccount | null;
}

/** Writes an entry; in the transaction of what it tells. */
export async function audit(trx: Db, entry: AuditEntry): Promise<void> {
  await trx
    .insertInto("audit_log")
    .values({
      id: newId(entry.at),
      at: entry.at,
      actor_id: entry.actorId,
      action: entry.action,
      subject: entry.subject,
      detail: json(entry.detail ?? {}),
    })
    .execute();
}

/** The log from the newest entry on; `next` leads to the page after. */
export async function auditLog(
  db: Db,
  { limit, before }: { limit: number; before?: string | undefined },
): Promise<{ items: AuditView[]; next: string | null }> {
  checkCount("auditLog: limit", limit);
  let query = db
    .selectFrom("audit_log")
    .leftJoin("accounts", "accounts.id", "audit_log.actor_id")
    .selectAll("audit_log")
    .select(["accounts.name", "accounts.full_name"]);
  if (before !== undefined) {
    const [, ms, id] = /^(-?\d{1,15})-([0-9a-f]{24})$/.exec(before) ?? [];
    const at = new Date(Number(ms));
    if (Number.isNaN(at.getTime())) {
      throw inputError("auditLog: `before` is not one that a page gave");
    }
    query = query.where(sql<boolean>`(audit_log.at, audit_log.id) < (${at}::timestamptz, ${id})`);
  }
  const rows = await query
    .orderBy("audit_log.at", "desc")
    .orderBy("audit_log.id", "desc")
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map((row) => ({
    id: row.id,
    at: row.at,
    actor: publicAccount(row.actor_id, row.name, row.full_name),
    action: row.action,
    subject: row.subject,
    detail: row.detail as Record<string, unknown>,
  }));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? `${last.at.getTime()}-${last.id}` : null };
}
