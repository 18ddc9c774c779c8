import { FeedError } from "@daily-kernel/feed";
import type { LimitName, Taken } from "@daily-kernel/feed/node";
import type { ApiService } from "./api-service.ts";

/** Refuses what was done too often. */
export class TooMany extends FeedError {
  /** Seconds until it may be done again. */
  readonly retryAfter: number;
  constructor(what: string, { reset }: Taken) {
    super("ERR_LIMIT", `too many ${what}: come back in ${reset} seconds`);
    this.retryAfter = reset;
  }
}

/**
 * Counts something against whoever does it.
 * @throws TooMany
 */
export function takeShare(
  { limiter, now }: ApiService,
  name: LimitName,
  key: string,
  what: string,
): void {
  const taken = limiter.take(name, key, now());
  if (!taken.allowed) throw new TooMany(what, taken);
}
