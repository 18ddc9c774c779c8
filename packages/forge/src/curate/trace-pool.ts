import { eachLine, type Pieces } from "./lines.ts";
import { parseJson, parseTrace, type Trace } from "./trace.ts";
import { TraceTable } from "./trace-table.ts";

/** Traces that may be compared: one machine, one tokenizer, every row checked. */
export class TracePool implements Iterable<Trace> {
  /** What selection and statistics read. */
  readonly table = new TraceTable();
  readonly #traces: Trace[] = [];

  /** A pool of JSON lines; blank lines are skipped. @throws TraceError with the line's number. */
  static async fromJsonl(
    pieces: Pieces,
    options: { signal?: AbortSignal } = {},
  ): Promise<TracePool> {
    const pool = new TracePool();
    const take = (line: string, number: number) =>
      pool.#take(parseTrace(parseJson(line, number), number), number);
    await eachLine(pieces, take, options);
    return pool;
  }

  /**
   * Adds one sample.
   * @throws TraceError `InvalidTrace`, `MissingTrace`, `InconsistentVerdict`, `MixedHardware`,
   * `MixedTokenizers`; the pool is as before then.
   */
  add(trace: Trace): void {
    const line = this.size + 1;
    this.#take(parseTrace(trace, line), line);
  }

  #take(trace: Trace, line: number): void {
    this.table.add(trace, line);
    this.#traces.push(trace);
  }

  get size(): number {
    return this.#traces.length;
  }

  [Symbol.iterator](): Iterator<Trace> {
    return this.#traces.values();
  }

  /** A line of JSON a sample, in the order of the pool, each with its line feed. */
  *toJsonl(): Generator<string> {
    for (const trace of this.#traces) yield `${JSON.stringify(trace)}\n`;
  }
}
