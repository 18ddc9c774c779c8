/**
 * The cookie that holds a session's token. Where the service is reached by HTTPS its name has the
 * prefix that lets no other host of the domain, and nothing unencrypted, set it.
 */
export const sessionCookieName = (baseUrl: string): string =>
  baseUrl.startsWith("https:") ? "__Host-session" : "session";

const names = new Set(["session", "__Host-session"]);

/** The tokens in a `Cookie` header: none, or one (two where the address changed to HTTPS). */
export const sessionCookies = (header: string | null): string[] =>
  (header ?? "")
    .split(";")
    .map((pair) => pair.trim().split("="))
    .flatMap(([name = "", value = ""]) => (names.has(name) && value !== "" ? [value] : []))
    .slice(0, 2);
