import assert from "node:assert/strict";
import { test } from "node:test";
import { type FeedItem, groupByDay, newestFirst, topicCounts } from "./feed.ts";
import { paper } from "./fixture.ts";

const item = (slug: string, day: string): FeedItem => ({
  slug,
  title: slug,
  authors: [],
  authorCount: 1,
  topics: [],
  day,
  built: false,
  cells: [],
  tally: "",
});

test("papers come newest first, the later arXiv number first on one day", () => {
  const papers = [
    paper({ slug: "old", submitted: "2023-01-02", arxiv: "2301.00001" }),
    paper({ slug: "first", submitted: "2024-01-02", arxiv: "2401.00001" }),
    paper({ slug: "second", submitted: "2024-01-02", arxiv: "2401.00002" }),
  ];
  assert.deepEqual(
    papers.sort(newestFirst).map((p) => p.slug),
    ["second", "first", "old"],
  );
});

test("items of one day stand together under its name", () => {
  const days = groupByDay([
    item("a", "2024-09-13"),
    item("b", "2024-09-13"),
    item("c", "2022-10-09"),
  ]);
  assert.deepEqual(
    days.map(({ day, label, items }) => [day, label, items.map((i) => i.slug)]),
    [
      ["2024-09-13", "13 September 2024", ["a", "b"]],
      ["2022-10-09", "9 October 2022", ["c"]],
    ],
  );
});

test("topics are counted", () => {
  const papers = [paper({ topics: ["vision", "privacy"] }), paper({ topics: ["vision"] })];
  assert.deepEqual(topicCounts(papers), [
    { topic: "privacy", count: 1 },
    { topic: "vision", count: 2 },
  ]);
});
