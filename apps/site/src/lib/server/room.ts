import { dayInWords, proseToHtml } from "@daily-kernel/feed";
import {
  type LedgerClaim,
  ledgerRow,
  type OwnInput,
  type RunRecord,
} from "@daily-kernel/reproduction";
import { settle } from "@daily-kernel/reproduction/fields";
import { readRoom } from "@daily-kernel/reproduction/node";
import type { RecordedView } from "../claim-view.ts";
import { type FigureView, figureView } from "../figure-view.ts";
import { duration } from "../format.ts";
import { claimView, outcomeView } from "../outcome.ts";
import { libraryExample } from "./example.ts";
import { provenanceOf } from "./provenance.ts";
import { service } from "./service.ts";

const machineName = ({ cpu, platform, runtime, gpu }: RunRecord["machine"], device: string) =>
  `${device === "webgpu" && gpu ? gpu : cpu}, ${platform}, ${runtime}`;

const anchor = (startedAt: string) => `record-${startedAt.replaceAll(/[^\dTZ]/g, "-")}`;

const recorded = (claim: LedgerClaim): RecordedView => ({
  ...outcomeView(claim),
  stale: claim.stale,
  origin:
    claim.recordedAt && claim.machine && claim.device && claim.preset
      ? {
          anchor: anchor(claim.recordedAt),
          day: claim.recordedAt.slice(0, 10),
          preset: claim.preset,
          device: claim.device,
          machine: machineName(claim.machine, claim.device),
        }
      : null,
});

const recordView = (record: RunRecord, sources: string | null) => ({
  anchor: anchor(record.startedAt),
  preset: record.preset,
  device: record.device,
  seed: record.seed,
  threads: record.threads,
  day: dayInWords(record.startedAt.slice(0, 10)),
  took: duration(record.seconds),
  machine: machineName(record.machine, record.device),
  commit: record.commit && record.commit.slice(0, 9) + (record.dirty ? " with changes" : ""),
  stale: sources !== null && record.sources !== sources,
  figures: figuresOf(record),
});

const drawn = new WeakMap<RunRecord, FigureView[]>();
/**
 * A record's figures, drawn once: the catalogue keeps its records as long as they are current. The
 * drawing is for the HTML alone: what is not enumerable is not sent again for hydration.
 */
function figuresOf(record: RunRecord): FigureView[] {
  const figures =
    drawn.get(record) ??
    record.figures
      .map(figureView)
      .map(({ svg, ...rest }) => Object.defineProperty(rest, "svg", { value: svg }));
  drawn.set(record, figures);
  return figures;
}

/** The panel's fields from `?preset=` and `?seed=`, which a permalink carries. */
function runSettings(url: URL) {
  const seed = Number(url.searchParams.get("seed") ?? 1);
  return {
    preset: url.searchParams.get("preset") === "full" ? ("full" as const) : ("quick" as const),
    seed: Number.isSafeInteger(seed) && seed >= 0 ? seed : 1,
  };
}

/** The reader's form, its fields set from `?own-<field>=`, which a permalink carries. */
function ownForm({ fields, live = false }: OwnInput, url: URL) {
  const given = Object.keys(fields).map((name) => [
    name,
    url.searchParams.get(`own-${name}`) ?? undefined,
  ]);
  return { fields, live, values: settle(fields, Object.fromEntries(given)) };
}

/** The room of a paper: its claims, its records, what runs. `null` if there is none of that slug. */
export async function roomOf(slug: string, url: URL) {
  const { catalogue, root } = service();
  const entries = await catalogue.entries();
  const entry = entries.get(slug);
  if (!entry) return null;
  const { paper, records, built, sources } = entry;
  const row = ledgerRow(entry);
  const ownInput = built ? (await readRoom(root, slug)).ownInput : undefined;
  const all = [...entries.values()];
  const at = all.indexOf(entry);
  const neighbour = (index: number) => {
    const other = all[index]?.paper;
    return other ? { slug: other.slug, titleHtml: proseToHtml(other.title) } : null;
  };
  return {
    slug,
    built,
    links: paper.links,
    library: paper.library,
    claims: paper.claims.map((claim, i) => {
      const outcome = row.claims[i];
      if (!outcome) throw new Error(`${slug}: the ledger lacks claim "${claim.id}"`);
      return { ...claimView(claim), recorded: recorded(outcome) };
    }),
    records: [...records]
      .sort((a, b) => b.startedAt.localeCompare(a.startedAt))
      .map((record) => recordView(record, sources)),
    provenance: provenanceOf(slug),
    settings: runSettings(url),
    ownInput: ownInput ? ownForm(ownInput, url) : null,
    example: await libraryExample(paper.library),
    newer: neighbour(at - 1),
    older: neighbour(at + 1),
  };
}

export type Room = NonNullable<Awaited<ReturnType<typeof roomOf>>>;
