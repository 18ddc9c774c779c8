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

/** Records come and go while the server runs (`daily-kernel run --record`): look again now and then. */
const freshFor = 10_000;
let current: Promise<Catalogue> | undefined;
let readAt = 0;

/** The catalogue as it was at most some seconds ago. A failed reading is tried again. */
export function catalogue(): Promise<Catalogue> {
  if (current === undefined || Date.now() - readAt > freshFor) {
    readAt = Date.now();
    const reading = read();
    // Readers keep the last good catalogue while the next one is being read.
    current = current === undefined ? reading : reading.catch(() => current as Promise<Catalogue>);
    if (current === reading)
      reading.catch(() => {
        current = undefined;
      });
  }
  return current;
}
