import type { Handle, HandleServerError, ServerInit } from "@sveltejs/kit/hooks";
import { securityHeaders } from "#lib/headers.ts";
import { catalogue } from "#lib/server/catalogue.ts";
import { compress } from "#lib/server/compress.ts";

/** The first reader should not wait for the papers to be read; an error shows up in their pages. */
export const init: ServerInit = () => {
  catalogue().catch((error) => console.error("reading the papers:", error));
};

export const handle: Handle = async ({ event, resolve }) => {
  const response = await resolve(event, {
    // The subsets that every page needs; the others load when a name has such a letter.
    preload: ({ type, path }) => type !== "font" || path.includes("-latin-wght-"),
  });
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  return compress(event.request, response);
};

/** Expected errors keep their own words; what broke is logged here and not told to readers. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === "app") return error;
  if (kind === "framework" && error.status === 404)
    return { ...error, message: `There is no page at ${event.url.pathname}.` };
  console.error(`${event.request.method} ${event.url.pathname}:`, error);
  return { status: 500, message: "It is our fault, not yours. The error is in the server's log." };
};
