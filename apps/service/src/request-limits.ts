import { type Bucket, type LimitName, limits } from "@daily-kernel/feed/node";

const requests: readonly LimitName[] = [
  "api",
  "api-account",
  "pages",
  "pages-account",
  "search",
  "search-account",
];

/** The service's limits, those of requests so many times as large. Logins and mails stay as they are. */
export const limitsTimes = (factor: number): Record<LimitName, Bucket> => ({
  ...limits,
  ...Object.fromEntries(
    requests.map((name) => [name, { ...limits[name], limit: limits[name].limit * factor }]),
  ),
});
