import type { PaperInput } from "../papers/paper-input.ts";
import { parseArxivId } from "./id.ts";
import { latexToText } from "./latex.ts";
import { tidyName } from "./names.ts";
import { saysWithdrawn } from "./withdrawn.ts";

/** A paper as one of arXiv's formats tells it, TeX and line folds included. */
export interface RawRecord {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly primaryCategory?: string;
  readonly comment: string;
  readonly doi: string;
  readonly journalRef: string;
  /** Undefined where the format does not tell it. */
  readonly licence?: string;
  readonly publishedAt: Date;
  readonly updatedAt: Date;
  readonly versions?: NonNullable<PaperInput["versions"]>;
}

/** An entry that was left out, and why: one broken record does not end a harvest. */
export interface Skipped {
  readonly id: string;
  readonly reason: string;
}

/**
 * The paper with texts as readers see them. What a format knows to be absent is `null`, so that it
 * goes when it went on arXiv; what a format does not tell is left out.
 * @throws Error that says what is missing.
 */
export function paperOf(raw: RawRecord): PaperInput {
  const { id } = parseArxivId(raw.id);
  const title = latexToText(raw.title);
  if (title === "") throw new Error("it has no title");
  const dates = [raw.publishedAt, raw.updatedAt, ...(raw.versions ?? []).map((v) => v.submittedAt)];
  if (!dates.every(isPlausible)) throw new Error("one of its dates is not one");
  const categories = [...new Set(raw.categories.map((one) => one.trim()).filter(isCategory))];
  const primary = [raw.primaryCategory ?? "", ...categories].find(isCategory);
  const comment = latexToText(raw.comment) || null;
  const versions = raw.versions && tidyVersions(raw.versions);
  const latest = versions?.at(-1);
  const withdrawn = latest?.withdrawn === true || saysWithdrawn(comment);
  return {
    id,
    title,
    abstract: latexToText(raw.abstract),
    authors: raw.authors.map((name) => tidyName(latexToText(name))).filter((name) => name !== ""),
    primaryCategory: primary ?? null,
    categories,
    comment,
    doi: raw.doi.trim() || null,
    journalRef: latexToText(raw.journalRef) || null,
    ...(raw.licence !== undefined && { licence: raw.licence.trim() || null }),
    publishedAt: raw.publishedAt,
    updatedAt: raw.updatedAt,
    ...(versions && {
      versions: versions.map((one) => (one === latest && withdrawn ? { ...one, withdrawn } : one)),
    }),
    // A paper may come back; only a format that tells which versions are withdrawn can say so.
    ...(withdrawn && { withdrawnAt: raw.updatedAt }),
    ...(!withdrawn && latest?.withdrawn === false && { withdrawnAt: null }),
  };
}

/** Within the life of arXiv, and of what a database can keep; false for an invalid date. */
const isPlausible = (date: Date) => date > new Date("1985-01-01") && date < new Date("2200-01-01");

type Versions = NonNullable<PaperInput["versions"]>;

/** In order, each once; a size that is not one is left out. */
function tidyVersions(versions: Versions): Versions {
  if (versions.length === 0) throw new Error("it has no version");
  const byNumber = new Map(versions.map((one) => [one.version, one]));
  if (![...byNumber.keys()].every((n) => Number.isInteger(n) && n >= 1 && n <= 9999))
    throw new Error("the number of a version is not one");
  return [...byNumber.values()]
    .sort((a, b) => a.version - b.version)
    .map(({ size, ...one }) => ({
      ...one,
      ...(size !== undefined && /^[\d.,]{1,12}\s?[kmg]?b$/i.test(size) && { size }),
    }));
}

/** Whether a text has the form of a category or an archive: `cs.LG`, `cs`. */
export const isCategory = (text: string) => /^[a-z-]{2,20}(?:\.[a-zA-Z-]{2,20})?$/.test(text);

/** Reads each entry; what is broken is left out with its reason. */
export function readEach<T>(
  entries: readonly T[],
  idOf: (entry: T) => string,
  read: (entry: T) => PaperInput,
): { papers: PaperInput[]; skipped: Skipped[] } {
  const papers: PaperInput[] = [];
  const skipped: Skipped[] = [];
  for (const entry of entries) {
    try {
      papers.push(read(entry));
    } catch (error) {
      skipped.push({ id: idOf(entry).slice(0, 100), reason: (error as Error).message });
    }
  }
  return { papers, skipped };
}
