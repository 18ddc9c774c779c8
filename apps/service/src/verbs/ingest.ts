import { inputError } from "@daily-kernel/feed";
import {
  type IngestOptions,
  type IngestProgress,
  type IngestReport,
  ingest as ingestFrom,
} from "@daily-kernel/feed/node";
import type { Core } from "../service.ts";
import type { Verb, VerbIo } from "./verb.ts";

/** What to read from arXiv: as `IngestOptions`, without what the service knows itself. */
export interface IngestArgs {
  /** Without one, what is new in the categories that the service is set to read. */
  readonly source?: IngestOptions["source"];
  readonly set?: string;
  readonly categories?: readonly string[];
  readonly search?: string;
  readonly ids?: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly max?: number;
  readonly list: boolean;
}

type Io = Pick<VerbIo, "signal" | "progress">;

/** Brings papers from arXiv, one source after another; what one did is kept when a later one fails. */
export const ingest: Verb<IngestArgs, readonly IngestReport[]> = async (core, args, io) => {
  const reports: IngestReport[] = [];
  for (const options of optionsOf(core, args)) reports.push(await one(core, options, io));
  return reports;
};

/** What is new in the categories of the configuration; what runs by itself every day. */
export const ingestDaily = (core: Core, io: Io) => ingest(core, { list: true }, { ...io, data });
const data = async () => {};

type Options = IngestOptions extends infer O ? (O extends unknown ? Omit<O, "now"> : never) : never;

function optionsOf({ config }: Core, args: IngestArgs): Options[] {
  const { source, set, categories, search, ids, from, until, max, list } = args;
  const filter = { list, ...(categories && { categories }) };
  switch (source) {
    case undefined:
      if (config.ingest.length === 0)
        throw inputError(
          "name a source (oai, rss, query or ids), or set INGEST to the categories to read",
        );
      return config.ingest.map((category) => ({ source: "rss", category, list }));
    case "oai":
      if (set === undefined) throw inputError("oai: name a set, such as cs or cs:cs:LG");
      return [{ source, set, ...filter, ...(from && { from }), ...(until && { until }) }];
    case "rss":
      if (!categories?.length) throw inputError("rss: name a category, such as cs.LG");
      return categories.map((category) => ({ source, category, list }));
    case "query":
      if (search === undefined)
        throw inputError("query: say what to search for, such as 'cat:cs.LG AND ti:kernel'");
      return [{ source, search, ...filter, ...(max !== undefined && { max }) }];
    case "ids":
      if (!ids?.length) throw inputError("ids: name at least one arXiv identifier");
      return [{ source, ids, ...filter }];
    default:
      throw inputError(`source must be oai, rss, query or ids, got ${source}`);
  }
}

const one = ({ db, arxiv, now }: Core, options: Options, io: Io): Promise<IngestReport> =>
  ingestFrom(db, arxiv, {
    ...options,
    now: now(),
    signal: io.signal,
    onProgress: ({ source, papers, total }: IngestProgress) =>
      io.progress(`${source}: ${papers} papers`, total ? papers / total : undefined),
  } as IngestOptions);
