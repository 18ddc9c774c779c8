import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { announcedAt } from "./announcement.ts";

const cases: readonly (readonly [string, string, string])[] = [
  ["Monday before the close", "2024-10-07T10:45:05Z", "2024-10-08T00:00:00Z"],
  ["Monday at the close", "2024-10-07T18:00:00Z", "2024-10-09T00:00:00Z"],
  ["Thursday after the close", "2024-10-10T18:00:00Z", "2024-10-14T00:00:00Z"],
  ["Friday before the close", "2024-10-11T17:59:59Z", "2024-10-14T00:00:00Z"],
  ["Friday after the close", "2024-10-11T18:00:00Z", "2024-10-15T00:00:00Z"],
  ["Saturday", "2024-10-12T12:00:00Z", "2024-10-15T00:00:00Z"],
  ["Sunday", "2024-10-13T23:00:00Z", "2024-10-15T00:00:00Z"],
  ["Tuesday in winter", "2024-01-16T18:59:59Z", "2024-01-17T01:00:00Z"],
  ["the Friday before summer time", "2024-03-08T12:00:00Z", "2024-03-11T00:00:00Z"],
  ["the Friday before winter time", "2024-11-01T12:00:00Z", "2024-11-04T01:00:00Z"],
];

test("what is submitted by two o'clock is announced that evening, Friday's on Sunday", () => {
  for (const [name, submitted, announced] of cases)
    assert.equal(announcedAt(new Date(submitted)).getTime(), Date.parse(announced), name);
});

test("announcements follow submissions in order, within five days, never on a Friday or Saturday", () => {
  const moment = fc.date({
    min: new Date("1995-01-01"),
    max: new Date("2040-01-01"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moment, fc.integer({ min: 0, max: 5 * 86_400_000 }), (submitted, later) => {
      const announced = announcedAt(submitted);
      const wait = announced.getTime() - submitted.getTime();
      assert.ok(
        wait >= 6 * 3_600_000 && wait < 103 * 3_600_000,
        `${submitted.toISOString()} ${wait}`,
      );
      // In UTC the evening is the next day's first hours.
      assert.ok(announced.getUTCHours() <= 1 && ![6, 0].includes(announced.getUTCDay()));
      assert.ok(announcedAt(new Date(submitted.getTime() + later)) >= announced);
    }),
    { numRuns: 500 },
  );
});
