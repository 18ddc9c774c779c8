import assert from "node:assert/strict";
import { test } from "node:test";
import { latexToText } from "./arxiv/latex.ts";
import { mathSpans } from "./arxiv/math-spans.ts";
import { foldName, parseAuthors } from "./arxiv/names.ts";
import { renderMarkdown, renderThread } from "./markup/markdown.ts";
import { mathToText } from "./markup/math-to-text.ts";
import { proseToHtml, proseToText } from "./markup/prose.ts";
import { renderMath } from "./markup/render-math.ts";
import { dayInWords, periodOf } from "./period/period.ts";
import { nextRun, type Schedule } from "./subscriptions/schedule.ts";
import { hackerNews, heat, redditHot, voteWeight, warmth, wilson } from "./trending/formulas.ts";

/** What TypeScript would not let through, as JavaScript and JSON do. */
const odd = [null, undefined, 5, {}, ["a"]] as unknown as string[];
const refused = (run: () => unknown, code: string, message = /must be/) =>
  assert.throws(run, (error: Error & { code?: string }) => {
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  });

test("what reads text refuses what is none, with a code", () => {
  const readers = {
    latexToText,
    mathSpans,
    foldName,
    parseAuthors,
    renderMarkdown,
    mathToText,
    proseToHtml,
    proseToText,
    renderMath,
    renderThread: (text: string) => renderThread([text]),
  };
  for (const read of Object.values(readers)) {
    for (const value of odd) refused(() => read(value), "ERR_TYPE", /must be a string, got/);
  }
});

test("no formula of trending gives NaN: numbers and dates are checked", () => {
  const now = new Date("2024-09-13T08:00:00Z");
  const never = new Date(Number.NaN);
  const event = { at: now, weight: 1 };
  for (const n of [Number.NaN, Infinity]) {
    refused(() => heat([{ at: now, weight: n }], 24, now), "ERR_DOMAIN", /weight/);
    refused(() => heat([event], n, now), "ERR_DOMAIN", /halfLife/);
    refused(() => warmth(n, 24, now), "ERR_DOMAIN", /score/);
    refused(() => warmth(1, n, now), "ERR_DOMAIN", /halfLife/);
    refused(() => hackerNews(n, 1), "ERR_DOMAIN", /votes/);
    refused(() => hackerNews(1, n), "ERR_DOMAIN", /ageHours/);
    refused(() => redditHot(n, now), "ERR_DOMAIN", /score/);
    refused(() => wilson(n, 1), "ERR_DOMAIN", /up/);
    refused(() => wilson(1, n), "ERR_DOMAIN", /down/);
    refused(() => wilson(1, 1, n), "ERR_DOMAIN", /z/);
  }
  refused(() => heat([{ at: now, weight: 0 }], 24, now), "ERR_DOMAIN", /weight/);
  refused(() => wilson(5, -1), "ERR_DOMAIN", /down/);
  refused(() => heat([{ at: never, weight: 1 }], 24, now), "ERR_INPUT", /at/);
  refused(() => heat([], 24, never), "ERR_INPUT", /now/);
  refused(() => warmth(1, 24, never), "ERR_INPUT", /now/);
  refused(() => redditHot(1, never), "ERR_INPUT", /at/);
  refused(() => voteWeight(never, now), "ERR_INPUT", /accountCreatedAt/);
  refused(() => voteWeight(now, never), "ERR_INPUT", /now/);
  assert.equal(warmth(-Infinity, 24, now), 0);
});

test("a period is of a kind and holds a day of the calendar", () => {
  for (const day of ["x", "2024-02-30", "2024-13-01", "", "2024-1-1", ...odd]) {
    refused(() => dayInWords(day), "ERR_INPUT", /day/);
    refused(() => periodOf("month", day), "ERR_INPUT", /day/);
  }
  refused(() => periodOf("fortnight" as "week", "2024-01-01"), "ERR_INPUT", /kind.*fortnight/);
});

test("a schedule out of range is refused, and never searched for without end", () => {
  const good: Schedule = { frequency: "weekly", hour: 7, zone: "Europe/Paris", weekday: 1 };
  const after = new Date("2024-09-13T08:00:00Z");
  const wrong: [string, unknown[]][] = [
    ["weekday", [0, 8, 1.5, Number.NaN, "1"]],
    ["hour", [-1, 24, 1.5, Number.NaN, "7"]],
    ["zone", ["Mars/Olympus", "", "+01:00", null]],
    ["frequency", ["hourly", null]],
  ];
  for (const [field, values] of wrong) {
    for (const value of values) {
      const run = () => nextRun({ ...good, [field]: value } as Schedule, after);
      refused(run, "ERR_INPUT", new RegExp(field));
    }
  }
  refused(() => nextRun(good, new Date(Number.NaN)), "ERR_INPUT", /after/);
});
