import type { NewSession } from "@daily-kernel/feed/node";
import { newToken } from "@daily-kernel/feed/node";
import { cookieName, sessionCookieName } from "@daily-kernel/service";
import type { Cookies } from "@sveltejs/kit";
import { service } from "./service.ts";

const session = () => sessionCookieName(service().config.baseUrl);
const browser = () => cookieName("browser", service().config.baseUrl);

/** Over https only where the service is reached that way; never readable by script. */
const options = () => ({
  path: "/",
  httpOnly: true,
  sameSite: "lax" as const,
  secure: service().config.baseUrl.startsWith("https:"),
});

export const sessionCookie = (cookies: Cookies): string | null => cookies.get(session()) ?? null;

export const setSession = (cookies: Cookies, { token, expiresAt }: NewSession): void =>
  cookies.set(session(), token, { ...options(), expires: expiresAt });

export const clearSession = (cookies: Cookies): void => cookies.delete(session(), options());

/** The cookie that binds a form or a sign-in to this browser; made where one is needed. */
export function browserCookie(cookies: Cookies): string {
  const known = cookies.get(browser());
  if (known && known.length >= 22) return known;
  const made = newToken();
  cookies.set(browser(), made, { ...options(), maxAge: 86_400 });
  return made;
}

/** The same cookie where it must have been there before. */
export const knownBrowser = (cookies: Cookies): string => cookies.get(browser()) ?? "";
