/**
 * A cookie's name. Where the service is reached by HTTPS it has the prefix with which no other host
 * of the domain, and nothing unencrypted, can set such a cookie: a planted one would be somebody
 * else's session.
 */
export const cookieName = (name: string, baseUrl: string): string =>
  baseUrl.startsWith("https:") ? `__Host-${name}` : name;

/** The cookie that holds a session's token. */
export const sessionCookieName = (baseUrl: string): string => cookieName("session", baseUrl);

/** The token in a `Cookie` header; under any other name it may have been planted. */
export function sessionCookie(header: string | null, baseUrl: string): string | null {
  const name = sessionCookieName(baseUrl);
  for (const pair of (header ?? "").split(";")) {
    const [key = "", value = ""] = pair.trim().split("=");
    if (key === name && value !== "") return value;
  }
  return null;
}
