import { type Period, periodOf } from "@daily-kernel/feed";
import { lastFilledDay } from "@daily-kernel/feed/node";
import { feedPage, pathOfPeriod, readPeriod } from "./feed-page.ts";
import { service } from "./service.ts";

/**
 * The page of a day, week, month or year. Where it holds no paper (a holiday, a day to come), the
 * last one before it that does is shown, and the page says so.
 */
export async function periodPage(
  kind: Period["kind"],
  id: string,
  at: { readonly url: URL; readonly accountId: string | null },
) {
  const asked = readPeriod(kind, id);
  const feed = await feedPage({ ...at, period: asked });
  const day = feed.count > 0 ? null : await lastFilledDay(service().db, { onOrBefore: asked.to });
  const shown = day === null ? asked : periodOf(kind, day);
  return {
    asked: asked.label,
    label: shown.label,
    path: pathOfPeriod(shown),
    instead: shown.id !== asked.id,
    feed: shown.id === asked.id ? feed : await feedPage({ ...at, period: shown }),
  };
}
