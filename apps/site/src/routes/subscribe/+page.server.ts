import { composeConfirmation } from "@daily-kernel/feed";
import { ipPrefix, requestSubscription, storedPrefix } from "@daily-kernel/feed/node";
import { fail } from "@sveltejs/kit";
import { attempt, field, openFormToken, readForm } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import { consentText, preferencesOf, subscriptionChoices } from "#lib/server/subscription-form.ts";
import type { Actions, PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

export const load: PageServerLoad = async ({ url, locals, cookies }) => ({
  ...(await subscriptionChoices()),
  email: url.searchParams.get("email")?.slice(0, 254) ?? locals.account?.email ?? "",
  token: openFormToken(locals, cookies),
  consentText,
});

/** The answer is the same whether an address is known or not. */
export const actions: Actions = {
  default: async (event) => {
    const form = await readForm(event);
    const email = field(form, "email");
    const { db, limiter, mailer, log, config, now } = service();
    const at = now();
    const address = event.getClientAddress();
    const asked = [
      limiter.take("subscribe-prefix", ipPrefix(address), at),
      limiter.take("subscribe-address", email.toLowerCase(), at),
    ];
    const preferences = preferencesOf(form);
    const kept = { email, ...preferences };
    if (asked.some(({ allowed }) => !allowed))
      return fail(429, {
        ...kept,
        problem: "Too many subscriptions were asked for from here. Try again in an hour.",
      });
    return attempt(async () => {
      const wanted = await requestSubscription(db, {
        ...preferences,
        email,
        ipPrefix: storedPrefix(address),
        consentText,
        now: at,
      });
      // Not waited for: how long the answer takes must not tell either.
      if (wanted)
        mailer
          .send(composeConfirmation({ email, token: wanted.token, baseUrl: config.baseUrl }))
          .catch((error) => log.error({ err: error }, "a confirmation was not sent"));
      return { asked: email };
    }, kept);
  },
};
