import { UpstreamFormat } from "./errors.ts";
import { parseArxivId } from "./id.ts";
import type { Skipped } from "./record.ts";
import { child, children, type Element, parseXml, textOf } from "./xml.ts";

const kinds = ["new", "cross", "replace", "replace-cross"] as const;
type AnnounceType = (typeof kinds)[number];

export interface Announcement {
  readonly id: string;
  readonly version: number | null;
  readonly type: AnnounceType;
}

export interface RssPage {
  /** When the announcement came out; null if the feed does not say. */
  readonly announcedAt: Date | null;
  readonly items: readonly Announcement[];
  readonly skipped: readonly Skipped[];
}

/**
 * Reads the announcements of a category's feed (RSS 2.0). At weekends it has no items.
 * @throws UpstreamFormat.
 */
export function parseRss(text: string, url: string): RssPage {
  const channel = child(child(parseXml(text, url), "rss") ?? {}, "channel");
  if (!channel) throw new UpstreamFormat(url, 0, "is no RSS feed");
  const items: Announcement[] = [];
  const skipped: Skipped[] = [];
  for (const item of children(channel, "item")) {
    const name = textOf(item, "guid") || textOf(item, "link");
    try {
      items.push({ ...parseArxivId(name), type: typeOf(item) });
    } catch (error) {
      skipped.push({ id: name.slice(0, 100), reason: (error as Error).message });
    }
  }
  const published = new Date(textOf(channel, "pubDate") || textOf(channel, "lastBuildDate"));
  return { announcedAt: Number.isNaN(published.getTime()) ? null : published, items, skipped };
}

function typeOf(item: Element): AnnounceType {
  const type = textOf(item, "announce_type");
  const known = kinds.find((one) => one === type);
  if (known === undefined)
    throw new Error(`its announce type is ${type.slice(0, 30) || "missing"}`);
  return known;
}
