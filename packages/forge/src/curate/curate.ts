import { ForgeError } from "../session/errors.ts";
import { checkPool } from "./check-pool.ts";
import { eachLine, type Pieces } from "./lines.ts";
import { type CurationReport, reportOf } from "./report.ts";
import { type CurateOptions, select, settle } from "./select.ts";
import { parseJson, parseLine, parseTrace, type Trace } from "./trace.ts";
import { TraceError } from "./trace-error.ts";
import type { TracePool } from "./trace-pool.ts";
import { TraceTable } from "./trace-table.ts";

/** What was selected, in the order of the pool, and why the rest was not. */
export interface Curated {
  readonly selected: readonly Trace[];
  readonly report: CurationReport;
}

/**
 * Selects samples for fine-tuning. The rule `concise` is our reading of ConCuR (arXiv 2510.07356),
 * whose exact rule is not public: per task, among correct samples, let s have the fewest tokens
 * (ties: lower sample index) and f the highest speed-up (ties: fewer tokens, lower index); s is kept
 * if s = f and it is faster than `minSpeedup`; of each type at most `perType` stay, fastest first
 * (ties: fewer tokens, task id). The other rules are its ablations.
 * @throws TypeError, RangeError for options that make no sense.
 */
export function curate(pool: TracePool, options: CurateOptions = {}): Curated {
  checkPool("curate", pool);
  const settings = settle(options);
  const selection = select(pool.table, settings);
  return {
    selected: [...pool].filter((_, i) => selection.fates[i] === "selected"),
    report: reportOf(pool.table, settings, selection, { count: 0, first: [] }),
  };
}

export interface StreamOptions extends CurateOptions {
  /** Whether a row that is no trace ends it (default), or is counted and left out. */
  readonly invalid?: "throw" | "drop";
  readonly signal?: AbortSignal;
  /** Bytes (characters, of text) read so far, of twice those of the pool. */
  readonly onProgress?: (read: number) => void;
}

/**
 * The same over JSON lines that are never all in memory: `open` is called twice, once to read the
 * columns that decide and once for the text of what was selected. About 50 bytes a row are held.
 * @throws TraceError with the line's number; `MixedHardware` and `MixedTokenizers` even where
 * invalid rows are dropped. ForgeError `ERR_POOL_CHANGED` if the second reading differs.
 */
export async function curateJsonl(
  open: () => Pieces,
  options: StreamOptions = {},
): Promise<Curated> {
  const settings = settle(options);
  const table = new TraceTable();
  const first: { line: number; message: string }[] = [];
  let count = 0;
  let bytes = 0;
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const read = (line: string, number: number) => {
    let trace: Trace;
    try {
      trace = parseLine(line, number);
    } catch (error) {
      if (options.invalid !== "drop" || !(error instanceof TraceError)) throw error;
      count += 1;
      if (first.length < 20) first.push({ line: number, message: error.message });
      return;
    }
    table.add(trace, number);
  };
  const onFirst = (done: number) => {
    bytes = done;
    options.onProgress?.(done);
  };
  await eachLine(open(), read, { ...signal, onProgress: onFirst });

  const selection = select(table, settings);
  const lines: number[] = [];
  for (const [i, fate] of selection.fates.entries())
    if (fate === "selected") lines.push(table.line[i]!);
  const selected: Trace[] = [];
  const take = (line: string, number: number) => {
    if (number === lines[selected.length])
      selected.push(parseTrace(parseJson(line, number), number)); // without what a trace does not have
  };
  const onSecond = (done: number) => options.onProgress?.(bytes + done);
  await eachLine(open(), take, { ...signal, onProgress: onSecond });
  if (selected.length !== lines.length)
    throw new ForgeError("ERR_POOL_CHANGED", "the pool became shorter while it was being read");
  return { selected, report: reportOf(table, settings, selection, { count, first }) };
}
