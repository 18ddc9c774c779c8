import { ipPrefix, type Taken } from "@daily-kernel/feed/node";
import type { ApiService } from "./api-service.ts";
import type { RequestBucket } from "./policies.ts";

/** Counts a request against the network that it comes from. */
export const takeRequest = (
  { limiter, now }: ApiService,
  bucket: RequestBucket,
  address: string,
): Taken => limiter.take(bucket, ipPrefix(address), now());
