/** How often something may be done: `limit` times in a window of `seconds`. */
export interface Bucket {
  readonly limit: number;
  readonly seconds: number;
}

/**
 * The service's limits. Those named `-account` count by account, so they are for who is signed in;
 * `-address` counts by mail address, the others by network (`ipPrefix`) or account.
 */
export const limits = {
  api: { limit: 500, seconds: 300 },
  "api-account": { limit: 1000, seconds: 300 },
  pages: { limit: 100, seconds: 300 },
  "pages-account": { limit: 1000, seconds: 300 },
  search: { limit: 50, seconds: 300 },
  "search-account": { limit: 200, seconds: 300 },
  "login-mail-address": { limit: 5, seconds: 3600 },
  "login-mail-prefix": { limit: 20, seconds: 3600 },
  "login-attempt": { limit: 30, seconds: 300 },
  "subscribe-address": { limit: 5, seconds: 3600 },
  "subscribe-prefix": { limit: 20, seconds: 3600 },
  votes: { limit: 60, seconds: 300 },
  "young-votes": { limit: 10, seconds: 86_400 },
  comments: { limit: 10, seconds: 60 },
  index: { limit: 20, seconds: 3600 },
  /** Kernels for the leaderboard: each costs the server a verification. */
  kernels: { limit: 10, seconds: 3600 },
  reports: { limit: 20, seconds: 3600 },
} as const satisfies Record<string, Bucket>;

export type LimitName = keyof typeof limits;
