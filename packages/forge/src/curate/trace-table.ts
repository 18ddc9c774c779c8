import { sourceHash } from "./source-hash.ts";
import type { Trace } from "./trace.ts";
import { TraceError } from "./trace-error.ts";

/** Names by number in the order of their first appearance. */
class Names {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();
  #last = ""; // the samples of a task mostly stand together
  #lastNumber = -1;
  numberOf(name: string): number {
    if (name === this.#last && this.#lastNumber >= 0) return this.#lastNumber;
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.all.length;
      this.#numbers.set(name, number);
      this.all.push(name);
    }
    this.#last = name;
    this.#lastNumber = number;
    return number;
  }
}

/**
 * What selection and statistics need of traces, in columns: about 50 bytes a row, without the text.
 * A million rows fit where their JSON would not.
 */
export class TraceTable {
  rows = 0;
  readonly tasks = new Names();
  readonly types = new Names();
  readonly verifiers = new Set<string>();
  hardware: string | undefined;
  tokenizer: string | undefined;
  task = new Uint32Array(1024);
  type = new Uint32Array(1024);
  sample = new Float64Array(1024);
  tokens = new Uint32Array(1024);
  correct = new Uint8Array(1024);
  speedup = new Float64Array(1024);
  hashLow = new Uint32Array(1024);
  hashHigh = new Uint32Array(1024);
  line = new Uint32Array(1024);

  /** @throws TraceError `MixedHardware`, `MixedTokenizers`. */
  add(trace: Trace, line: number): void {
    const i = this.rows;
    if (i === 0) {
      this.hardware = trace.hardware;
      this.tokenizer = trace.tokenizer;
    } else {
      if (trace.hardware !== this.hardware)
        throw mixed("MixedHardware", line, "hardware", trace.hardware, this.hardware);
      if (trace.tokenizer !== this.tokenizer)
        throw mixed("MixedTokenizers", line, "tokenizer", trace.tokenizer, this.tokenizer);
    }
    if (trace.verifier !== undefined) this.verifiers.add(trace.verifier);
    if (i === this.line.length) this.#grow();
    this.task[i] = this.tasks.numberOf(trace.taskId);
    this.type[i] = this.types.numberOf(trace.taskType);
    this.sample[i] = trace.sampleIndex;
    this.tokens[i] = trace.tokens;
    this.correct[i] = trace.verdict.accepted ? 1 : 0;
    this.speedup[i] = trace.speedup;
    if (trace.verdict.accepted) {
      const [low, high] = sourceHash(trace.source); // duplicates are looked for among correct ones
      this.hashLow[i] = low;
      this.hashHigh[i] = high;
    }
    this.line[i] = line;
    this.rows += 1;
  }

  #grow(): void {
    const words = (old: Uint32Array<ArrayBuffer>) => {
      const grown = new Uint32Array(2 * old.length);
      grown.set(old);
      return grown;
    };
    const floats = (old: Float64Array<ArrayBuffer>) => {
      const grown = new Float64Array(2 * old.length);
      grown.set(old);
      return grown;
    };
    const flags = new Uint8Array(2 * this.correct.length);
    flags.set(this.correct);
    this.correct = flags;
    this.task = words(this.task);
    this.type = words(this.type);
    this.tokens = words(this.tokens);
    this.hashLow = words(this.hashLow);
    this.hashHigh = words(this.hashHigh);
    this.line = words(this.line);
    this.sample = floats(this.sample);
    this.speedup = floats(this.speedup);
  }

  /** Rows by task, in the order of the rows. */
  byTask(): number[][] {
    const groups: number[][] = this.tasks.all.map(() => []);
    for (let i = 0; i < this.rows; i++) groups[this.task[i]!]!.push(i);
    return groups;
  }
}

function mixed(
  fault: "MixedHardware" | "MixedTokenizers",
  line: number,
  field: string,
  got: string | undefined,
  first: string | undefined,
): TraceError {
  const show = (value: string | undefined) =>
    value === undefined ? "not stated" : JSON.stringify(value);
  return new TraceError(
    fault,
    line,
    `${field} is ${show(got)} and that of the rows before is ${show(first)}; they cannot be compared`,
  );
}
