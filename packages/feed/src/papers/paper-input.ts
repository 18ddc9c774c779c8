import { inputError } from "../feed-error.ts";

/** What ingestion knows of a paper. A field that is left out keeps the value that is stored. */
export interface PaperInput {
  /** Canonical arXiv id without version. */
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  /** Where more authors are known than names. */
  readonly authorCount?: number;
  readonly primaryCategory?: string | null;
  readonly categories?: readonly string[];
  readonly comment?: string | null;
  readonly doi?: string | null;
  readonly journalRef?: string | null;
  readonly licence?: string | null;
  /** When the first version came, and when the latest did. */
  readonly publishedAt: Date;
  readonly updatedAt: Date;
  readonly versions?: readonly {
    readonly version: number;
    readonly submittedAt: Date;
    readonly size?: string;
    readonly withdrawn?: boolean;
  }[];
  readonly withdrawnAt?: Date | null;
  readonly language?: string;
}

/** Four digits after the point until 2014, five from 2015 on; a month is 01 to 12. */
const canonicalId =
  /^(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5}|[a-z-]+\/\d\d(?:0[1-9]|1[0-2])\d{3})$/;

/** The paper with texts that the database can keep. @throws FeedError `ERR_INPUT`. */
export function tidyPaper(paper: PaperInput, index: number): PaperInput {
  const fail = (field: string, expectation: string, got: unknown): never => {
    throw inputError(
      `upsertPapers: papers[${index}].${field} must be ${expectation}, got ${String(got)}`,
    );
  };
  if (typeof paper !== "object" || paper === null) {
    throw inputError(`upsertPapers: papers[${index}] must be a paper, got ${String(paper)}`);
  }
  if (!canonicalId.test(paper.id)) fail("id", "a canonical arXiv id without version", paper.id);
  const text = (value: unknown, field: string) =>
    typeof value === "string" ? tidyText(value) : fail(field, "a string", value);
  const optional = (value: string | null | undefined, field: string) =>
    typeof value === "string" ? text(value, field) : value;
  const moment = (value: unknown, field: string) => {
    if (!(value instanceof Date) || Number.isNaN(value.getTime())) fail(field, "a date", value);
  };
  moment(paper.publishedAt, "publishedAt");
  moment(paper.updatedAt, "updatedAt");
  paper.versions?.forEach(({ version, submittedAt }, i) => {
    if (!Number.isInteger(version) || version < 1) {
      fail(`versions[${i}].version`, "an integer >= 1", version);
    }
    moment(submittedAt, `versions[${i}].submittedAt`);
  });
  if (!Array.isArray(paper.authors)) fail("authors", "an array of names", paper.authors);
  const title = text(paper.title, "title");
  if (title === "") fail("title", "a title", "an empty one");
  return {
    ...paper,
    title,
    abstract: text(paper.abstract, "abstract"),
    authors: paper.authors.map((name, i) => text(name, `authors[${i}]`)).filter(Boolean),
    ...optionals(paper, optional),
  };
}

const optionalTexts = ["comment", "doi", "journalRef", "licence"] as const;

const optionals = (
  paper: PaperInput,
  tidy: (value: string | null | undefined, field: string) => string | null | undefined,
): Partial<PaperInput> =>
  Object.fromEntries(
    optionalTexts.flatMap((field) =>
      paper[field] === undefined ? [] : [[field, tidy(paper[field], field)]],
    ),
  );

/** Without control characters (Postgres refuses NUL), halves of surrogate pairs and outer space. */
const tidyText = (text: string) =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "")
    .trim();
