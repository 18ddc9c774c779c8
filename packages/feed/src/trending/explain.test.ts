import assert from "node:assert/strict";
import { test } from "node:test";
import { hoursAfter, morning } from "../testing.ts";
import { explainHeat, trendingFormulas } from "./explain.ts";
import { halfLives, heat } from "./formulas.ts";

const paper = (votes: number, listedAt = morning) => {
  const events = Array.from({ length: votes + 1 }, () => ({ at: listedAt, weight: 1 }));
  return {
    votes,
    listedAt,
    heatDay: heat(events, halfLives.day, listedAt),
    heatWeek: heat(events, halfLives.week, listedAt),
  };
};

test("by every formula more votes are hotter; by all but Wilson's the later paper is", () => {
  const now = hoursAfter(morning, 48);
  for (const { id, score } of trendingFormulas) {
    assert.ok(score(paper(20), now) > score(paper(10), now), id);
    const later = score(paper(10, hoursAfter(morning, 24)), now);
    if (id !== "wilson") assert.ok(later > score(paper(10), now), id);
  }
  assert.equal(new Set(trendingFormulas.map(({ id }) => id)).size, trendingFormulas.length);
});

test("the heat in words", () => {
  assert.equal(explainHeat(paper(7), morning, "day"), "as warm as 8 votes cast now");
  assert.equal(
    explainHeat(paper(7), hoursAfter(morning, 24), "day"),
    "as warm as 4 votes cast now",
  );
  assert.equal(explainHeat(paper(7), hoursAfter(morning, 72), "day"), "as warm as 1 vote cast now");
  assert.equal(
    explainHeat(paper(7), hoursAfter(morning, 72), "week"),
    "as warm as 4 votes cast now",
  );
});
