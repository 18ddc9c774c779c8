import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { latestIssue, nextIssue, nextRun, type Schedule } from "./schedule.ts";
import { isZone, wallClock } from "./zone.ts";

const daily = (zone: string, hour: number): Schedule => ({ frequency: "daily", zone, hour });
const after = (schedule: Schedule, moment: string) =>
  nextRun(schedule, new Date(moment))?.toISOString();

test("an ordinary day: the reader's hour, by the reader's clock", () => {
  assert.equal(after(daily("Europe/Paris", 7), "2026-01-10T05:59:59Z"), "2026-01-10T06:00:00.000Z");
  assert.equal(after(daily("Europe/Paris", 7), "2026-01-10T06:00:00Z"), "2026-01-11T06:00:00.000Z");
  assert.equal(
    after(daily("Asia/Kathmandu", 6), "2026-01-10T00:00:00Z"),
    "2026-01-10T00:15:00.000Z",
  );
});

test("Europe/Paris: a skipped hour becomes the next valid instant, a doubled one comes once", () => {
  // 29 March 2026: 02:00 becomes 03:00 (01:00Z). 25 October: 03:00 becomes 02:00 (01:00Z).
  const two = daily("Europe/Paris", 2);
  assert.equal(after(two, "2026-03-28T12:00:00Z"), "2026-03-29T01:00:00.000Z");
  assert.equal(after(two, "2026-03-29T01:00:00Z"), "2026-03-30T00:00:00.000Z");
  assert.equal(after(two, "2026-10-24T12:00:00Z"), "2026-10-25T00:00:00.000Z");
  assert.equal(after(two, "2026-10-25T00:00:00Z"), "2026-10-26T01:00:00.000Z");
});

test("America/St_Johns: half hours, and the jumps that came a minute after midnight", () => {
  assert.equal(
    after(daily("America/St_Johns", 2), "2026-03-07T12:00:00Z"),
    "2026-03-08T05:30:00.000Z",
  );
  assert.equal(
    after(daily("America/St_Johns", 1), "2026-10-31T12:00:00Z"),
    "2026-11-01T03:30:00.000Z",
  );
  assert.equal(
    after(daily("America/St_Johns", 1), "2026-11-01T03:30:00Z"),
    "2026-11-02T04:30:00.000Z",
  );
  // 11 March 2007, 00:01 became 01:01: one o'clock did not exist, its next valid instant is 01:01.
  assert.equal(
    after(daily("America/St_Johns", 1), "2007-03-10T12:00:00Z"),
    "2007-03-11T03:31:00.000Z",
  );
  // 4 November 2007, 00:01 became 23:01 of the day before: its midnight came twice.
  assert.equal(
    after(daily("America/St_Johns", 0), "2007-11-03T12:00:00Z"),
    "2007-11-04T02:30:00.000Z",
  );
  assert.equal(
    after(daily("America/St_Johns", 0), "2007-11-04T02:30:00Z"),
    "2007-11-05T03:30:00.000Z",
  );
});

test("Pacific/Apia: the day that was left out has no issue, the one after has one", () => {
  const eight = daily("Pacific/Apia", 8);
  assert.deepEqual(nextIssue(eight, new Date("2011-12-29T12:00:00Z")), {
    at: new Date("2011-12-29T18:00:00Z"),
    day: "2011-12-29",
  });
  assert.deepEqual(nextIssue(eight, new Date("2011-12-29T18:00:00Z")), {
    at: new Date("2011-12-30T18:00:00Z"),
    day: "2011-12-31",
  });
  assert.equal(after(eight, "2011-12-30T18:00:00Z"), "2011-12-31T18:00:00.000Z");
  // A weekly digest of the Friday that was left out goes on Saturday, once.
  const friday: Schedule = { ...eight, frequency: "weekly", weekday: 5 };
  assert.equal(after(friday, "2011-12-24T00:00:00Z"), "2011-12-30T18:00:00.000Z");
  assert.equal(after(friday, "2011-12-30T18:00:00Z"), "2012-01-05T18:00:00.000Z");
  // Summer time there: 25 September 2011 03:00 became 04:00.
  assert.equal(after(daily("Pacific/Apia", 3), "2011-09-24T00:00:00Z"), "2011-09-24T14:00:00.000Z");
});

