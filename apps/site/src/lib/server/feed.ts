import type { Paper } from "@daily-kernel/reproduction";
import type { Cell } from "../strip.ts";
import { dayInWords } from "./period.ts";

/** What the feed shows of a paper. */
export interface FeedItem {
  readonly slug: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly authorCount: number;
  readonly topics: readonly string[];
  readonly day: string;
  readonly built: boolean;
  readonly cells: readonly Cell[];
  /** The strip in words. */
  readonly tally: string;
}

export interface FeedDay {
  readonly day: string;
  readonly label: string;
  readonly items: readonly FeedItem[];
}

/** Newest day first; on a day, the higher arXiv number (later submission) first. */
export const newestFirst = (a: Paper, b: Paper): number =>
  b.submitted.localeCompare(a.submitted) || b.arxiv.localeCompare(a.arxiv);

/** Groups items by day, keeping their order. */
export function groupByDay(items: readonly FeedItem[]): FeedDay[] {
  return [...Map.groupBy(items, (item) => item.day)].map(([day, onDay]) => ({
    day,
    label: dayInWords(day),
    items: onDay,
  }));
}

/** How many papers carry each topic, in the topics' alphabetical order. */
export function topicCounts(papers: readonly Paper[]): { topic: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const paper of papers)
    for (const topic of paper.topics) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return [...counts]
    .map(([topic, count]) => ({ topic, count }))
    .sort((a, b) => a.topic.localeCompare(b.topic));
}
