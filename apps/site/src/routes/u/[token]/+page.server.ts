import { getSubscription } from "@daily-kernel/feed/node";
import { service } from "#lib/server/service.ts";
import { subscriptionChoices } from "#lib/server/subscription-form.ts";
import type { PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

/** Opening the page ends nothing. The token in its address is the right to change things here. */
export const load: PageServerLoad = async ({ params, url }) => {
  const { db } = service();
  const { state, email, frequency, topics, hour, zone, weekday, nextRunAt } = await getSubscription(
    db,
    { token: params.token },
  );
  return {
    subscription: { state, email, frequency, topics, hour, zone, weekday, nextRunAt },
    choices: await subscriptionChoices(),
    did: url.searchParams.get("did"),
    token: params.token,
  };
};
