/**
 * The cookie that holds a session's token. Where the service is reached by HTTPS its name has the
 * prefix that lets no other host of the domain, and nothing unencrypted, set it.
 */
export const sessionCookieName = (baseUrl: string): string =>
  baseUrl.startsWith("https:") ? "__Host-session" : "session";

/** The token in a `Cookie` header; under any other name it may have been planted. */
export function sessionCookie(header: string | null, baseUrl: string): string | null {
  const name = sessionCookieName(baseUrl);
  for (const pair of (header ?? "").split(";")) {
    const [key = "", value = ""] = pair.trim().split("=");
    if (key === name && value !== "") return value;
  }
  return null;
}
