import { unsubscribe, updateSubscription } from "@daily-kernel/feed/node";
import { redirect } from "@sveltejs/kit";
import { field } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import { preferencesOf } from "#lib/server/subscription-form.ts";
import type { RequestHandler } from "./$types";

/**
 * The forms of the page `/u/{token}`, whose own POST belongs to mail programs. The token, which only
 * the mails hold, is the right to change things here.
 */
export const POST: RequestHandler = async ({ params: { token }, request }) => {
  const { db, now } = service();
  const form = await request.formData();
  const ends = field(form, "do") === "unsubscribe";
  if (ends) await unsubscribe(db, { token, now: now() });
  else await updateSubscription(db, { token, ...preferencesOf(form), now: now() });
  redirect(303, `/u/${token}?did=${ends ? "ended" : "saved"}`);
};
