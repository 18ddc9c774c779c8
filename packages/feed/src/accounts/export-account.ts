import { sql } from "kysely";
import type { Db } from "../database/open.ts";
import { notFoundError } from "../feed-error.ts";
import { getAccount } from "./account.ts";
import { listApiTokens } from "./api-token.ts";
import { listPasskeys } from "./passkey.ts";

/**
 * Everything that is an account's own, as plain data for a JSON file: profile, votes, comments with
 * their earlier texts, reports, passkeys, sessions, tokens (never the secrets themselves), runs,
 * records, kernels, submitted papers, claims of authorship, the subscription of the same address with its mails, and the audit
 * log's entries that it made or that are about it.
 * @throws FeedError (ERR_NOT_FOUND).
 */
export async function exportAccount(db: Db, id: string): Promise<Record<string, unknown>> {
  const account = await getAccount(db, id);
  if (!account) throw notFoundError("there is no such account");
  const rowsOf = async (table: "votes" | "comments" | "comment_reports" | "runs" | "records") => {
    const { rows } = await sql<object>`
      select * from ${sql.table(table)} where account_id = ${id} order by created_at, paper_id`.execute(
      db,
    );
    return rows;
  };
  return {
    account,
    votes: await rowsOf("votes"),
    comments: await rowsOf("comments"),
    commentEdits: await db
      .selectFrom("comment_edits")
      .innerJoin("comments", (join) =>
        join
          .onRef("comments.paper_id", "=", "comment_edits.paper_id")
          .onRef("comments.id", "=", "comment_edits.comment_id"),
      )
      .selectAll("comment_edits")
      .where("comments.account_id", "=", id)
      .orderBy("replaced_at")
      .execute(),
    reports: await rowsOf("comment_reports"),
    passkeys: await listPasskeys(db, id),
    sessions: await db
      .selectFrom("sessions")
      .select(["created_at", "seen_at", "expires_at", "user_agent", "ip_prefix"])
      .where("account_id", "=", id)
      .orderBy("created_at")
      .execute(),
    apiTokens: await listApiTokens(db, id),
    runs: await rowsOf("runs"),
    records: await rowsOf("records"),
    kernels: await db
      .selectFrom("kernels")
      .selectAll()
      .where("account_id", "=", id)
      .orderBy("created_at")
      .execute(),
    submittedPapers: await db
      .selectFrom("papers")
      .select(["id", "listed_at"])
      .where("submitted_by", "=", id)
      .orderBy("listed_at")
      .execute(),
    authorClaims: await db
      .selectFrom("author_claims")
      .selectAll()
      .where("account_id", "=", id)
      .orderBy("changed_at")
      .execute(),
    subscription: await subscriptionOf(db, account.email),
    audit: await db
      .selectFrom("audit_log")
      .selectAll()
      .where((either) =>
        either.or([either("actor_id", "=", id), either("subject", "=", `account:${id}`)]),
      )
      .orderBy("at")
      .orderBy("id")
      .execute(),
  };
}

async function subscriptionOf(db: Db, email: string) {
  const subscriber = await db
    .selectFrom("subscribers")
    .selectAll()
    .where("email", "=", email)
    .executeTakeFirst();
  if (!subscriber) return null;
  const { confirm_hash: _, ...settings } = subscriber;
  const sends = db
    .selectFrom("digest_sends")
    .selectAll()
    .where("subscriber_id", "=", subscriber.id);
  const bounces = db.selectFrom("bounces").selectAll().where("subscriber_id", "=", subscriber.id);
  return {
    ...settings,
    sends: await sends.orderBy("issue_date").execute(),
    bounces: await bounces.orderBy("at").execute(),
  };
}
