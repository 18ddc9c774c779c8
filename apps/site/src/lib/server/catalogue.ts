import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { type LedgerEntry, type LedgerPaper, ledgerRow } from "@daily-kernel/reproduction";
import { readLedgerEntries } from "@daily-kernel/reproduction/node";
import { newestFirst } from "./feed.ts";
import { root } from "./root.ts";
import { PaperSearch } from "./search.ts";

/** A paper with its records and its row of the ledger. */
export type CatalogueEntry = LedgerEntry & { readonly row: LedgerPaper };

/** All papers, newest first, with the means to find one. */
export interface Catalogue {
  readonly entries: readonly CatalogueEntry[];
  readonly bySlug: ReadonlyMap<string, CatalogueEntry>;
  readonly search: PaperSearch;
}

async function read(): Promise<Catalogue> {
  const entries = (await readLedgerEntries(root))
    .map((entry) => ({ ...entry, row: ledgerRow(entry) }))
    .sort((a, b) => newestFirst(a.paper, b.paper));
  return {
    entries,
    bySlug: new Map(entries.map((entry) => [entry.paper.slug, entry])),
    search: new PaperSearch(entries.map((entry) => entry.paper)),
  };
}

/** Names and times of all records: while they stay the same, so does the catalogue. */
const recordsNow = () =>
  globSync("papers/*/records/*.json", { cwd: root })
    .sort()
    .map((file) => `${file} ${statSync(join(root, file)).mtimeMs}`)
    .join("\n");

/** How often to look whether `daily-kernel run --record` wrote something, in milliseconds. */
const lookEvery = 5_000;
let current: { readonly records: string; readonly catalogue: Promise<Catalogue> } | undefined;
let lookedAt = 0;

/**
 * The catalogue, read again when records came or went. Papers and sources are those of the server's
 * start, like the pages that were built from them.
 */
export function catalogue(): Promise<Catalogue> {
  if (current === undefined || Date.now() - lookedAt > lookEvery) {
    lookedAt = Date.now();
    const records = recordsNow();
    if (current?.records !== records) {
      const reading = read();
      current = { records, catalogue: reading };
      // A half-written record: forget the failure, and read again at the next request.
      reading.catch(() => {
        if (current?.catalogue === reading) current = undefined;
      });
    }
  }
  return current.catalogue;
}
