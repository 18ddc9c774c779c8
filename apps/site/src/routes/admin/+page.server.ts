import { renderMarkdown } from "@daily-kernel/feed";
import {
  auditLog,
  dismissReports,
  getAccountByName,
  hideComment,
  reinstateAccount,
  reports,
  setRole,
  suspendAccount,
} from "@daily-kernel/feed/node";
import { error, type RequestEvent, redirect } from "@sveltejs/kit";
import { attempt, field, readForm, signedIn } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import type { Actions, PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

function moderator(event: RequestEvent) {
  const account = signedIn(event);
  if (account.role !== "moderator") error(403, "This page is for moderators.");
  return account;
}

export const load: PageServerLoad = async (event) => {
  moderator(event);
  const { db, jobs, runs, now } = service();
  const { queues, dead } = await jobs.health();
  const mails = await db
    .selectFrom("digest_sends")
    .select(["state", (eb) => eb.fn.countAll<number>().as("n")])
    .groupBy("state")
    .execute();
  const lastMails = await db
    .selectFrom("digest_sends")
    .innerJoin("subscribers", "subscribers.id", "digest_sends.subscriber_id")
    .select(["email", "issue_date", "kind", "state", "attempts", "response"])
    .where("state", "in", ["failed", "unknown"])
    .orderBy("claimed_at", "desc")
    .limit(20)
    .execute();
  const subscribers = await db
    .selectFrom("subscribers")
    .select((eb) => [
      eb.fn.countAll<number>().as("all"),
      eb.fn.count<number>("confirmed_at").as("confirmed"),
      eb.fn.count<number>("unsubscribed_at").as("left"),
      eb.fn.count<number>("suspended_at").as("suspended"),
    ])
    .executeTakeFirstOrThrow();
  const bounces = await db
    .selectFrom("bounces")
    .select(["kind", (eb) => eb.fn.countAll<number>().as("n")])
    .where("at", ">", new Date(now().getTime() - 7 * 86_400_000))
    .groupBy("kind")
    .execute();
  const log = await auditLog(db, {
    limit: 50,
    before: event.url.searchParams.get("before") ?? undefined,
  });
  return {
    done: event.url.searchParams.has("did") ? "Done." : null,
    queues,
    dead,
    mails,
    lastMails,
    subscribers,
    bounces,
    harvests: await db.selectFrom("harvests").selectAll().orderBy("updated_at", "desc").execute(),
    runs: await runs.list({ open: true }, 20),
    reports: (await reports(db, { limit: 50 })).map((report) => ({
      ...report,
      html: renderMarkdown(report.body),
    })),
    log: log.items.map((entry) => ({ ...entry, detail: JSON.stringify(entry.detail) })),
    older: log.next,
  };
};

interface Act {
  readonly by: { readonly accountId: string };
  readonly now: Date;
}

const act =
  (does: (form: FormData, act: Act, event: RequestEvent) => Promise<unknown>, anchor: string) =>
  async (event: RequestEvent) => {
    const { id } = moderator(event);
    const form = await readForm(event);
    const result = await attempt(async () => {
      await does(form, { by: { accountId: id }, now: service().now() }, event);
      return null;
    }, {});
    if (result) return result;
    redirect(303, `/admin?did=1#${anchor}`);
  };

const comment = (form: FormData) => ({
  paperId: field(form, "paper"),
  commentId: field(form, "comment"),
});

async function named(form: FormData): Promise<string> {
  const account = await getAccountByName(service().db, field(form, "name"));
  if (!account) error(404, `There is no account ${field(form, "name")}.`);
  return account.id;
}

export const actions: Actions = {
  hide: act(
    (form, by) =>
      hideComment(service().db, { ...comment(form), ...by, reason: field(form, "reason") }),
    "reports",
  ),
  dismiss: act((form, by) => dismissReports(service().db, { ...comment(form), ...by }), "reports"),
  role: act(async (form, by) => {
    const role = field(form, "role") as "reader" | "submitter" | "moderator";
    await setRole(service().db, { ...by, accountId: await named(form), role });
  }, "accounts"),
  suspend: act(async (form, by) => {
    await suspendAccount(service().db, {
      ...by,
      accountId: await named(form),
      reason: field(form, "reason"),
      withVotes: field(form, "votes") === "1",
    });
  }, "accounts"),
  reinstate: act(async (form, by) => {
    await reinstateAccount(service().db, { ...by, accountId: await named(form) });
  }, "accounts"),
  retry: act(
    (form) => service().jobs.retry({ queue: field(form, "queue"), id: field(form, "id") }),
    "queue",
  ),
  cancel: act(
    (form, _, event) => service().runs.cancel(field(form, "run"), signedIn(event)),
    "runs",
  ),
};
