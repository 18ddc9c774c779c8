import { ipPrefix, loginOptions, storedPrefix, verifyLogin } from "@daily-kernel/feed/node";
import { json } from "@sveltejs/kit";
import { browserCookie, knownBrowser, setSession } from "#lib/server/cookies.ts";
import { attemptJson, checkToken, readJson } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import type { RequestHandler } from "./$types";

/** `{token}` asks for a challenge; `{token, response}` answers it and signs in. */
export const POST: RequestHandler = async ({ request, cookies, locals, getClientAddress }) => {
  const { token, response } = await readJson(request);
  checkToken(String(token), locals, cookies);
  const { db, config, limiter, now } = service();
  const at = now();
  const address = getClientAddress();
  const { allowed } = limiter.take("login-attempt", ipPrefix(address), at);
  if (!allowed)
    return json({ problem: "Too many attempts. Try again in five minutes." }, { status: 429 });
  const asking = { baseUrl: config.baseUrl, browser: knownBrowser(cookies), now: at };
  return attemptJson(async () => {
    if (response === undefined)
      return loginOptions(db, { ...asking, browser: browserCookie(cookies) });
    const { session } = await verifyLogin(db, {
      ...asking,
      // Whatever it is: it is looked at there.
      response: response as never,
      userAgent: request.headers.get("user-agent") ?? "",
      ipPrefix: storedPrefix(address),
      replaces: locals.session,
    });
    setSession(cookies, session);
    return {};
  });
};
