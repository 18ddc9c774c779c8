import { domainError } from "@daily-kernel/compute";
import { checkMoment } from "../check.ts";
import { inputError } from "../feed-error.ts";
import type { Bucket } from "./limits.ts";

/** What `RateLimiter.take` answers. */
export interface Taken extends Bucket {
  readonly bucket: string;
  readonly allowed: boolean;
  /** How many more fit into this window. */
  readonly remaining: number;
  /** Whole seconds until the window ends, at least 1. */
  readonly reset: number;
}

/**
 * Counts in fixed windows, in memory: each process has its own, so two site processes allow twice
 * as much. Windows begin at multiples of their length since 1970. At most `maxKeys` keys a bucket
 * are remembered; beyond that the key that came first is forgotten, which lets one client go on and
 * keeps the process alive.
 */
export class RateLimiter<Name extends string = string> {
  readonly #buckets: Readonly<Record<Name, Bucket>>;
  readonly #maxKeys: number;
  readonly #windows = new Map<Name, { start: number; readonly counts: Map<string, number> }>();

  /** @throws RangeError (ERR_DOMAIN) for a bucket or `maxKeys` that is no positive integer. */
  constructor(
    buckets: Readonly<Record<Name, Bucket>>,
    { maxKeys = 50_000 }: { maxKeys?: number } = {},
  ) {
    const numbers = Object.values<Bucket>(buckets).flatMap(({ limit, seconds }) => [
      limit,
      seconds,
    ]);
    for (const n of [maxKeys, ...numbers])
      if (!Number.isSafeInteger(n) || n < 1)
        throw domainError(`RateLimiter: limits are integers >= 1, got ${n}`);
    this.#buckets = buckets;
    this.#maxKeys = maxKeys;
  }

  /**
   * Takes one from a key's share of this window. A refused one is not counted. O(1).
   * @throws FeedError `ERR_INPUT` for a bucket that there is not, or an invalid date.
   */
  take(name: Name, key: string, now: Date): Taken {
    checkMoment("RateLimiter.take: now", now);
    if (!Object.hasOwn(this.#buckets, name)) {
      throw inputError(`RateLimiter.take: there is no bucket ${String(name)}`);
    }
    const { limit, seconds } = this.#buckets[name];
    const counts = this.#countsAt(name, now);
    const used = counts.get(key) ?? 0;
    const allowed = used < limit;
    if (allowed) {
      if (used === 0 && counts.size >= this.#maxKeys) counts.delete(counts.keys().next().value!);
      counts.set(key, used + 1);
    }
    const end = this.#windows.get(name)!.start + seconds;
    return {
      bucket: name,
      limit,
      seconds,
      allowed,
      remaining: Math.max(0, limit - used - 1),
      reset: Math.max(1, Math.ceil(end - now.getTime() / 1000)),
    };
  }

  /** How many keys are remembered, over all buckets. */
  get size(): number {
    return this.#windows.values().reduce((sum, { counts }) => sum + counts.size, 0);
  }

  #countsAt(name: Name, now: Date): Map<string, number> {
    const { seconds } = this.#buckets[name];
    const start = Math.floor(now.getTime() / 1000 / seconds) * seconds;
    const window = this.#windows.get(name);
    // A clock that goes back stays in the window it was in, and frees nobody.
    if (window && window.start >= start) return window.counts;
    const counts = new Map<string, number>();
    this.#windows.set(name, { start, counts });
    return counts;
  }
}

/** The reply's headers, in the form that Hugging Face sends; `Retry-After` where it was refused. */
export function rateLimitHeaders(taken: Taken): Record<string, string> {
  const { bucket, limit, seconds, remaining, reset } = taken;
  return {
    RateLimit: `"${bucket}";r=${remaining};t=${reset}`,
    "RateLimit-Policy": `"fixed window";"${bucket}";q=${limit};w=${seconds}`,
    ...(!taken.allowed && { "Retry-After": String(reset) }),
  };
}
