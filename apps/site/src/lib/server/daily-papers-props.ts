import type { PaperView, Period } from "@daily-kernel/feed";
import { dailyItems } from "@daily-kernel/service";
import { service } from "./service.ts";

interface Shown {
  readonly period: Period["kind"];
  readonly dateString: string;
}

/** What bridges to feed readers look for in a page of daily papers, `data-props`. */
export const dailyPapersProps = async (
  papers: readonly PaperView[],
  { period, dateString }: Shown,
): Promise<string> =>
  JSON.stringify({
    dailyPapers: await dailyItems(service(), papers),
    dateString,
    periodType: period,
  });
