import { checkMoment } from "../check.ts";
import { inputError } from "../feed-error.ts";
import { firstInstantOf, isZone, localDay, wallClock } from "./zone.ts";

/** When a reader wants mail: a local hour (0..23) in a zone; weekly on a weekday, 1 Monday .. 7. */
export interface Schedule {
  readonly frequency: "daily" | "weekly" | "never";
  readonly hour: number;
  readonly zone: string;
  /** Weekly digests only; Monday when absent. */
  readonly weekday?: number;
}

/** One issue of the digest: its moment, and the local day that names it. */
export interface Issue {
  readonly at: Date;
  readonly day: string;
}

const DAY = 86_400_000;

/** @throws FeedError `ERR_INPUT` that names the field. */
export function checkSchedule({ frequency, hour, zone, weekday = 1 }: Schedule): void {
  const refuse = (field: string, expected: string, got: unknown): never => {
    throw inputError(`subscription: ${field} must be ${expected}, got ${JSON.stringify(got)}`);
  };
  if (!["daily", "weekly", "never"].includes(frequency)) {
    refuse("frequency", "daily, weekly or never", frequency);
  }
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) {
    refuse("hour", "an integer in 0..23", hour);
  }
  if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7) {
    refuse("weekday", "an integer in 1 (Monday) .. 7", weekday);
  }
  if (!isZone(zone)) refuse("zone", "an IANA time zone such as Europe/Paris", zone);
}

/**
 * The first issue strictly after a moment, by the reader's own clock; null for `never`. An hour that
 * the clocks skip is replaced by the next valid instant; of an hour that comes twice only the first
 * counts; a day that a zone left out altogether (Pacific/Apia, 30 December 2011) is replaced by the
 * day after.
 * @throws FeedError `ERR_INPUT` that names the field.
 */
export function nextIssue(schedule: Schedule, after: Date): Issue | null {
  const { frequency, hour, zone, weekday = 1 } = schedule;
  checkSchedule(schedule);
  checkMoment("after", after);
  if (frequency === "never") return null;
  const today = Math.floor(wallClock(zone, after.getTime()) / DAY) * DAY;
  // Yesterday's issue can still lie ahead where a day was left out, hence the start one day back.
  for (let day = today - DAY; ; day += DAY) {
    if (frequency === "weekly" && ((new Date(day).getUTCDay() + 6) % 7) + 1 !== weekday) continue;
    const issue = issueOf(zone, day, hour);
    if (issue.at > after) return issue;
  }
}

/** The moment of the first issue strictly after `after`; null for `never`. See `nextIssue`. */
export const nextRun = (schedule: Schedule, after: Date): Date | null =>
  nextIssue(schedule, after)?.at ?? null;

/** The latest issue at or before a moment; null for `never`. */
export function latestIssue(schedule: Schedule, now: Date): Issue | null {
  let latest: Issue | null = null;
  const start = new Date(now.getTime() - (schedule.frequency === "weekly" ? 9 : 3) * DAY);
  let issue = nextIssue(schedule, start);
  while (issue && issue.at <= now) {
    latest = issue;
    issue = nextIssue(schedule, issue.at);
  }
  return latest;
}

function issueOf(zone: string, day: number, hour: number): Issue {
  const name = new Date(day).toISOString().slice(0, 10);
  const begins = new Date(firstInstantOf(zone, day));
  if (localDay(zone, begins) !== name) return issueOf(zone, day + DAY, hour);
  return { at: new Date(firstInstantOf(zone, day + hour * 3_600_000)), day: name };
}
