import { FeedError, forbiddenError } from "@daily-kernel/feed";
import { type Account, accountOfApiToken, fromOwnPage, sessionOf } from "@daily-kernel/feed/node";
import type { ApiService } from "./api-service.ts";
import { sessionCookie } from "./session-cookie.ts";

const unauthenticated = (message: string) => new FeedError("ERR_UNAUTHENTICATED", message);

/**
 * Whose request this is: by `Authorization: Bearer`, or else by the session's cookie. A cookie goes
 * along with requests that other sites make, so one that changes something has to come from a page
 * of ours.
 * @throws FeedError (ERR_UNAUTHENTICATED), (ERR_FORBIDDEN) for a request from another site.
 */
export async function authenticate(service: ApiService, request: Request): Promise<Account> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return ofBearer(service, authorization);
  const { baseUrl } = service.config;
  const token = sessionCookie(request.headers.get("cookie"), baseUrl);
  const account = token && (await sessionOf(service.db, { token, now: service.now() }));
  if (!account) throw unauthenticated("sign in, or send a token: Authorization: Bearer dk_...");
  if (!isReading(request) && !fromOwnPage(request.headers, baseUrl))
    throw forbiddenError("a request with a session's cookie must come from this site's own pages");
  return account;
}

const isReading = ({ method }: Request) => method === "GET" || method === "HEAD";

async function ofBearer({ db, now }: ApiService, authorization: string): Promise<Account> {
  const [, token] = /^Bearer +([\x21-\x7e]{1,200}) *$/i.exec(authorization) ?? [];
  const account = token === undefined ? null : await accountOfApiToken(db, { token, now: now() });
  if (!account) throw unauthenticated("the token is not a valid one");
  return account;
}
