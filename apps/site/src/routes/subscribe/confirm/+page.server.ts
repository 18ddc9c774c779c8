import { confirmSubscription, subscriptionToken } from "@daily-kernel/feed/node";
import { attempt, field, openFormToken, readForm } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import type { Actions, PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

/** Opening the page confirms nothing: scanners of mail follow every link. */
export const load: PageServerLoad = ({ url, locals, cookies }) => ({
  token: url.searchParams.get("token") ?? "",
  formToken: openFormToken(locals, cookies),
});

export const actions: Actions = {
  default: async (event) => {
    const form = await readForm(event);
    const { db, now } = service();
    return attempt(async () => {
      const subscription = await confirmSubscription(db, {
        token: field(form, "token"),
        now: now(),
      });
      return {
        email: subscription.email,
        frequency: subscription.frequency,
        next: subscription.nextRunAt,
        zone: subscription.zone,
        preferences: `/u/${await subscriptionToken(db, subscription.id)}`,
      };
    }, {});
  },
};
