import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { LedgerEntry } from "./ledger.ts";
import type { Paper } from "./paper.ts";
import { sourcesOf } from "./provenance.ts";
import { parseRecord, type RunRecord } from "./record.ts";
import type { Room } from "./room.ts";

const load = async <T>(file: string): Promise<T> =>
  (await import(pathToFileURL(file).href)).default;

const room = (root: string, slug: string) => join(root, "papers", slug, "run.ts");

/** All papers under `root/papers`, by day, the latest first. */
export async function readPapers(root: string): Promise<Paper[]> {
  const found = globSync("papers/*/paper.ts", { cwd: root });
  const papers = await Promise.all(found.map((file) => load<Paper>(join(root, file))));
  return papers.sort(
    (a, b) => b.submitted.localeCompare(a.submitted) || (a.slug < b.slug ? -1 : 1),
  );
}

/** Whether the paper has a reproduction. */
export const isBuilt = (root: string, slug: string): boolean => existsSync(room(root, slug));

/** The room of a paper that is built. */
export const readRoom = (root: string, slug: string): Promise<Room> => load(room(root, slug));

/** The recorded runs of a paper; throws a `TypeError` that names the file that is no record. */
export function readRecords(root: string, slug: string): RunRecord[] {
  return globSync(`papers/${slug}/records/*.json`, { cwd: root })
    .sort()
    .map((file) => {
      try {
        return parseRecord(JSON.parse(readFileSync(join(root, file), "utf8")));
      } catch (error) {
        throw new TypeError(
          `${basename(dirname(file))}/${basename(file)}: ${(error as Error).message}`,
        );
      }
    });
}

/** What the ledger needs to know of a paper. */
export function readLedgerEntry(root: string, paper: Paper): LedgerEntry {
  const built = isBuilt(root, paper.slug);
  const sources = built ? sourcesOf(root, paper.slug).sources : null;
  return { paper, built, records: readRecords(root, paper.slug), sources };
}

/** What the ledger needs to know of each paper, the latest first. */
export const readLedgerEntries = async (root: string): Promise<LedgerEntry[]> =>
  (await readPapers(root)).map((paper) => readLedgerEntry(root, paper));
