import { ipPrefix, magicLinkMinutes, requestMagicLink } from "@daily-kernel/feed/node";
import { fail, redirect } from "@sveltejs/kit";
import { browserCookie } from "#lib/server/cookies.ts";
import { attempt, field, openFormToken, ownPath, readForm } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import { signInMail } from "#lib/server/sign-in-mail.ts";
import type { Actions, PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

export const load: PageServerLoad = ({ url, locals, cookies }) => {
  const next = ownPath(url.searchParams.get("next") ?? "/");
  if (locals.account) redirect(303, next);
  return { next, token: openFormToken(locals, cookies), minutes: magicLinkMinutes };
};

export const actions: Actions = {
  /** The answer is the same whether an address is known or not. */
  default: async (event) => {
    const form = await readForm(event);
    const email = field(form, "email");
    const next = ownPath(field(form, "next"));
    const { db, mailer, limiter, log, config, now } = service();
    const at = now();
    const asked = [
      limiter.take("login-mail-prefix", ipPrefix(event.getClientAddress()), at),
      limiter.take("login-mail-address", email.toLowerCase(), at),
    ];
    if (asked.some(({ allowed }) => !allowed))
      return fail(429, { email, problem: "Too many links were asked for. Try again in an hour." });
    return attempt(
      async () => {
        const browser = browserCookie(event.cookies);
        const link = await requestMagicLink(db, { email, browser, now: at });
        mailer
          .send(signInMail({ ...link, next, baseUrl: config.baseUrl }))
          .catch((error) => log.error({ err: error }, "a link was not sent"));
        return { asked: email };
      },
      { email },
    );
  },
};
