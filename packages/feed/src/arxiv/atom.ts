import type { PaperInput } from "../papers/paper-input.ts";
import { UpstreamFormat, UpstreamRefusal } from "./errors.ts";
import { parseArxivId } from "./id.ts";
import { paperOf, readEach, type Skipped } from "./record.ts";
import { attribute, child, children, type Element, parseXml, textOf } from "./xml.ts";

export interface QueryPage {
  readonly papers: readonly PaperInput[];
  readonly skipped: readonly Skipped[];
  /** How many entries came, whole or broken. */
  readonly entries: number;
  /** How many results the query has in all. */
  readonly total: number;
}

/**
 * Reads one answer of arXiv's query interface (Atom 1.0).
 * @throws UpstreamRefusal for the answer with status 200 whose only entry is called `Error`;
 * UpstreamFormat.
 */
export function parseQueryPage(text: string, url: string): QueryPage {
  const feed = child(parseXml(text, url), "feed");
  if (!feed) throw new UpstreamFormat(url, 0, "is no Atom feed");
  const entries = children(feed, "entry");
  const error = entries.find(isError);
  if (error) throw new UpstreamRefusal(url, textOf(error, "summary").slice(0, 300) || "an error");
  const total = textOf(feed, "totalResults");
  if (!/^\d{1,12}$/.test(total)) throw new UpstreamFormat(url, 0, "does not say how many results");
  return {
    ...readEach(entries, (entry) => textOf(entry, "id"), paperOfEntry),
    entries: entries.length,
    total: Number(total),
  };
}

/** A paper may be called Error as well; its id is then an abstract's address. */
const isError = (entry: Element) =>
  /\/api\/errors\b/.test(textOf(entry, "id")) ||
  (textOf(entry, "title") === "Error" && !/\/abs\//.test(textOf(entry, "id")));

function paperOfEntry(entry: Element): PaperInput {
  const id = textOf(entry, "id");
  const { version } = parseArxivId(id);
  const publishedAt = new Date(textOf(entry, "published"));
  const updatedAt = new Date(textOf(entry, "updated"));
  const primary = child(entry, "primary_category");
  return paperOf({
    id,
    title: textOf(entry, "title"),
    abstract: textOf(entry, "summary"),
    authors: children(entry, "author").map((author) => textOf(author, "name")),
    categories: children(entry, "category").map((category) => attribute(category, "term")),
    ...(primary && { primaryCategory: attribute(primary, "term") }),
    comment: textOf(entry, "comment"),
    doi: textOf(entry, "doi"),
    journalRef: textOf(entry, "journal_ref"),
    publishedAt,
    updatedAt,
    ...(version !== null && { versions: versionsOf(version, publishedAt, updatedAt) }),
  });
}

/** The first and the latest version are all that this interface tells. */
const versionsOf = (latest: number, first: Date, last: Date) =>
  latest === 1
    ? [{ version: 1, submittedAt: first }]
    : [
        { version: 1, submittedAt: first },
        { version: latest, submittedAt: last },
      ];
