import { inputError } from "../feed-error.ts";
import { hashToken } from "../safety/token.ts";

/**
 * What is kept of the cookie that binds a login to the browser that began it.
 * @throws FeedError (ERR_INPUT) for a value too short to be one: "no cookie" must never match.
 */
export function browserHash(cookie: string): string {
  if (cookie.length < 22)
    throw inputError("browser must be the value of the browser's cookie, which was not sent");
  return hashToken(cookie);
}
