import { FeedError } from "@daily-kernel/feed";
import { ipPrefix, rateLimitHeaders, sessionOf, type Taken } from "@daily-kernel/feed/node";
import type { RequestEvent } from "@sveltejs/kit";
import type { Handle, HandleServerError } from "@sveltejs/kit/hooks";
import { compress } from "#lib/server/compress.ts";
import { clearSession, sessionCookie } from "#lib/server/cookies.ts";
import { sentence } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";

export const handle: Handle = async ({ event, resolve }) => {
  const { db, now } = service();
  const token = sessionCookie(event.cookies);
  event.locals.account = token === null ? null : await sessionOf(db, { token, now: now() });
  event.locals.session = event.locals.account ? token : null;
  if (token !== null && !event.locals.account) clearSession(event.cookies);
  const limit = takePage(event);
  if (limit !== null && !limit.allowed) return tooMany(limit);
  const response = await resolve(event, {
    // The subsets that every page needs; the others load when a name has such a letter.
    // Formulas of a paper would shift its text when theirs come late.
    preload: ({ type, path }) =>
      type !== "font" ||
      path.includes("-latin-wght-") ||
      (event.route.id === "/papers/[...id]" &&
        /KaTeX_(Main-Regular|Math-Italic).*\.woff2$/.test(path)),
  });
  for (const [name, value] of Object.entries(limit ? rateLimitHeaders(limit) : {}))
    response.headers.set(name, value);
  // What is shown to one reader is nobody else's, and the back button should not show it either
  // once they have signed out.
  if (event.locals.account) response.headers.set("cache-control", "private, no-store");
  return compress(event.request, response);
};

/** A reader's share of pages, by account or network; files of the build and pictures are not counted. */
function takePage({ locals, route, getClientAddress }: RequestEvent): Taken | null {
  if (route.id === null || /\.(png|txt|xml)$|events$/.test(route.id)) return null;
  const { limiter, now } = service();
  return locals.account
    ? limiter.take("pages-account", locals.account.id, now())
    : limiter.take("pages", ipPrefix(getClientAddress()), now());
}

/** Without a look of its own: it is meant to cost nothing. */
const tooMany = (limit: Taken) =>
  new Response(`Too many pages in a short time. Come back in ${limit.reset} s.\n`, {
    status: 429,
    headers: { ...rateLimitHeaders(limit), "content-type": "text/plain" },
  });

/** Expected errors keep their own words; what broke is logged here and not told to readers. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === "app") return error;
  if (kind === "framework" && error.status === 404)
    return { ...error, message: `There is no page at ${event.url.pathname}.` };
  if (error instanceof FeedError) return { status: error.status, message: sentence(error.message) };
  service().log.error({ err: error, path: event.url.pathname }, "a page failed");
  return { status: 500, message: "It is our fault, not yours. The error is in the server's log." };
};
