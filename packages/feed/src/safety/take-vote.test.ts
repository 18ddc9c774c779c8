import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "./limits.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { takeVote } from "./take-vote.ts";

const now = new Date("2026-03-02T10:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

function votes(count: number, { days = 0, address = "9.9.9.9", paperId = "2409.08729" } = {}) {
  const limiter = new RateLimiter(limits);
  return Array.from({ length: count }, (_, i) =>
    takeVote(limiter, {
      account: { id: `account ${i}`, createdAt: daysAgo(days) },
      paperId,
      address,
      now,
    }),
  ).filter(({ allowed }) => allowed).length;
}

test("new accounts of one network give one paper only so many votes in a day", () => {
  const most = limits["young-votes"].limit;
  assert.equal(votes(100), most);
  assert.equal(votes(100, { address: "2606:4700::1" }), most);
  // Old accounts, and networks of our own, are not counted.
  assert.equal(votes(100, { days: 7 }), 100);
  assert.equal(votes(100, { address: "127.0.0.1" }), 100);
});

test("hosts of one /64 are one network; other papers and networks have their own share", () => {
  const limiter = new RateLimiter(limits);
  const take = (i: number, address: string, paperId = "2409.08729") =>
    takeVote(limiter, { account: { id: `${i}`, createdAt: now }, paperId, address, now });
  for (let i = 0; i < limits["young-votes"].limit; i++)
    assert.equal(take(i, `2606:4700::${i + 1}`).allowed, true);
  const refused = take(99, "2606:4700::99");
  assert.equal(refused.allowed, false);
  assert.equal(refused.bucket, "young-votes");
  assert.equal(take(99, "2606:4700:0:1::1").allowed, true);
  assert.equal(take(98, "2606:4700::98", "2407.02680").allowed, true);
});

test("one account cannot vote in haste, however old it is", () => {
  const limiter = new RateLimiter(limits);
  const account = { id: "a", createdAt: daysAgo(1000) };
  const taken = Array.from({ length: limits.votes.limit + 1 }, (_, i) =>
    takeVote(limiter, { account, paperId: `2409.${i}`, address: "9.9.9.9", now }),
  );
  assert.deepEqual(
    taken.map(({ allowed }) => allowed),
    [...Array(limits.votes.limit).fill(true), false],
  );
});
