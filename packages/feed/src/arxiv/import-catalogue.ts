import type { Db } from "../database/open.ts";
import { inputError } from "../feed-error.ts";
import { parseArxivId } from "./id.ts";
import { type Found, type Stored, store } from "./store.ts";

/** A paper of a catalogue that is kept in a file; moments are ISO 8601 or a day of it. */
export interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly abstract?: string;
  readonly authors: readonly string[];
  /** Where more authors are known than names. */
  readonly authorCount?: number;
  readonly categories?: readonly string[];
  readonly publishedAt: string | Date;
  /** When it enters the feed: its publication if left out, not at all if `null`. */
  readonly listedAt?: string | Date | null;
  readonly language?: string;
}

/**
 * Imports a catalogue as if arXiv had told it on the day of publication: what arXiv really tells of
 * a paper is newer and stays. The same again changes nothing.
 * @throws InvalidArxivId; FeedError `ERR_INPUT` naming the entry and the field.
 */
export function importCatalogue(
  db: Db,
  entries: readonly CatalogueEntry[],
  { now }: { now: Date },
): Promise<Stored> {
  return store(
    db,
    entries.map((entry, index) => foundIn(entry, index, now)),
  );
}

function foundIn(entry: CatalogueEntry, index: number, now: Date): Found {
  const published = moment(entry.publishedAt, index, "publishedAt");
  const { listedAt = published } = entry;
  const listed = listedAt === null ? null : moment(listedAt, index, "listedAt");
  const { title, authors, authorCount, categories, language } = entry;
  return {
    paper: {
      id: parseArxivId(entry.id).id,
      title,
      abstract: entry.abstract ?? "",
      authors,
      ...(authorCount !== undefined && { authorCount }),
      ...(categories && { categories, primaryCategory: categories[0] ?? null }),
      ...(language !== undefined && { language }),
      publishedAt: published,
      updatedAt: published,
    },
    listAt: listed && listed > now ? now : listed,
  };
}

function moment(value: string | Date, index: number, field: string): Date {
  const date = new Date(value);
  if (Number.isNaN(date.getTime()))
    throw inputError(`importCatalogue: entries[${index}].${field} must be a date, got ${value}`);
  return date;
}
