import type { InsertObject, Selectable } from "kysely";
import { newId } from "../database/id.ts";
import { type Db, json } from "../database/open.ts";
import { nextRevision } from "../database/revision.ts";
import type { Author, PaperTable, Tables } from "../database/tables.ts";
import { inTransaction } from "../database/transaction.ts";
import { inputError } from "../feed-error.ts";
import { type Counted, countAgain, countedColumns } from "./feed-counts.ts";
import { type PaperInput, tidyPaper } from "./paper-input.ts";

export type { PaperInput };

export interface Upserted {
  readonly added: string[];
  readonly changed: string[];
  readonly same: number;
}

/** What ingestion writes; the rest of a row belongs to readers and rooms. */
const columns = [
  "title",
  "abstract",
  "authors",
  "author_count",
  "primary_category",
  "categories",
  "language",
  "comment",
  "doi",
  "journal_ref",
  "licence",
  "published_at",
  "updated_at",
  "withdrawn_at",
] as const;

type Ingested = Pick<Selectable<PaperTable>, (typeof columns)[number]>;
type Stored = Ingested & Counted & { id: string };

/** Rows in one statement: a statement holds at most 65,535 values. */
const batch = 500;

/**
 * Writes what arXiv says of papers: new ones are added (known, not yet in the feed), changed ones
 * changed, and authors keep their ids. Older news (an earlier `updatedAt`) never replaces newer, a
 * field that is left out keeps its value, and the same again changes nothing. Of two entries for
 * one paper the newer counts. One transaction.
 * @throws FeedError `ERR_INPUT` naming the entry and the field.
 */
export async function upsertPapers(db: Db, papers: readonly PaperInput[]): Promise<Upserted> {
  if (!Array.isArray(papers)) {
    throw inputError(`upsertPapers: papers must be an array, got ${String(papers)}`);
  }
  const newest = new Map<string, PaperInput>();
  papers.forEach((paper, index) => {
    const tidy = tidyPaper(paper, index);
    const other = newest.get(tidy.id);
    if (!other || tidy.updatedAt >= other.updatedAt) newest.set(tidy.id, tidy);
  });
  const inputs = [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const added: string[] = [];
  const changed: string[] = [];
  if (inputs.length === 0) return { added, changed, same: 0 };
  await inTransaction(db, async (trx) => {
    const moved: Moved[] = [];
    for (let start = 0; start < inputs.length; start += batch) {
      const report = await upsertBatch(trx, inputs.slice(start, start + batch));
      added.push(...report.added);
      changed.push(...report.changed);
      moved.push(...report.moved);
    }
    // Counts come after all papers, as everywhere: who locks in one order never waits in a circle.
    await countAgain(trx, moved);
  });
  return { added, changed, same: inputs.length - added.length - changed.length };
}

interface Moved {
  readonly before: Counted;
  readonly after: Counted;
}

async function upsertBatch(trx: Db, inputs: readonly PaperInput[]) {
  const added: string[] = [];
  const changed: string[] = [];
  const ids = inputs.map(({ id }) => id);
  const rows: Stored[] = await trx
    .selectFrom("papers")
    .select(["id", ...columns, ...countedColumns])
    .where("id", "in", ids)
    .orderBy("id")
    .forUpdate()
    .execute();
  const stored = new Map(rows.map((row) => [row.id, row]));
  const versionsChanged = await newVersions(trx, inputs);

  const writes: InsertObject<Tables, "papers">[] = [];
  const moved: Moved[] = [];
  for (const input of inputs) {
    const before = stored.get(input.id);
    if (before && input.updatedAt < before.updated_at) continue;
    const after = merged(before, input);
    if (before && sameValues(before, after) && !versionsChanged.has(input.id)) continue;
    (before ? changed : added).push(input.id);
    if (before) moved.push({ before, after: { ...before, categories: after.categories } });
    writes.push({ ...after, id: input.id, object_id: newId(), authors: json(after.authors) });
  }
  if (writes.length > 0) await write(trx, writes);
  await writeVersions(trx, [...versionsChanged.values()]);
  return { added, changed, moved };
}

function merged(before: Stored | undefined, input: PaperInput): Ingested {
  const kept = <T>(given: T | undefined, old: T | undefined, otherwise: T): T =>
    given !== undefined ? given : old !== undefined ? old : otherwise;
  return {
    title: input.title,
    abstract: input.abstract,
    authors: authorsOf(input.authors, before?.authors ?? []),
    author_count: Math.max(input.authorCount ?? 0, input.authors.length),
    primary_category: kept(input.primaryCategory, before?.primary_category, null),
    categories: kept(input.categories && [...input.categories], before?.categories, []),
    language: kept(input.language, before?.language, "en"),
    comment: kept(input.comment, before?.comment, null),
    doi: kept(input.doi, before?.doi, null),
    journal_ref: kept(input.journalRef, before?.journal_ref, null),
    licence: kept(input.licence, before?.licence, null),
    published_at: input.publishedAt,
    updated_at: input.updatedAt,
    withdrawn_at: kept(input.withdrawnAt, before?.withdrawn_at, null),
  };
}

/** Names with ids: the same name keeps its id, and so does a name corrected in its place. */
function authorsOf(names: readonly string[], before: readonly Author[]): Author[] {
  const free = new Set(before);
  const same = names.map((name) => {
    const author = [...free].find((one) => one.name === name);
    if (author) free.delete(author);
    return author;
  });
  return names.map((name, i) => {
    const there = before[i];
    const corrected = there && names.length === before.length && free.has(there) ? there : null;
    return same[i] ?? { id: corrected?.id ?? newId(), name };
  });
}

const sameValues = (a: Ingested, b: Ingested) =>
  columns.every(
    (column) => JSON.stringify(canonical(a[column])) === JSON.stringify(canonical(b[column])),
  );

/** A JSON column comes back with its keys in another order. */
const canonical = (value: unknown) =>
  Array.isArray(value)
    ? value.map((item) => (typeof item === "object" ? [item.id, item.name] : item))
    : value;

async function write(trx: Db, rows: readonly InsertObject<Tables, "papers">[]): Promise<void> {
  await trx
    .insertInto("papers")
    .values(rows)
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet((eb) => ({
        ...Object.fromEntries(columns.map((column) => [column, eb.ref(`excluded.${column}`)])),
        revision: nextRevision,
      })),
    )
    .execute();
}

