import { inputError } from "../feed-error.ts";
import { checkSchedule, type Schedule } from "./schedule.ts";

/** What a subscriber chooses. */
export interface Preferences extends Schedule {
  /** Only papers with one of these topics; all papers when empty. */
  readonly topics: readonly string[];
}

/** The preferences as they are stored. @throws FeedError `ERR_INPUT` that names the field. */
export function tidyPreferences(preferences: Preferences): Required<Preferences> {
  const { frequency, topics, hour, zone, weekday = 1 } = preferences;
  checkSchedule(preferences);
  const isTopic = (topic: unknown) => typeof topic === "string" && /^[^\p{C}]{1,60}$/u.test(topic);
  if (!Array.isArray(topics) || topics.length > 50 || !topics.every(isTopic)) {
    throw inputError(
      `subscription: topics must be at most 50 names of topics, got ${JSON.stringify(topics)}`,
    );
  }
  return { frequency, topics: [...new Set(topics)].sort(), hour, zone, weekday };
}
