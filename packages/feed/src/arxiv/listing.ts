import type { PaperInput } from "../papers/paper-input.ts";
import { announcedAt } from "./announcement.ts";

const dayMs = 86_400_000;

export interface ListingRule {
  /** Whether papers enter the feed at all. */
  readonly list: boolean;
  /** Only those with such a category, primary or not: `cs.LG`, or `cs` for all of an archive. */
  readonly categories: readonly string[] | undefined;
  readonly now: Date;
}

/** Whether a paper's categories are among those that the feed takes. */
export const isWanted = (paper: PaperInput, { list, categories }: ListingRule): boolean =>
  list &&
  (categories === undefined ||
    (paper.categories ?? []).some((one) =>
      categories.some((wanted) => one === wanted || one.startsWith(`${wanted}.`)),
    ));

/** When a paper was announced, by its first version alone; never after `now`. */
export const announcementOf = (paper: PaperInput, now: Date): Date =>
  earlier(announcedAt(paper.publishedAt), now);

/**
 * When a harvested paper enters the feed; `null` if it does not. A harvest also brings old papers
 * whose records changed, so the first version has to be `listDays` old or younger. A paper with one
 * version that a moderator held back is announced on the day of its record, which is later than
 * that of its submission.
 */
export function harvestListing(
  paper: PaperInput,
  changed: string,
  rule: ListingRule,
  listDays: number,
): Date | null {
  const age = rule.now.getTime() - paper.publishedAt.getTime();
  if (!isWanted(paper, rule) || age > listDays * dayMs) return null;
  const announced = announcementOf(paper, rule.now);
  const record = new Date(`${changed}T00:00:00Z`);
  const heldBack = paper.versions?.length === 1 && record > announced;
  return heldBack ? earlier(record, rule.now) : announced;
}

const earlier = (a: Date, b: Date) => (a < b ? a : b);
