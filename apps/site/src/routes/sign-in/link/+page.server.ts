import { consumeMagicLink, ipPrefix, storedPrefix } from "@daily-kernel/feed/node";
import { fail, redirect } from "@sveltejs/kit";
import { knownBrowser, setSession } from "#lib/server/cookies.ts";
import { attempt, field, openFormToken, ownPath, readForm } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import type { Actions, PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

/** Opening the page signs nobody in: scanners of mail follow every link. */
export const load: PageServerLoad = ({ url, locals, cookies }) => ({
  token: url.searchParams.get("token") ?? "",
  next: ownPath(url.searchParams.get("next") ?? "/"),
  formToken: openFormToken(locals, cookies),
});

export const actions: Actions = {
  default: async (event) => {
    const form = await readForm(event);
    const { db, limiter, now } = service();
    const at = now();
    const address = event.getClientAddress();
    if (!limiter.take("login-attempt", ipPrefix(address), at).allowed)
      return fail(429, { problem: "Too many attempts. Try again in five minutes." });
    const result = await attempt(async () => {
      const { session, isNew } = await consumeMagicLink(db, {
        token: field(form, "token"),
        browser: knownBrowser(event.cookies),
        now: at,
        userAgent: event.request.headers.get("user-agent") ?? "",
        ipPrefix: storedPrefix(address),
        replaces: event.locals.session,
      });
      setSession(event.cookies, session);
      const next = ownPath(field(form, "next"));
      return isNew && next === "/" ? "/account?new=1" : next;
    }, {});
    if (typeof result === "string") redirect(303, result);
    return result;
  },
};
