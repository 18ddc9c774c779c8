import { domainError } from "@daily-kernel/compute";
import { checkMoment, checkNumber } from "../check.ts";

/** Something that warms a paper: its listing, a vote, an author's first comment on it. */
export interface HeatEvent {
  readonly at: Date;
  /** What it counts for, > 0. */
  readonly weight: number;
}

/** The half-lives of the two scores that are stored, in hours. */
export const halfLives = { day: 24, week: 72 } as const;

/** What an event counts for; a comment counts once an author. */
export const weights = { listing: 1, vote: 1, comment: 2 } as const;

/** Days until a new account's votes count in full, and what they count on its first day. */
export const voteAging = { days: 7, first: 0.25 } as const;

/**
 * What a vote counts for in the trending score: 1/4 from an account made just now, rising in a
 * straight line to 1 after a week. The number of votes that is shown counts each as one.
 */
export function voteWeight(accountCreatedAt: Date, now: Date): number {
  checkMoment("voteWeight: accountCreatedAt", accountCreatedAt);
  checkMoment("voteWeight: now", now);
  const days = (now.getTime() - accountCreatedAt.getTime()) / 86_400_000;
  const { first } = voteAging;
  return first + (1 - first) * Math.min(1, Math.max(0, days / voteAging.days));
}

const hour = 3_600_000;

function checkPositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw domainError(`${name} must be > 0 and finite, got ${value}`);
  }
}

/**
 * Decayed votes, as log2 of sum_i w_i 2^(t_i / h) with t in hours since 1970: each event loses half
 * its weight in `halfLife` hours. Papers keep their order as time goes by, so the score is stored
 * once an event and never refreshed. Events after `now` count as if they were now. No events: -Infinity.
 * @throws RangeError (`ERR_DOMAIN`) unless halfLife and weights are > 0 and finite; FeedError
 * (`ERR_INPUT`) for an invalid date.
 */
export function heat(events: readonly HeatEvent[], halfLife: number, now: Date): number {
  checkPositive("heat: halfLife", halfLife);
  checkMoment("heat: now", now);
  for (const { at, weight } of events) {
    checkMoment("heat: at", at);
    checkPositive("heat: weight", weight);
  }
  const exponents = events.map(
    ({ at, weight }) => Math.min(at.getTime(), now.getTime()) / hour / halfLife + Math.log2(weight),
  );
  const largest = Math.max(...exponents);
  if (largest === -Infinity) return -Infinity;
  exponents.sort((a, b) => a - b);
  return largest + Math.log2(exponents.reduce((sum, x) => sum + 2 ** (x - largest), 0));
}

/** The decayed number of votes at a moment, 2^(heat - t / h), from the stored score. */
export function warmth(score: number, halfLife: number, now: Date): number {
  if (score !== -Infinity) checkNumber("warmth: score", score);
  checkPositive("warmth: halfLife", halfLife);
  checkMoment("warmth: now", now);
  return 2 ** (score - now.getTime() / hour / halfLife);
}

/** Hacker News: (v - 1)^0.8 / (age + 2)^1.8, age in hours. */
export function hackerNews(votes: number, ageHours: number): number {
  checkNumber("hackerNews: votes", votes);
  checkNumber("hackerNews: ageHours", ageHours);
  return Math.max(0, votes - 1) ** 0.8 / (Math.max(0, ageHours) + 2) ** 1.8;
}

/** Reddit's hot: sign(s) log10 max(|s|, 1) + t / 45000, t in seconds since 1970. */
export function redditHot(score: number, at: Date): number {
  checkNumber("redditHot: score", score);
  checkMoment("redditHot: at", at);
  return Math.sign(score) * Math.log10(Math.max(1, Math.abs(score))) + at.getTime() / 45_000_000;
}

/**
 * Lower end of Wilson's interval for the share of up-votes, z = 1.96; 0 without votes.
 * E. B. Wilson (1927), J. Am. Stat. Assoc. 22.
 */
export function wilson(up: number, down: number, z = 1.96): number {
  checkNumber("wilson: up", up, 0);
  checkNumber("wilson: down", down, 0);
  checkNumber("wilson: z", z, 0);
  const n = up + down;
  if (n === 0) return 0;
  const p = up / n;
  const spread = z * Math.sqrt((p * (1 - p) + (z * z) / (4 * n)) / n);
  return Math.max(0, (p + (z * z) / (2 * n) - spread) / (1 + (z * z) / n));
}
