import { registrationOptions, verifyRegistration } from "@daily-kernel/feed/node";
import { error } from "@sveltejs/kit";
import { browserCookie, knownBrowser } from "#lib/server/cookies.ts";
import { attemptJson, checkToken, readJson } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import type { RequestHandler } from "./$types";

/** `{token}` asks for a challenge; `{token, response, label}` answers it and keeps the passkey. */
export const POST: RequestHandler = async ({ request, cookies, locals }) => {
  const { account } = locals;
  if (!account) error(401, "Sign in first.");
  const { token, response, label } = await readJson(request);
  checkToken(String(token), locals, cookies);
  const { db, config, now } = service();
  const asking = { account, baseUrl: config.baseUrl, browser: knownBrowser(cookies), now: now() };
  return attemptJson(async () => {
    if (response === undefined)
      return registrationOptions(db, { ...asking, browser: browserCookie(cookies) });
    await verifyRegistration(db, {
      ...asking,
      // Whatever it is: it is looked at there.
      response: response as never,
      label: String(label || "Passkey"),
    });
    return {};
  });
};