test("Asia/Kathmandu: a quarter of an hour was skipped at the first midnight of 1986", () => {
  assert.equal(
    after(daily("Asia/Kathmandu", 0), "1985-12-31T12:00:00Z"),
    "1985-12-31T18:30:00.000Z",
  );
  assert.equal(
    after(daily("Asia/Kathmandu", 0), "1985-12-31T18:30:00Z"),
    "1986-01-01T18:15:00.000Z",
  );
});

test("weekly on a weekday, never never", () => {
  const monday: Schedule = { frequency: "weekly", zone: "UTC", hour: 9 };
  assert.equal(after(monday, "2026-11-24T00:00:00Z"), "2026-11-30T09:00:00.000Z");
  assert.equal(
    after({ ...monday, weekday: 7 }, "2026-11-24T00:00:00Z"),
    "2026-11-29T09:00:00.000Z",
  );
  assert.equal(after({ ...monday, frequency: "never" }, "2026-11-24T00:00:00Z"), undefined);
  assert.deepEqual(latestIssue(monday, new Date("2026-11-30T09:00:00Z")), {
    at: new Date("2026-11-30T09:00:00Z"),
    day: "2026-11-30",
  });
  assert.equal(latestIssue({ ...monday, frequency: "never" }, new Date()), null);
});

test("a zone is an IANA name that the runtime knows", () => {
  for (const zone of ["Europe/Paris", "UTC", "America/Argentina/Ushuaia", "Etc/GMT+3"]) {
    assert.equal(isZone(zone), true, zone);
  }
  for (const zone of ["", "+05:00", "Europe/Atlantis", "Europe/Paris\r\nBcc: x", "x".repeat(99)]) {
    assert.equal(isZone(zone), false, zone);
  }
});

test("on any date, every day has one issue, at the hour unless that hour was skipped", () => {
  const zones = ["Europe/Paris", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu"];
  zones.push("Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo", "America/Nuuk");
  const moments = fc.date({ min: new Date("1990-01-01"), max: new Date("2030-01-01") });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 23 }),
      moments.filter((date) => !Number.isNaN(date.getTime())),
      (zone, hour, start) => {
        const issue = nextIssue(daily(zone, hour), start)!;
        const next = nextIssue(daily(zone, hour), issue.at)!;
        assert.ok(issue.at > start && next.at > issue.at);
        assert.ok(next.day > issue.day);
        // Looking at every quarter of an hour: the clocks show the hour nowhere in between, except
        // when a day's hour comes for the second time.
        const shown = (instant: number) => new Date(wallClock(zone, instant));
        const first = shown(issue.at.getTime());
        const step = 900_000;
        for (
          let t = Math.ceil((start.getTime() + 1) / step) * step;
          t < issue.at.getTime();
          t += step
        ) {
          const wall = shown(t);
          if (wall.getUTCHours() !== hour || wall.getUTCMinutes() !== 0) continue;
          const earlier = [step * 2, step * 4].some(
            (back) => shown(t - back).getTime() === wall.getTime(),
          );
          assert.ok(earlier, `${zone} ${hour} skipped ${new Date(t).toISOString()}`);
        }
        if (first.getUTCHours() !== hour || first.getUTCMinutes() !== 0) {
          const before = shown(issue.at.getTime() - 1000);
          const jumped = first.getTime() - before.getTime() > 1000;
          assert.ok(jumped, `${zone} ${hour} at ${issue.at.toISOString()}`);
        }
      },
    ),
    { numRuns: 400 },
  );
});
