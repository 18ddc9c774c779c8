import assert from "node:assert/strict";
import { test } from "node:test";
import { fixturePaper, fixtureRecord } from "./fixture.ts";
import { ledgerRow, tally } from "./ledger.ts";
import type { RunRecord } from "./record.ts";

const row = (records: RunRecord[], sources: string | null = "now") =>
  ledgerRow({ paper: fixturePaper, built: true, records, sources });
const mean = (records: RunRecord[], sources?: string | null) => row(records, sources).claims[0]!;

const quick = fixtureRecord({
  preset: "quick",
  startedAt: "2026-03-01T00:00:00.000Z",
  sources: "now",
});
const full = fixtureRecord({
  preset: "full",
  startedAt: "2026-01-01T00:00:00.000Z",
  sources: "now",
});

test("without a record every claim is not measured", () => {
  const { claims } = row([]);
  assert.ok(claims.every((c) => c.verdict === "not-measured" && c.recordedAt === null));
  assert.equal(tally(claims), "3 not measured");
});

test("a quick record never replaces a full one, in whatever order they come", () => {
  for (const records of [
    [quick, full],
    [full, quick],
  ])
    assert.equal(mean(records).preset, "full");
});

test("a record of other sources is stale, and yields to a fresh one of its preset", () => {
  const old = { ...full, sources: "before", startedAt: "2026-09-09T00:00:00.000Z" };
  assert.equal(mean([old]).stale, true);
  assert.equal(mean([old, full]).stale, false);
  assert.equal(mean([old], null).stale, false);
});

test("a claim that one record did not measure is spoken for by another that did", () => {
  const [first, ...rest] = full.claims;
  const skipped: RunRecord = {
    ...full,
    claims: [
      {
        ...first!,
        measured: null,
        verdict: "not-measured",
        reason: { code: "needs-gpu", detail: "none" },
      },
      ...rest,
    ],
  };
  assert.equal(mean([skipped, quick]).preset, "quick");
  assert.equal(mean([skipped]).reason?.code, "needs-gpu");
});

test("the tally speaks grammar", () => {
  const of = (...verdicts: ("holds" | "fails" | "inconclusive" | "not-measured")[]) =>
    tally(verdicts.map((verdict) => ({ verdict })));
  assert.equal(of("holds", "fails", "fails"), "1 holds, 2 fail");
  assert.equal(of("holds", "holds", "fails", "inconclusive"), "2 hold, 1 fails, 1 inconclusive");
});
