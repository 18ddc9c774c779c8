import { FeedError } from "@daily-kernel/feed";
import { checkCsrf, csrfToken } from "@daily-kernel/feed/node";
import type { RequestEvent } from "@sveltejs/kit";
import { type Cookies, error, fail, json, redirect } from "@sveltejs/kit";
import { browserCookie, knownBrowser } from "./cookies.ts";
import { service } from "./service.ts";

/** Whom this reader's forms belong to: the session, or the browser before signing in. */
const owner = ({ session }: App.Locals, cookies: Cookies) => session ?? knownBrowser(cookies);

/** The token for forms of a page that only who is signed in can use. */
export const formToken = ({ session }: App.Locals): string =>
  session === null ? "" : csrfToken({ key: service().secret, owner: session });

/** The token for a form that anybody can use: gives the browser its cookie. */
export const openFormToken = ({ session }: App.Locals, cookies: Cookies): string =>
  csrfToken({ key: service().secret, owner: session ?? browserCookie(cookies) });

/**
 * A field of a form as text, without white space around it, and without U+0000, which no database
 * keeps; a missing one is empty.
 */
export const field = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value.replaceAll("\0", "").trim() : "";
};

/** The object in a request's body of JSON; an empty one for whatever else was sent. */
export async function readJson(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const value: unknown = await request.json().catch(() => null);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** The fields of a form that came from our own page. @throws 403 for any other. */
export async function readForm({ request, locals, cookies }: RequestEvent): Promise<FormData> {
  const form = await request.formData().catch(() => error(400, "That was no form."));
  checkToken(field(form, "csrf"), locals, cookies);
  return form;
}

export function checkToken(token: string, locals: App.Locals, cookies: Cookies): void {
  if (!checkCsrf({ key: service().secret, owner: owner(locals, cookies), token }))
    error(
      403,
      "This form is too old, or did not come from here. Go back, reload the page, and send it again.",
    );
}

/** The address for signing in and coming back. */
export const signInAddress = (next: string): string => `/sign-in?next=${encodeURIComponent(next)}`;

/** A place of ours to go on to: a path, never another site. */
export const ownPath = (next: string): string => (/^\/(?![/\\])[^\\\s]*$/.test(next) ? next : "/");

/** Sends who is not signed in to the page for it, and back here. */
export function signedIn({ locals, url }: Pick<RequestEvent, "locals" | "url">) {
  if (locals.account) return locals.account;
  redirect(303, signInAddress(url.pathname + url.search.replace(/^\?\/.*/, "")));
}

/** Runs what a form asks for; what was wrong with it becomes a message on the page. */
export async function attempt<T, D extends object>(work: () => Promise<T>, kept: D) {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof FeedError && thrown.status < 500)
      return fail(thrown.status, { ...kept, problem: sentence(thrown.message) });
    throw thrown;
  }
}

/** The same for a script that asks: what came of it, or what was wrong, as JSON. */
export async function attemptJson(work: () => Promise<object>): Promise<Response> {
  try {
    return json(await work());
  } catch (thrown) {
    if (thrown instanceof FeedError && thrown.status < 500)
      return json({ problem: sentence(thrown.message) }, { status: thrown.status });
    throw thrown;
  }
}

/** A message as a sentence on a page, without the function that threw it. */
export function sentence(message: string): string {
  const words = message.replace(/^[a-z]\w*: /, "");
  return `${words[0]?.toUpperCase() ?? ""}${words.slice(1)}${/[.!?]$/.test(words) ? "" : "."}`;
}
