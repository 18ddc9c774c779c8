import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { limits } from "./limits.ts";
import { RateLimiter, rateLimitHeaders } from "./rate-limiter.ts";

const at = (seconds: number) => new Date(seconds * 1000);

test("a window lets its number through, then nothing until it ends", () => {
  const limiter = new RateLimiter({ api: { limit: 3, seconds: 60 } });
  const left = [1, 2, 3].map(() => limiter.take("api", "a", at(600)).remaining);
  assert.deepEqual(left, [2, 1, 0]);
  const refused = limiter.take("api", "a", at(630));
  assert.deepEqual(refused, {
    bucket: "api",
    limit: 3,
    seconds: 60,
    allowed: false,
    remaining: 0,
    reset: 30,
  });
  assert.equal(limiter.take("api", "b", at(630)).allowed, true);
  assert.equal(limiter.take("api", "a", at(659.9)).allowed, false);
  assert.equal(limiter.take("api", "a", at(660)).allowed, true);
});

test("buckets do not share", () => {
  const limiter = new RateLimiter({
    api: { limit: 1, seconds: 60 },
    search: { limit: 1, seconds: 60 },
  });
  assert.equal(limiter.take("api", "a", at(0)).allowed, true);
  assert.equal(limiter.take("search", "a", at(0)).allowed, true);
  assert.equal(limiter.take("api", "a", at(0)).allowed, false);
});

test("a clock that goes back frees nobody", () => {
  const limiter = new RateLimiter({ api: { limit: 1, seconds: 60 } });
  limiter.take("api", "a", at(660));
  assert.equal(limiter.take("api", "a", at(599)).allowed, false);
});

test("memory stays bounded, within a window and over windows", () => {
  const limiter = new RateLimiter({ api: { limit: 2, seconds: 60 } }, { maxKeys: 100 });
  for (let i = 0; i < 10_000; i++) limiter.take("api", `key ${i}`, at(600));
  assert.equal(limiter.size, 100);
  // One who is still remembered is still counted.
  limiter.take("api", "key 9999", at(600));
  assert.equal(limiter.take("api", "key 9999", at(600)).allowed, false);
  limiter.take("api", "x", at(660));
  assert.equal(limiter.size, 1);
});

test("any order of requests: never more than the limit in one window (500 cases)", () => {
  const events = fc.array(fc.tuple(fc.constantFrom("a", "b"), fc.nat(20)), { maxLength: 100 });
  fc.assert(
    fc.property(events, fc.integer({ min: 1, max: 5 }), (list, limit) => {
      const limiter = new RateLimiter({ api: { limit, seconds: 10 } });
      const passed = new Map<string, number>();
      let clock = 0;
      for (const [key, step] of list) {
        clock += step;
        const window = `${key} ${Math.floor(clock / 10)}`;
        const before = passed.get(window) ?? 0;
        const { allowed, remaining, reset } = limiter.take("api", key, at(clock));
        assert.equal(allowed, before < limit);
        assert.equal(remaining, Math.max(0, limit - before - 1));
        assert.equal(reset, 10 - (clock % 10));
        if (allowed) passed.set(window, before + 1);
      }
    }),
    { numRuns: 500 },
  );
});

test("the headers are those that Hugging Face sends", () => {
  const limiter = new RateLimiter(limits);
  const taken = limiter.take("api", "a", at(1_000_000));
  assert.deepEqual(rateLimitHeaders(taken), {
    RateLimit: '"api";r=499;t=200',
    "RateLimit-Policy": '"fixed window";"api";q=500;w=300',
  });
  assert.equal(rateLimitHeaders({ ...taken, allowed: false })["Retry-After"], "200");
});

test("a limit that is none is refused", () => {
  for (const limit of [0, -1, 1.5, Number.NaN, Infinity])
    assert.throws(() => new RateLimiter({ api: { limit, seconds: 60 } }), { code: "ERR_DOMAIN" });
  for (const buckets of [{}, limits])
    assert.throws(() => new RateLimiter(buckets, { maxKeys: 0 }), { code: "ERR_DOMAIN" });
});
