import { inputError } from "../feed-error.ts";
import type { Schedule } from "./schedule.ts";
import { isZone } from "./zone.ts";

/** What a subscriber chooses. */
export interface Preferences extends Schedule {
  /** Only papers with one of these topics; all papers when empty. */
  readonly topics: readonly string[];
}

/** The preferences as they are stored. @throws FeedError `ERR_INPUT` that names the field. */
export function tidyPreferences(preferences: Preferences): Required<Preferences> {
  const { frequency, topics, hour, zone, weekday = 1 } = preferences;
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
  if (typeof zone !== "string" || !isZone(zone)) {
    refuse("zone", "an IANA time zone such as Europe/Paris", zone);
  }
  const isTopic = (topic: unknown) => typeof topic === "string" && /^[^\p{C}]{1,60}$/u.test(topic);
  if (!Array.isArray(topics) || topics.length > 50 || !topics.every(isTopic)) {
    refuse("topics", "at most 50 names of topics", topics);
  }
  return { frequency, topics: [...new Set(topics)].sort(), hour, zone, weekday };
}
