import { sessionOf } from "@daily-kernel/feed/node";
import type { Handle, HandleServerError } from "@sveltejs/kit/hooks";
import { securityHeaders } from "#lib/headers.ts";
import { compress } from "#lib/server/compress.ts";
import { clearSession, sessionCookie } from "#lib/server/cookies.ts";
import { isFeedError, sentence } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";

export const handle: Handle = async ({ event, resolve }) => {
  const { db, now } = service();
  const token = sessionCookie(event.cookies);
  event.locals.account = token === null ? null : await sessionOf(db, { token, now: now() });
  event.locals.session = event.locals.account ? token : null;
  if (token !== null && !event.locals.account) clearSession(event.cookies);
  const response = await resolve(event, {
    // The subsets that every page needs; the others load when a name has such a letter.
    preload: ({ type, path }) => type !== "font" || path.includes("-latin-wght-"),
  });
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  // What is shown to one reader is nobody else's, and the back button should not show it either
  // once they have signed out.
  if (event.locals.account) response.headers.set("cache-control", "private, no-store");
  return compress(event.request, response);
};

/** Expected errors keep their own words; what broke is logged here and not told to readers. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === "app") return error;
  if (kind === "framework" && error.status === 404)
    return { ...error, message: `There is no page at ${event.url.pathname}.` };
  if (isFeedError(error)) return { status: error.status, message: sentence(error.message) };
  service().log.error({ err: error, path: event.url.pathname }, "a page failed");
  return { status: 500, message: "It is our fault, not yours. The error is in the server's log." };
};
