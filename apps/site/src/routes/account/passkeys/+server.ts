import { registrationOptions, verifyRegistration } from "@daily-kernel/feed/node";
import { error, json } from "@sveltejs/kit";
import { browserCookie, knownBrowser } from "#lib/server/cookies.ts";
import { checkToken, isFeedError, readJson, sentence } from "#lib/server/forms.ts";
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
  try {
    if (response === undefined)
      return json(await registrationOptions(db, { ...asking, browser: browserCookie(cookies) }));
    await verifyRegistration(db, {
      ...asking,
      // Whatever it is: it is looked at there.
      response: response as never,
      label: String(label || "Passkey"),
    });
    return json({});
  } catch (thrown) {
    if (isFeedError(thrown))
      return json({ problem: sentence(thrown.message) }, { status: thrown.status });
    throw thrown;
  }
};
