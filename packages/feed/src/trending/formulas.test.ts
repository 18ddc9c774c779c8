import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hoursAfter, morning } from "../testing.ts";
import {
  type HeatEvent,
  hackerNews,
  halfLives,
  heat,
  redditHot,
  voteWeight,
  warmth,
  wilson,
} from "./formulas.ts";

const vote = (hours: number, weight = 1): HeatEvent => ({ at: hoursAfter(morning, hours), weight });
const events = fc.array(
  fc.record({ hours: fc.integer({ min: -2000, max: 0 }), weight: fc.constantFrom(0.25, 1, 2) }),
  { minLength: 1, maxLength: 40 },
);
const listed = (list: { hours: number; weight: number }[]) =>
  list.map(({ hours, weight }) => vote(hours, weight));

test("heat is the logarithm of the decayed votes", () => {
  fc.assert(
    fc.property(events, (list) => {
      const direct = list.reduce((sum, { hours, weight }) => sum + weight * 2 ** (hours / 24), 0);
      const score = heat(listed(list), 24, morning);
      assert.ok(Math.abs(warmth(score, 24, morning) / direct - 1) < 1e-9);
    }),
  );
});

test("heat follows the incremental rule S <- S 2^(-(t - t0) / h) + 1", () => {
  let sum = 0;
  let at = -100;
  const list: HeatEvent[] = [];
  for (const hours of [-100, -90, -90, -17, -1, 0]) {
    sum = sum * 2 ** (-(hours - at) / 24) + 1;
    at = hours;
    list.push(vote(hours));
    const score = heat(list, 24, morning);
    assert.ok(Math.abs(warmth(score, 24, hoursAfter(morning, hours)) / sum - 1) < 1e-9);
  }
});

test("another vote warms, whenever it is cast and however many there are", () => {
  fc.assert(
    fc.property(events, fc.integer({ min: -24, max: 0 }), (list, hours) => {
      const before = listed(list);
      assert.ok(heat([...before, vote(hours, 0.25)], 72, morning) >= heat(before, 72, morning));
    }),
  );
  assert.ok(heat([vote(0), vote(0)], 24, morning) > heat([vote(0)], 24, morning));
});

test("a vote never lowers a rank, and time alone changes no order", () => {
  fc.assert(
    fc.property(fc.array(events, { minLength: 2, maxLength: 6 }), fc.nat(), (papers, which) => {
      const scores = papers.map((list) => heat(listed(list), 24, morning));
      const i = which % papers.length;
      const rank = (all: readonly number[]) => all.filter((score) => score > all[i]!).length;
      const after = scores.with(i, heat([...listed(papers[i]!), vote(0)], 24, morning));
      assert.ok(rank(after) <= rank(scores));
      const later = hoursAfter(morning, 1000);
      const warm = scores.map((score) => warmth(score, 24, later));
      assert.equal(rank(warm), rank(scores));
    }),
  );
});

test("a vote from the future weighs what one of now weighs", () => {
  assert.equal(heat([vote(0), vote(9000)], 24, morning), heat([vote(0), vote(0)], 24, morning));
});

test("the order of the events does not matter, bit for bit", () => {
  fc.assert(
    fc.property(events, (list) => {
      const order = listed(list);
      assert.equal(heat(order, 24, morning), heat(order.toReversed(), 24, morning));
    }),
  );
});

test("events decades apart neither overflow nor vanish into NaN", () => {
  const ancient = { at: new Date(0), weight: 1 };
  assert.equal(heat([ancient, vote(0)], halfLives.day, morning), heat([vote(0)], 24, morning));
  assert.equal(heat([], 24, morning), -Infinity);
  assert.throws(() => heat([], 0, morning), { code: "ERR_DOMAIN" });
});

test("a new account's vote weighs a quarter, a week later all", () => {
  assert.equal(voteWeight(morning, morning), 0.25);
  assert.equal(voteWeight(morning, hoursAfter(morning, 84)), 0.625);
  assert.equal(voteWeight(morning, hoursAfter(morning, 24 * 400)), 1);
  assert.equal(voteWeight(hoursAfter(morning, 5), morning), 0.25);
});

test("the other formulas at values computed by hand", () => {
  assert.equal(hackerNews(1, 5), 0);
  assert.ok(Math.abs(hackerNews(33, 6) - 16 / 8 ** 1.8) < 1e-12);
  assert.equal(redditHot(100, new Date(45_000_000)), 3);
  assert.equal(redditHot(-100, new Date(0)), -2);
  // Wilson (1927) for 9 of 10: 0.596; the interval of 0 of n begins at 0.
  assert.ok(Math.abs(wilson(9, 1) - 0.5958) < 1e-4);
  assert.equal(wilson(0, 7), 0);
  assert.equal(wilson(0, 0), 0);
});