/**
 * The inputs that bring a version which is not there yet, or which has changed, with what was left
 * out of their versions filled in from what is stored.
 */
async function newVersions(
  trx: Db,
  inputs: readonly PaperInput[],
): Promise<Map<string, PaperInput>> {
  const withVersions = inputs.filter(({ versions }) => versions && versions.length > 0);
  if (withVersions.length === 0) return new Map();
  const rows = await trx
    .selectFrom("paper_versions")
    .selectAll()
    .where(
      "paper_id",
      "in",
      withVersions.map(({ id }) => id),
    )
    .execute();
  const known = new Map(rows.map((row) => [`${row.paper_id} ${row.version}`, row]));
  const changed = new Map<string, PaperInput>();
  for (const input of withVersions) {
    let differs = false;
    const versions = input.versions!.map((one) => {
      const before = known.get(`${input.id} ${one.version}`);
      const size = one.size ?? before?.size ?? undefined;
      const withdrawn = one.withdrawn ?? before?.withdrawn ?? false;
      differs ||=
        before?.submitted_at.getTime() !== one.submittedAt.getTime() ||
        (before.size ?? undefined) !== size ||
        before.withdrawn !== withdrawn;
      return { ...one, withdrawn, ...(size !== undefined && { size }) };
    });
    if (differs) changed.set(input.id, { ...input, versions });
  }
  return changed;
}

async function writeVersions(trx: Db, inputs: readonly PaperInput[]): Promise<void> {
  const rows = inputs.flatMap(({ id, versions = [] }) =>
    versions.map(({ version, submittedAt, size = null, withdrawn = false }) => ({
      paper_id: id,
      version,
      submitted_at: submittedAt,
      size,
      withdrawn,
    })),
  );
  for (let start = 0; start < rows.length; start += 10_000) {
    await trx
      .insertInto("paper_versions")
      .values(rows.slice(start, start + 10_000))
      .onConflict((conflict) =>
        conflict.columns(["paper_id", "version"]).doUpdateSet((eb) => ({
          submitted_at: eb.ref("excluded.submitted_at"),
          size: eb.ref("excluded.size"),
          withdrawn: eb.ref("excluded.withdrawn"),
        })),
      )
      .execute();
  }
}
